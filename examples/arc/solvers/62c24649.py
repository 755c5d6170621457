# The grid mirrored to the right, and both mirrored down.
def solve_62c24649(I):
    top = hconcat(I, vmirror(I))
    return vconcat(top, hmirror(top))
