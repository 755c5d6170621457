# Every coloured cell drips down, until the next coloured cell takes over.
def solve_d037b0a7(I):
    row_of = compose(first, last)
    from_top = order(sfilter(asobject(I), first), row_of)
    drip = fork(recolor, first, compose(rbind(shoot, DOWN), last))
    return paint(I, mapply(drip, from_top))
