# The short red line becomes a full row, the short 8 line a full column; they cross in a 4.
def solve_bdad9b1f(I):
    row = hfrontier(first(ofcolor(I, 2)))
    column = vfrontier(first(ofcolor(I, 8)))
    return fill(fill(fill(I, 2, row), 8, column), 4, intersection(row, column))
