# A 2 that touches no other 2 becomes 1.
def solve_aedd82e4(I):
    reds = colorfilter(objects(I, T, F, F), 2)
    return fill(I, 1, merge(sizefilter(reds, 1)))
