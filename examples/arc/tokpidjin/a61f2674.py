# The tallest grey bar becomes blue and the shortest one red; the others disappear.
def solve_a61f2674(S, I, C):
    bars = o_g(I, R5)
    with_tallest = fill(replace(I, 5, 0), 1, get_arg_rank_f(bars, height_t, F0))
    return fill(with_tallest, 2, get_arg_rank_f(bars, height_t, L1))
