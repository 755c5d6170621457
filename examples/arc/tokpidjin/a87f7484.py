# Of the tiles in a row, the one whose holes lie differently.
def solve_a87f7484(S, I, C):
    count = divide(maximum(shape_t(I)), minimum(shape_t(I)))
    tiles = branch(portrait_t(I), vsplit(I, count), hsplit(I, count))
    holes = rbind(f_ofcolor, 0)
    return extract(tiles, matcher(holes, leastcommon(apply(holes, tiles))))
