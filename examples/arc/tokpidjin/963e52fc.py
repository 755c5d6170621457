# The horizontal pattern goes on to twice the width.
def solve_963e52fc(S, I, C):
    unit = crop(I, ORIGIN, astuple(height_t(I), hperiod(asobject(I))))
    rows_of_turned = merge(repeat(dmirror_t(unit), width_t(I)))
    return crop(dmirror_t(rows_of_turned), ORIGIN, multiply(shape_t(I), (1, 2)))
