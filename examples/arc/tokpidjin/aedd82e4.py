# A 2 that touches no other 2 becomes 1.
def solve_aedd82e4(S, I, C):
    reds = colorfilter(o_g(I, R4), 2)
    return fill(I, 1, merge(sizefilter(reds, 1)))
