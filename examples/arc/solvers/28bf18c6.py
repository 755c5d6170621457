# The shape alone, twice side by side.
def solve_28bf18c6(I):
    shape_alone = subgrid(difference(asindices(I), ofcolor(I, 0)), I)
    return hconcat(shape_alone, shape_alone)
