# A blue ring around every red dot.
def solve_dc1df850(I):
    return fill(I, 1, mapply(neighbors, ofcolor(I, 2)))
