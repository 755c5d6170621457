# The grid and its three turns around the centre.
def solve_7fe24cdd(I):
    top = hconcat(I, rot90(I))
    return vconcat(top, rot180(top))
