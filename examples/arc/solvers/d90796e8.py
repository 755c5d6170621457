# Where a 3 and a 2 touch, the 3 becomes 8 and the 2 disappears.
def solve_d90796e8(I):
    greens = ofcolor(I, 3)
    reds = ofcolor(I, 2)
    near_red = sfilter(greens, chain(size, lbind(intersection, reds), dneighbors))
    near_green = sfilter(reds, chain(size, lbind(intersection, greens), dneighbors))
    return fill(fill(I, 8, near_red), 0, near_green)
