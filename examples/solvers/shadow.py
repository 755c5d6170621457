# Objects cast a shadow of colour 5, one step down and to the right.


def shift_underneath(I):
    x1 = objects(I, F, T, T)
    x2 = merge(x1)
    x3 = shift(x2, UNITY)
    O = underfill(I, FIVE, x3)
    return O


def shift_each_underneath(I):
    x1 = objects(I, F, T, T)
    x2 = rbind(shift, UNITY)
    x3 = mapply(x2, x1)
    O = underfill(I, FIVE, x3)
    return O


def shadow_then_objects(I):
    x1 = asobject(I)
    x2 = sfilter(x1, first)
    x3 = shift(x2, UNITY)
    x4 = fill(I, FIVE, x3)
    O = paint(x4, x2)
    return O


# The same program as shift_underneath.
def shift_underneath_literal(I):
    everything = merge(objects(I, False, True, True))
    return underfill(I, 5, shift(everything, (1, 1)))


# Near miss by far: the shadow falls on the objects too.
def shadow_in_front(I):
    x1 = objects(I, F, T, T)
    x2 = merge(x1)
    x3 = shift(x2, UNITY)
    O = fill(I, FIVE, x3)
    return O


# Near miss by far: straight down.
def shadow_below(I):
    x1 = objects(I, F, T, T)
    x2 = merge(x1)
    x3 = shift(x2, DOWN)
    O = underfill(I, FIVE, x3)
    return O
