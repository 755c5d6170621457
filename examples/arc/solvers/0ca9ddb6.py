# A red dot gets four 4s at its corners, a blue one four 7s at its sides.
def solve_0ca9ddb6(I):
    with_fours = fill(I, 4, mapply(ineighbors, ofcolor(I, 2)))
    return fill(with_fours, 7, mapply(dneighbors, ofcolor(I, 1)))
