# Each room is filled with the colour of its dot plus 5.
def solve_54d9e175(I):
    coloured = sfilter(asobject(I), first)
    dots = sfilter(coloured, compose(flip, matcher(first, 5)))
    room = chain(backdrop, neighbors, last)
    return paint(I, mapply(fork(recolor, compose(rbind(add, 5), first), room), dots))
