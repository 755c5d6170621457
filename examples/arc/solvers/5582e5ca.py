# The whole grid takes the most frequent colour.
def solve_5582e5ca(I):
    return canvas(mostcolor(I), shape(I))
