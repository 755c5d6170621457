# The upper left 2 by 2 cells.
def solve_d10ecb37(I):
    return crop(I, ORIGIN, TWO_BY_TWO)
