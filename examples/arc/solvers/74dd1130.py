# Rows become columns.
def solve_74dd1130(I):
    return dmirror(I)
