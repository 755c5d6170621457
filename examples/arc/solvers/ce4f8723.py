# A cell becomes 3 where at least one of the two halves is coloured.
def solve_ce4f8723(I):
    upper = ofcolor(tophalf(I), 0)
    lower = ofcolor(bottomhalf(I), 0)
    return fill(canvas(3, shape(tophalf(I))), 0, intersection(upper, lower))
