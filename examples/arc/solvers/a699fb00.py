# A gap of one cell between two blue cells of a row becomes red.
def solve_a699fb00(I):
    blues = ofcolor(I, 1)
    return fill(I, 2, intersection(shift(blues, RIGHT), shift(blues, LEFT)))
