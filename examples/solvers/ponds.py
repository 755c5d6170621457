# Black regions that are closed in fill with colour 1.


def fill_closed(I):
    x1 = objects(I, T, F, F)
    x2 = colorfilter(x1, ZERO)
    x3 = rbind(bordering, I)
    x4 = compose(flip, x3)
    x5 = mfilter(x2, x4)
    O = fill(I, ONE, x5)
    return O


def open_sky_back(I):
    x1 = objects(I, T, F, F)
    x2 = colorfilter(x1, ZERO)
    x3 = rbind(bordering, I)
    x4 = mfilter(x2, x3)
    x5 = replace(I, ZERO, ONE)
    O = fill(x5, ZERO, x4)
    return O


# The same program as fill_closed.
def fill_closed_renamed(I):
    regions = objects(I, T, F, F)
    black = colorfilter(regions, 0)
    touches = rbind(bordering, I)
    closed = compose(flip, touches)
    ponds = mfilter(black, closed)
    return fill(I, 1, ponds)


# Near miss: fills the bounding box of each wall, so open cups as well.
def fill_inside_the_box(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(delta, x1)
    O = fill(I, ONE, x2)
    return O


# Near miss: a diagonal step counts as a way out.
def fill_closed_to_corners(I):
    x1 = objects(I, T, T, F)
    x2 = colorfilter(x1, ZERO)
    x3 = rbind(bordering, I)
    x4 = compose(flip, x3)
    x5 = mfilter(x2, x4)
    O = fill(I, ONE, x5)
    return O


# Near miss: walls of colour 8 only.
def inside_of_eights(I):
    x1 = objects(I, T, F, T)
    x2 = colorfilter(x1, EIGHT)
    x3 = compose(backdrop, inbox)
    x4 = mapply(x3, x2)
    O = fill(I, ONE, x4)
    return O
