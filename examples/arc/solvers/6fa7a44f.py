# The grid with its mirror image below.
def solve_6fa7a44f(I):
    return vconcat(I, hmirror(I))
