# Of the four quarters, the one with the most colours.


def most_colours(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = hsplit(x1, TWO)
    x4 = hsplit(x2, TWO)
    x5 = combine(x3, x4)
    O = argmax(x5, numcolors)
    return O


def most_colours_by_columns(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = vsplit(x1, TWO)
    x4 = vsplit(x2, TWO)
    x5 = combine(x3, x4)
    O = argmax(x5, numcolors)
    return O


def most_colours_mapped(I):
    halves = vsplit(I, 2)
    quarters = mapply(rbind(hsplit, 2), halves)
    return argmax(quarters, numcolors)


# The same program as most_colours_mapped.
def most_colours_mapped_again(I):
    x1 = vsplit(I, TWO)
    x2 = rbind(hsplit, TWO)
    x3 = mapply(x2, x1)
    O = argmax(x3, numcolors)
    return O


# Near miss: always the upper left.
def upper_left(I):
    x1 = tophalf(I)
    O = lefthalf(x1)
    return O


# Near miss: the quarter with the most cells that are not black.
def fullest(I):
    x1 = vsplit(I, TWO)
    x2 = rbind(hsplit, TWO)
    x3 = mapply(x2, x1)
    x4 = rbind(colorcount, ZERO)
    O = argmin(x3, x4)
    return O
