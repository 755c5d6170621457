# A 2 grows four petals of colour 7 at its sides, a 1 four of colour 4 at its corners.


def both_kinds(I):
    x1 = ofcolor(I, TWO)
    x2 = ofcolor(I, ONE)
    x3 = mapply(dneighbors, x1)
    x4 = mapply(ineighbors, x2)
    x5 = fill(I, SEVEN, x3)
    O = fill(x5, FOUR, x4)
    return O


def corners_first(I):
    x1 = ofcolor(I, TWO)
    x2 = ofcolor(I, ONE)
    x3 = mapply(dneighbors, x1)
    x4 = mapply(ineighbors, x2)
    x5 = fill(I, FOUR, x4)
    O = fill(x5, SEVEN, x3)
    return O


# The same program as both_kinds: the lines stand in another order.
def both_kinds_reordered(I):
    ones = ofcolor(I, 1)
    corners_of_ones = mapply(ineighbors, ones)
    twos = ofcolor(I, 2)
    sides_of_twos = mapply(dneighbors, twos)
    half_way = fill(I, 7, sides_of_twos)
    return fill(half_way, 4, corners_of_ones)


# Near miss: petals of the 2 only.
def only_twos(I):
    x1 = ofcolor(I, TWO)
    x2 = mapply(dneighbors, x1)
    O = fill(I, SEVEN, x2)
    return O


# Near miss by far: all eight neighbours.
def too_many_petals(I):
    x1 = ofcolor(I, TWO)
    x2 = ofcolor(I, ONE)
    x3 = mapply(neighbors, x1)
    x4 = mapply(neighbors, x2)
    x5 = fill(I, SEVEN, x3)
    O = fill(x5, FOUR, x4)
    return O
