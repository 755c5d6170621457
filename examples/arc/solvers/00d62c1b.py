# The black areas that green cells enclose become yellow.
def solve_00d62c1b(I):
    areas = colorfilter(objects(I, T, F, F), 0)
    return fill(I, 4, merge(sfilter(areas, compose(flip, rbind(bordering, I)))))
