# A cell becomes 3 where just one of the two halves is coloured.
def solve_99b1bc43(I):
    upper = ofcolor(tophalf(I), 0)
    lower = ofcolor(bottomhalf(I), 0)
    only_one = combine(difference(upper, lower), difference(lower, upper))
    return fill(canvas(0, shape(tophalf(I))), 3, only_one)
