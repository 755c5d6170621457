# A quarter turn against the clock.
def solve_ed36ccf7(I):
    return rot270(I)
