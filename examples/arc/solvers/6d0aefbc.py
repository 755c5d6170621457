# The grid with its mirror image to the right.
def solve_6d0aefbc(I):
    return hconcat(I, vmirror(I))
