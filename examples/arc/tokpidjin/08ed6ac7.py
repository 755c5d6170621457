# The grey bars are numbered by height, the tallest first.
def solve_08ed6ac7(S, I, C):
    tallest_first = order(o_g(I, R5), compose(invert, height_t))
    return paint(I, mpapply(recolor_o, (1, 2, 3, 4), tallest_first))
