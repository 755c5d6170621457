# The shape takes the colour of the dot in the lower left corner, and the dot disappears.
def solve_aabf363d(S, I, C):
    dot = toivec(decrement(height_t(I)))
    figure = get_arg_rank_f(o_g(I, R5), size, F0)
    return fill(fill(I, index(I, dot), figure), 0, initset(dot))
