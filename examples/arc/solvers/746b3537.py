# Neighbouring equal rows merge into one, and so do neighbouring equal columns.
def solve_746b3537(I):
    differs = compose(flip, fork(equality, first, last))
    rows = apply(first, sfilter(pair(I, combine((None,), I)), differs))
    turned = dmirror(rows)
    columns = apply(first, sfilter(pair(turned, combine((None,), turned)), differs))
    return dmirror(columns)
