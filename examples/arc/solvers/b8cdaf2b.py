# The colour inside the base leaves diagonally upwards from the ends of the second-lowest row.
def solve_b8cdaf2b(I):
    base = crop(I, toivec(decrement(height(I))), astuple(1, width(I)))
    inner = index(base, astuple(0, halve(width(I))))
    cap = sfilter(ofcolor(I, index(base, ORIGIN)), matcher(first, subtract(height(I), 2)))
    rays = combine(shoot(ulcorner(cap), NEG_UNITY), shoot(urcorner(cap), UP_RIGHT))
    return underfill(I, inner, rays)
