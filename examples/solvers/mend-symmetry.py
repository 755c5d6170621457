# The grid is the same left and right; the patch of colour 9 hides a part of it.


def patch_from_the_mirror(I):
    x1 = ofcolor(I, NINE)
    x2 = vmirror(I)
    x3 = toobject(x1, x2)
    O = paint(I, x3)
    return O


def overlay_agreement(I):
    x1 = vmirror(I)
    x2 = asobject(x1)
    x3 = matcher(first, NINE)
    x4 = compose(flip, x3)
    x5 = sfilter(x2, x4)
    O = paint(I, x5)
    return O


# The same program as patch_from_the_mirror.
def patch_by_keywords(I):
    hidden = ofcolor(value=9, grid=I)
    mirror = vmirror(piece=I)
    patch = toobject(grid=mirror, patch=hidden)
    return paint(obj=patch, grid=I)


# Near miss: takes the upside-down image, right where the grid has both symmetries.
def patch_from_upside_down(I):
    x1 = ofcolor(I, NINE)
    x2 = hmirror(I)
    x3 = toobject(x1, x2)
    O = paint(I, x3)
    return O


# Near miss by far: fills the hole with the commonest colour.
def plaster(I):
    x1 = ofcolor(I, NINE)
    O = cover(I, x1)
    return O
