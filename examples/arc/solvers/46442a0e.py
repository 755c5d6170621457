# The grid and its three turns around the centre.
def solve_46442a0e(I):
    top = hconcat(I, rot90(I))
    bottom = hconcat(rot270(I), rot180(I))
    return vconcat(top, bottom)
