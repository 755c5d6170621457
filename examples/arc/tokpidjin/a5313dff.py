# The black areas that a red wall encloses become blue.
def solve_a5313dff(S, I, C):
    areas = colorfilter(o_g(I, R4), 0)
    return fill(I, 1, merge(sfilter(areas, compose(flip, rbind(bordering, I)))))
