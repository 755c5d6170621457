# lanterns: the inside of every block lights up in colour 4. Keyword arguments, literals, a line that nothing uses.
# Written by make-lanterns.mjs.


def keywords_literals_01(I):
    unused = palette(I)
    x1 = objects(without_bg=True, diagonal=False, univalued=True, grid=I)
    x2 = fork(b=box, a=backdrop, outer=difference)
    x3 = mapply(container=x1, function=x2)
    O = fill(patch=x3, value=4, grid=I)
    return O


def keywords_literals_09(I):
    unused = palette(I)
    x1 = hmirror(piece=I)
    x2 = objects(without_bg=True, diagonal=False, univalued=True, grid=x1)
    x3 = fork(b=box, a=backdrop, outer=difference)
    x4 = mapply(container=x2, function=x3)
    x5 = fill(patch=x4, value=4, grid=x1)
    O = hmirror(piece=x5)
    return O


def keywords_literals_17(I):
    unused = palette(I)
    x1 = objects(without_bg=True, diagonal=True, univalued=True, grid=I)
    x2 = fork(b=box, a=toindices, outer=difference)
    x3 = mapply(container=x1, function=x2)
    O = fill(patch=x3, value=4, grid=I)
    return O


def keywords_literals_25(I):
    unused = palette(I)
    x1 = objects(without_bg=True, diagonal=False, univalued=True, grid=I)
    x2 = mapply(container=x1, function=inbox)
    x3 = recolor(patch=x2, value=4)
    O = paint(obj=x3, grid=I)
    return O
