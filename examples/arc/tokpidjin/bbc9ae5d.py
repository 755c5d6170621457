# A staircase: each row is one cell longer than the one above; half as many rows as columns.
def solve_bbc9ae5d(S, I, C):
    grown = canvas(0, astuple(halve(width_t(I)), width_t(I)))
    colour = index(I, ORIGIN)
    length = colorcount_t(I, colour)
    edge = shoot(astuple(0, decrement(length)), UNITY)
    return fill(grown, colour, mapply(rbind(shoot, LEFT), edge))
