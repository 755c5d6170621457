# The column of every dot is filled with 8, and the grid comes twice in each direction.
def solve_f5b8619d(I):
    dots = difference(asindices(I), ofcolor(I, 0))
    lined = underfill(I, 8, mapply(vfrontier, dots))
    stripe = hconcat(lined, lined)
    return vconcat(stripe, stripe)
