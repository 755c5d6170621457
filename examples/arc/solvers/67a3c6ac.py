# Left and right exchanged.
def solve_67a3c6ac(I):
    return vmirror(I)
