# The shape moves down by one and turns red.
def solve_a79310a0(I):
    return fill(canvas(0, shape(I)), 2, shift(ofcolor(I, 8), DOWN))
