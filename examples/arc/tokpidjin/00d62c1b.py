# The black areas that green cells enclose become yellow.
def solve_00d62c1b(S, I, C):
    areas = colorfilter(o_g(I, R4), 0)
    return fill(I, 4, merge(sfilter(areas, compose(flip, rbind(bordering, I)))))
