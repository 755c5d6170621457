# Green shapes of three cells or more become 8.
def solve_67385a82(S, I, C):
    greens = colorfilter(o_g(I, R4), 3)
    large = sfilter(greens, compose(rbind(greater, 2), size))
    return fill(I, 8, merge(large))
