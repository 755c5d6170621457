# Red dots draw columns; green and blue dots draw rows over them.
def solve_178fcbfb(I):
    with_columns = fill(I, 2, mapply(vfrontier, ofcolor(I, 2)))
    with_green_rows = fill(with_columns, 3, mapply(hfrontier, ofcolor(I, 3)))
    return fill(with_green_rows, 1, mapply(hfrontier, ofcolor(I, 1)))
