# A ball starts in the lower left corner and bounces between the walls on its way up.
def solve_a3df8b1e(S, I, C):
    side = width_t(I)
    climb = fill(canvas(0, astuple(side, side)), 1, shoot(ORIGIN, UNITY))
    there = crop(climb, ORIGIN, astuple(decrement(side), side))
    back = crop(hmirror_t(climb), ORIGIN, astuple(decrement(side), side))
    path = merge(repeat(vconcat(there, back), height_t(I)))
    return hmirror_t(crop(path, ORIGIN, shape_t(I)))
