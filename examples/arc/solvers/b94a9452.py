# The square alone, with its two colours exchanged.
def solve_b94a9452(I):
    square_alone = subgrid(difference(asindices(I), ofcolor(I, 0)), I)
    return switch(square_alone, mostcolor(square_alone), leastcolor(square_alone))
