# The first two cells are a legend: the first colour becomes the second, everywhere.


def read_the_legend(I):
    x1 = index(I, ORIGIN)
    x2 = index(I, RIGHT)
    O = replace(I, x1, x2)
    return O


def read_the_first_row(I):
    x1 = first(I)
    x2 = first(x1)
    x3 = crop(I, RIGHT, UNITY)
    x4 = mostcolor(x3)
    O = replace(I, x2, x4)
    return O


def fill_the_places(I):
    x1 = index(I, ORIGIN)
    x2 = index(I, RIGHT)
    x3 = ofcolor(I, x1)
    O = fill(I, x2, x3)
    return O


# The same program as read_the_legend: (0, 0) is ORIGIN and (0, 1) is RIGHT.
def read_the_legend_literal(I):
    old = index(I, (0, 0))
    new = index(I, (ZERO, ONE))
    return replace(I, old, new)


# Near miss: knows the legend of the first two samples only.
def one_to_two(I):
    O = replace(I, ONE, TWO)
    return O


# Near miss by far: takes the colours the other way round.
def read_backwards(I):
    x1 = index(I, RIGHT)
    x2 = index(I, ORIGIN)
    O = replace(I, x1, x2)
    return O
