# Three panels on top of each other: 4 above 9 above 1.
def solve_cf98881b(I):
    panels = hsplit(I, 3)
    nines = recolor(9, ofcolor(crop(I, (0, 5), (4, 4)), 9))
    fours = recolor(4, ofcolor(first(panels), 4))
    return paint(paint(last(panels), nines), fours)
