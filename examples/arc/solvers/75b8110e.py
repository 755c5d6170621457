# The four quarters on top of each other: 4 lowest, then 9, 6 and 5.
def solve_75b8110e(I):
    fours = lefthalf(tophalf(I))
    fives = recolor(5, ofcolor(righthalf(tophalf(I)), 5))
    sixes = recolor(6, ofcolor(lefthalf(bottomhalf(I)), 6))
    nines = recolor(9, ofcolor(righthalf(bottomhalf(I)), 9))
    return paint(paint(paint(fours, nines), sixes), fives)
