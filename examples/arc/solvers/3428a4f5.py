# A cell becomes 3 where just one of the two halves is coloured.
def solve_3428a4f5(I):
    upper = ofcolor(tophalf(I), 2)
    lower = ofcolor(bottomhalf(I), 2)
    only_one = difference(combine(upper, lower), intersection(upper, lower))
    return fill(canvas(0, shape(tophalf(I))), 3, only_one)
