# Crop the one object whose colour no other object has.


def crop_the_odd_colour(I):
    x1 = objects(I, T, F, T)
    x2 = totuple(x1)
    x3 = apply(color, x2)
    x4 = leastcommon(x3)
    x5 = ofcolor(I, x4)
    O = subgrid(x5, I)
    return O


def crop_the_odd_object(I):
    x1 = objects(I, T, F, T)
    x2 = totuple(x1)
    x3 = apply(color, x2)
    x4 = leastcommon(x3)
    x5 = matcher(color, x4)
    x6 = extract(x1, x5)
    O = subgrid(x6, I)
    return O


# The same program as crop_the_odd_colour: the set is poured into a tuple twice.
def crop_the_odd_colour_twice(I):
    some = apply(color, totuple(objects(I, T, F, T)))
    rare = leastcommon(apply(color, totuple(objects(I, T, F, T))))
    return subgrid(ofcolor(I, rare), I)


# Near miss: the colour with the fewest cells.
def crop_the_rarest_colour(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    O = subgrid(x2, I)
    return O


# Near miss: the biggest object.
def crop_the_biggest(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    O = subgrid(x2, I)
    return O


# Near miss: the first object in the order of columns.
def crop_the_leftmost(I):
    x1 = objects(I, T, F, T)
    x2 = argmin(x1, leftmost)
    O = subgrid(x2, I)
    return O
