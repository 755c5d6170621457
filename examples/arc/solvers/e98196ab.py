# The shapes above and below the grey line, in one picture.
def solve_e98196ab(I):
    below = bottomhalf(I)
    return paint(tophalf(I), sfilter(asobject(below), first))
