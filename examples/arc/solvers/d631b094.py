# One row with as many cells of the only colour as the input has.
def solve_d631b094(I):
    colour = other(palette(I), 0)
    return canvas(colour, astuple(1, colorcount(I, colour)))
