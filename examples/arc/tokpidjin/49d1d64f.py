# The grid grows by a copy of each of its edges; the new corners stay 0.
def solve_49d1d64f(S, I, C):
    left = crop(I, ORIGIN, astuple(height_t(I), 1))
    right = crop(I, tojvec(decrement(width_t(I))), astuple(height_t(I), 1))
    middle = hconcat(hconcat(left, I), right)
    corner = canvas(0, UNITY)
    top = hconcat(hconcat(corner, crop(I, ORIGIN, astuple(1, width_t(I)))), corner)
    bottom = hconcat(hconcat(corner, crop(I, toivec(decrement(height_t(I))), astuple(1, width_t(I)))), corner)
    return vconcat(vconcat(top, middle), bottom)
