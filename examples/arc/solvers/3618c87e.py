# The ball on each stick falls through to the floor.
def solve_3618c87e(I):
    balls = ofcolor(I, 1)
    return fill(replace(I, 1, 0), 1, shift(balls, TWO_BY_ZERO))
