# A ring around every dot: 6 around 3, 1 around 2, 4 around 8.
def solve_913fb3ed(I):
    around = lbind(mapply, neighbors)
    with_six = fill(I, 6, around(ofcolor(I, 3)))
    return fill(fill(with_six, 1, around(ofcolor(I, 2))), 4, around(ofcolor(I, 8)))
