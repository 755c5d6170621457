# The grid mirrored to the right, and both mirrored down.
def solve_67e8384a(I):
    top = hconcat(I, vmirror(I))
    return vconcat(top, hmirror(top))
