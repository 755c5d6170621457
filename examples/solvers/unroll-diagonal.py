# The cells of the row go down the diagonal of a square. The answer of the test is hidden.


def paint_the_diagonal(I):
    x1 = width(I)
    x2 = astuple(x1, x1)
    x3 = canvas(ZERO, x2)
    x4 = interval(ZERO, x1, ONE)
    x5 = pair(x4, x4)
    x6 = first(I)
    x7 = pair(x6, x5)
    O = paint(x3, x7)
    return O


def mask_the_rows(I):
    n = width(I)
    rows = vupscale(I, n)
    diagonal = shoot(ORIGIN, UNITY)
    rest = difference(asindices(rows), diagonal)
    return fill(rows, 0, rest)


# The same program as paint_the_diagonal.
def paint_the_diagonal_again(I):
    n = width(I)
    steps = interval(start=0, stop=n, step=1)
    cells = pair(first(I), pair(steps, steps))
    square_canvas = canvas(0, astuple(n, n))
    return paint(square_canvas, cells)


# Near miss: one colour for the whole diagonal.
def diagonal_of_one_colour(I):
    x1 = width(I)
    x2 = astuple(x1, x1)
    x3 = canvas(ZERO, x2)
    x4 = shoot(ORIGIN, UNITY)
    x5 = mostcolor(I)
    O = fill(x3, x5, x4)
    return O


# Near miss by far: the whole square.
def square_of_rows(I):
    x1 = width(I)
    O = vupscale(I, x1)
    return O
