# The shape that has an 8 in it, with the 8 in the shape's own colour.
def solve_5117e062(I):
    marked = extract(objects(I, F, T, T), compose(lbind(contained, 8), palette))
    return replace(subgrid(marked, I), 8, mostcolor(marked))
