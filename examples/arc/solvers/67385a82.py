# Green shapes of three cells or more become 8.
def solve_67385a82(I):
    greens = colorfilter(objects(I, T, F, F), 3)
    large = sfilter(greens, compose(rbind(greater, 2), size))
    return fill(I, 8, merge(large))
