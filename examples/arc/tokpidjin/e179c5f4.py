# A ball bounces between the walls on its way up, before a background of 8.
def solve_e179c5f4(S, I, C):
    side = width_t(I)
    climb = fill(canvas(8, astuple(side, side)), 1, shoot(ORIGIN, UNITY))
    there = crop(climb, ORIGIN, astuple(decrement(side), side))
    back = crop(hmirror_t(climb), ORIGIN, astuple(decrement(side), side))
    path = merge(repeat(vconcat(there, back), height_t(I)))
    return hmirror_t(crop(path, ORIGIN, shape_t(I)))
