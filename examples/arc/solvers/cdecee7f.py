# The dots from left to right, three to a row of a 3 by 3 grid; the middle row runs backwards.
def solve_cdecee7f(I):
    place = compose(last, last)
    dots = order(sfilter(asobject(I), first), place)
    nine = combine(apply(first, dots), repeat(0, subtract(9, size(dots))))
    top = crop((nine,), ORIGIN, (1, 3))
    middle = crop((nine,), (0, 3), (1, 3))
    bottom = crop((nine,), (0, 6), (1, 3))
    return vconcat(vconcat(top, vmirror(middle)), bottom)
