# A row of five that counts the 2 by 2 blue squares.
def solve_1fad071e(S, I, C):
    blues = colorfilter(o_g(I, R5), 1)
    count = size(sizefilter(blues, 4))
    return fill(canvas(0, (1, 5)), 1, crop(((0, 0), (0, 1), (0, 2), (0, 3), (0, 4)), ORIGIN, astuple(count, 2)))
