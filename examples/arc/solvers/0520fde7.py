# A cell becomes 2 where both sides of the grey line hold a 1.
def solve_0520fde7(I):
    left = ofcolor(lefthalf(I), 1)
    right = ofcolor(righthalf(I), 1)
    return fill(canvas(0, shape(lefthalf(I))), 2, intersection(left, right))
