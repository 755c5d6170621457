# Each of three blocks is named by its hole: none 2, centre 8, sides 3, bottom 4; one row per block.
def solve_995c5fa3(I):
    in_centre = matcher(rbind(index, (1, 1)), 0)
    in_sides = matcher(rbind(index, (1, 0)), 0)
    in_bottom = matcher(rbind(index, (3, 1)), 0)
    from_centre = compose(rbind(multiply, 6), in_centre)
    from_bottom = compose(rbind(multiply, 2), in_bottom)
    name = compose(rbind(add, 2), fork(add, in_sides, fork(add, from_centre, from_bottom)))
    return apply(compose(rbind(repeat, 3), name), hsplit(I, 3))
