# Every cell that has not the most frequent colour becomes 5.
def solve_9565186b(I):
    ground = ofcolor(I, mostcolor(I))
    return fill(I, 5, difference(asindices(I), ground))
