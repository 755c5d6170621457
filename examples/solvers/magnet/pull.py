# Files in a folder named like a task belong to that task: the block of colour 5 pulls the shape to its side and becomes 2.


def pull_then_recolour(I):
    x1 = ofcolor(I, FIVE)
    x2 = objects(I, T, T, T)
    x3 = compose(flip, matcher(color, FIVE))
    x4 = extract(x2, x3)
    x5 = gravitate(x4, x1)
    x6 = move(I, x4, x5)
    O = replace(x6, FIVE, TWO)
    return O


def recolour_then_pull(I):
    block = ofcolor(I, FIVE)
    red = replace(I, FIVE, TWO)
    colours = palette(red)
    parts = fgpartition(red)
    magnet = extract(parts, matcher(color, 2))
    iron = extract(parts, compose(flip, matcher(color, 2)))
    way = gravitate(iron, magnet)
    return move(red, iron, way)


# The same program as recolour_then_pull without its dead line.
def recolour_then_pull_tidy(I):
    x1 = replace(I, FIVE, TWO)
    x2 = fgpartition(x1)
    x3 = matcher(color, TWO)
    x4 = extract(x2, x3)
    x5 = compose(flip, x3)
    x6 = extract(x2, x5)
    x7 = gravitate(x6, x4)
    O = move(x1, x6, x7)
    return O
