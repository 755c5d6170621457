# A cell becomes 8 where both sides of the blue line are empty.
def solve_1b2d62fb(I):
    left = ofcolor(lefthalf(I), 0)
    right = ofcolor(righthalf(I), 0)
    return fill(canvas(0, shape(lefthalf(I))), 8, intersection(left, right))
