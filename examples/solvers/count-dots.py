# A row with one cell of colour 2 for each object of colour 2.


def count_then_draw(I):
    x1 = objects(I, T, F, T)
    x2 = colorfilter(x1, TWO)
    x3 = size(x2)
    x4 = astuple(ONE, x3)
    O = canvas(TWO, x4)
    return O


def repeat_a_cell(I):
    x1 = objects(I, T, F, T)
    x2 = colorfilter(x1, TWO)
    x3 = size(x2)
    x4 = repeat(TWO, x3)
    O = repeat(x4, ONE)
    return O


# Not the same program as count_then_draw: a tuple literal is not a call of `astuple`.
def count_with_a_tuple(I):
    n = size(colorfilter(objects(I, T, F, T), 2))
    return canvas(2, (1, n))


# The same program as count_then_draw.
def count_then_draw_renamed(I):
    blobs = objects(I, True, False, True)
    red = colorfilter(blobs, 2)
    number = size(red)
    dimensions = astuple(1, number)
    row = canvas(2, dimensions)
    return row


# Near miss: counts cells, which is right while each object has one.
def count_cells(I):
    x1 = colorcount(I, TWO)
    x2 = astuple(ONE, x1)
    O = canvas(TWO, x2)
    return O


# Near miss: counts objects of any colour.
def count_all_objects(I):
    x1 = objects(I, T, F, T)
    x2 = size(x1)
    x3 = astuple(ONE, x2)
    O = canvas(TWO, x3)
    return O


# No grid: stops at the number.
def only_the_number(I):
    x1 = objects(I, T, F, T)
    x2 = colorfilter(x1, TWO)
    O = size(x2)
    return O
