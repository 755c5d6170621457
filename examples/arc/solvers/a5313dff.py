# The black areas that a red wall encloses become blue.
def solve_a5313dff(I):
    areas = colorfilter(objects(I, T, F, F), 0)
    return fill(I, 1, merge(sfilter(areas, compose(flip, rbind(bordering, I)))))
