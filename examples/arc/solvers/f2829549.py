# A cell becomes 3 where both sides of the blue line are empty.
def solve_f2829549(I):
    left = ofcolor(lefthalf(I), 0)
    right = ofcolor(righthalf(I), 0)
    return fill(canvas(0, shape(lefthalf(I))), 3, intersection(left, right))
