# Bars change places until they rise from left to right.


def sort_by_height(I):
    x1 = dmirror(I)
    x2 = rbind(sfilter, positive)
    x3 = compose(size, x2)
    x4 = order(x1, x3)
    O = dmirror(x4)
    return O


def sort_by_black(I):
    x1 = rot270(I)
    x2 = rbind(sfilter, flip)
    x3 = compose(size, x2)
    x4 = order(x1, x3)
    O = rot90(x4)
    return O


# The same program as sort_by_height.
def sort_by_height_nested(I):
    bars = dmirror(I)
    filled = rbind(sfilter, positive)
    return dmirror(order(bars, compose(size, filled)))


# Near miss by far: by the colour at the foot.
def sort_by_foot(I):
    x1 = dmirror(I)
    x2 = order(x1, last)
    O = dmirror(x2)
    return O


# Near miss by far: falls from left to right.
def sort_falling(I):
    x1 = dmirror(I)
    x2 = rbind(sfilter, positive)
    x3 = chain(invert, size, x2)
    x4 = order(x1, x3)
    O = dmirror(x4)
    return O


# Compares the bars cell by cell from the top: black, the smallest colour, comes first in the shorter bar.
def sort_as_tuples(I):
    x1 = dmirror(I)
    x2 = order(x1, identity)
    O = dmirror(x2)
    return O
