# Near misses.


# Raises "stop" where the shape is not of colour 3.
def green_only(I):
    x1 = ofcolor(I, FIVE)
    x2 = objects(I, T, T, T)
    x3 = colorfilter(x2, THREE)
    x4 = first(x3)
    x5 = gravitate(x4, x1)
    x6 = move(I, x4, x5)
    O = replace(x6, FIVE, TWO)
    return O


# Only ever pulls down, until the lowest row of the shape meets the block.
def always_down(I):
    x1 = replace(I, FIVE, TWO)
    x2 = fgpartition(x1)
    x3 = matcher(color, TWO)
    x4 = extract(x2, x3)
    x5 = compose(flip, x3)
    x6 = extract(x2, x5)
    x7 = uppermost(x4)
    x8 = lowermost(x6)
    x9 = subtract(x7, x8)
    x10 = decrement(x9)
    x11 = toivec(x10)
    O = move(x1, x6, x11)
    return O


# Forgets to recolour the block.
def pull_only(I):
    x1 = ofcolor(I, FIVE)
    x2 = objects(I, T, T, T)
    x3 = compose(flip, matcher(color, FIVE))
    x4 = extract(x2, x3)
    x5 = gravitate(x4, x1)
    O = move(I, x4, x5)
    return O
