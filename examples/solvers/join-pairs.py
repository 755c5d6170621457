# Two cells of one colour in a row or a column are joined by a line of that colour.


def join_by_colour(I):
    x1 = fgpartition(I)
    x2 = fork(connect, ulcorner, lrcorner)
    x3 = fork(recolor, color, x2)
    x4 = mapply(x3, x1)
    O = paint(I, x4)
    return O


# A line between two cells of a row or a column is their bounding box.
def join_by_backdrop(I):
    x1 = fgpartition(I)
    x2 = fork(recolor, color, backdrop)
    x3 = mapply(x2, x1)
    O = paint(I, x3)
    return O


# The same program as join_by_backdrop.
def join_by_backdrop_terse(I):
    return paint(I, mapply(fork(recolor, color, backdrop), fgpartition(I)))


# Near miss: only pairs in a row.
def join_rows(I):
    x1 = fgpartition(I)
    x2 = compose(flip, portrait)
    x3 = sfilter(x1, x2)
    x4 = fork(recolor, color, backdrop)
    x5 = mapply(x4, x3)
    O = paint(I, x5)
    return O


# Near miss: only pairs in a column.
def join_columns(I):
    x1 = fgpartition(I)
    x2 = sfilter(x1, portrait)
    x3 = fork(recolor, color, backdrop)
    x4 = mapply(x3, x2)
    O = paint(I, x4)
    return O


# Near miss by far: `shoot` overshoots.
def shoot_right(I):
    x1 = fgpartition(I)
    x2 = rbind(shoot, RIGHT)
    x3 = compose(x2, ulcorner)
    x4 = fork(recolor, color, x3)
    x5 = mapply(x4, x1)
    O = paint(I, x5)
    return O
