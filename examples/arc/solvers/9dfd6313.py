# Rows become columns.
def solve_9dfd6313(I):
    return dmirror(I)
