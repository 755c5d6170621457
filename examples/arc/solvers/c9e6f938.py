# The grid with its mirror image to the right.
def solve_c9e6f938(I):
    return hconcat(I, vmirror(I))
