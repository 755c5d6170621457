# One ring stands out of the scattered dots: the colour of the dots.
def solve_d9fac9be(S, I, C):
    ring = get_arg_rank_f(o_g(I, R7), size, F0)
    return canvas(other(remove(0, palette_t(I)), color(ring)), UNITY)
