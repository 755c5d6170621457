# The vertical pattern goes on for three more rows, and 1 becomes 2.
def solve_017c7c7b(S, I, C):
    unit = crop(I, ORIGIN, astuple(vperiod(asobject(I)), width_t(I)))
    longer = crop(merge(repeat(unit, 9)), ORIGIN, astuple(add(height_t(I), 3), width_t(I)))
    return replace(longer, 1, 2)
