# The colour inside the base leaves diagonally upwards from the ends of the second-lowest row.
def solve_b8cdaf2b(S, I, C):
    base = crop(I, toivec(decrement(height_t(I))), astuple(1, width_t(I)))
    inner = index(base, astuple(0, halve(width_t(I))))
    cap = sfilter(f_ofcolor(I, index(base, ORIGIN)), matcher(first, subtract(height_t(I), 2)))
    rays = combine(shoot(ulcorner(cap), NEG_UNITY), shoot(urcorner(cap), UP_RIGHT))
    return underfill(I, inner, rays)
