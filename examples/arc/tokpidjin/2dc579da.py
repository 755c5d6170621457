# Of the rooms of a lattice, the one with a mark in it.
def solve_2dc579da(S, I, C):
    mark = f_ofcolor(I, leastcolor_t(I))
    rooms = colorfilter(o_g(I, R4), mostcolor_t(I))
    marked = compose(lbind(contained, first(mark)), backdrop)
    return subgrid(extract(rooms, marked), I)
