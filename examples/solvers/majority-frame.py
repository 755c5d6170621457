# A frame along the border, in the commonest colour that is not black.


def frame_in_majority(I):
    x1 = asobject(I)
    x2 = sfilter(x1, first)
    x3 = mostcolor(x2)
    x4 = asindices(I)
    x5 = box(x4)
    O = fill(I, x3, x5)
    return O


def frame_in_biggest_part(I):
    x1 = partition(I)
    x2 = matcher(color, ZERO)
    x3 = compose(flip, x2)
    x4 = sfilter(x1, x3)
    x5 = argmax(x4, size)
    x6 = color(x5)
    x7 = asindices(I)
    x8 = box(x7)
    O = fill(I, x6, x8)
    return O


# The same program as frame_in_majority.
def frame_in_majority_nested(I):
    hue = mostcolor(sfilter(asobject(I), first))
    return fill(I, hue, box(asindices(I)))


# Near miss: leaves out the commonest of all, which is not always black.
def frame_in_foreground(I):
    x1 = fgpartition(I)
    x2 = argmax(x1, size)
    x3 = color(x2)
    x4 = asindices(I)
    x5 = box(x4)
    O = fill(I, x3, x5)
    return O


# Near miss by far: the rarest colour.
def frame_in_minority(I):
    x1 = leastcolor(I)
    x2 = asindices(I)
    x3 = box(x2)
    O = fill(I, x1, x3)
    return O


# Near miss: the greatest colour number.
def frame_in_greatest(I):
    x1 = palette(I)
    x2 = maximum(x1)
    x3 = asindices(I)
    x4 = box(x3)
    O = fill(I, x2, x4)
    return O
