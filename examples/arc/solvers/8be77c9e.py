# The grid with its mirror image below.
def solve_8be77c9e(I):
    return vconcat(I, hmirror(I))
