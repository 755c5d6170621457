# Count the red squares and set as many 1s, in a fixed order over a chequered 3 by 3 grid.
def solve_ff28f65a(S, I, C):
    count = size(o_g(I, R5))
    order_of_filling = ((0, 0), (0, 2), (1, 1), (2, 0), (2, 2))
    return fill(canvas(0, THREE_BY_THREE), 1, crop(order_of_filling, ORIGIN, astuple(count, 2)))
