# Of the rooms of a lattice, the one with a mark in it.
def solve_2dc579da(I):
    mark = ofcolor(I, leastcolor(I))
    rooms = colorfilter(objects(I, T, F, F), mostcolor(I))
    marked = compose(lbind(contained, first(mark)), backdrop)
    return subgrid(extract(rooms, marked), I)
