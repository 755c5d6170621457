# Keep the objects that touch the border of the grid.


def cover_the_inland(I):
    x1 = objects(I, T, F, T)
    x2 = rbind(bordering, I)
    x3 = compose(flip, x2)
    x4 = mfilter(x1, x3)
    O = cover(I, x4)
    return O


def paint_the_coast(I):
    x1 = objects(I, T, F, T)
    x2 = rbind(bordering, I)
    x3 = mfilter(x1, x2)
    x4 = shape(I)
    x5 = canvas(ZERO, x4)
    O = paint(x5, x3)
    return O


def cover_by_difference(I):
    land = objects(I, T, F, T)
    coast = sfilter(land, rbind(bordering, I))
    inland = difference(land, coast)
    return cover(I, merge(inland))


# The same program as cover_the_inland.
def cover_the_inland_by_fill(I):
    islands = objects(I, True, False, True)
    ashore = rbind(bordering, I)
    afloat = compose(flip, ashore)
    lost = mfilter(islands, afloat)
    return cover(patch=lost, grid=I)


# Another program: fills with black instead of the commonest colour.
def blacken_the_inland(I):
    x1 = objects(I, T, F, T)
    x2 = rbind(bordering, I)
    x3 = compose(flip, x2)
    x4 = mfilter(x1, x3)
    O = fill(I, ZERO, x4)
    return O


# Near miss: knows two of the four borders.
def keep_left_and_top(I):
    x1 = objects(I, T, F, T)
    x2 = matcher(uppermost, ZERO)
    x3 = matcher(leftmost, ZERO)
    x4 = fork(either, x2, x3)
    x5 = compose(flip, x4)
    x6 = mfilter(x1, x5)
    O = cover(I, x6)
    return O


# Near miss by far: keeps the inland.
def keep_the_inland(I):
    x1 = objects(I, T, F, T)
    x2 = rbind(bordering, I)
    x3 = mfilter(x1, x2)
    O = cover(I, x3)
    return O
