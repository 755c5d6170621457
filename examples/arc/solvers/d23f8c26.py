# Only the middle column stays.
def solve_d23f8c26(I):
    middle = vfrontier(tojvec(halve(width(I))))
    return fill(I, 0, difference(asindices(I), middle))
