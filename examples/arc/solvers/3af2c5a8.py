# The grid mirrored to the right, and both mirrored down.
def solve_3af2c5a8(I):
    left = vconcat(I, hmirror(I))
    return hconcat(left, vmirror(left))
