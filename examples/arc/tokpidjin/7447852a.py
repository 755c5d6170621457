# Of the black triangles along the zigzag, every third one from the left becomes yellow.
def solve_7447852a(S, I, C):
    triangles = colorfilter(o_g(I, R4), 0)
    left_ends = combine((0,), interval(5, width_t(I), 6))
    chosen = sfilter(triangles, compose(rbind(contained, left_ends), leftmost))
    return fill(I, 4, merge(chosen))
