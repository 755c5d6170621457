# lanterns: the inside of every block lights up in colour 4. Keyword arguments.
# Written by make-lanterns.mjs.


def keywords_01(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = fork(b=box, a=backdrop, outer=difference)
    x3 = mapply(container=x1, function=x2)
    O = fill(patch=x3, value=FOUR, grid=I)
    return O


def keywords_02(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = fork(b=box, a=toindices, outer=difference)
    x3 = mapply(container=x1, function=x2)
    O = fill(patch=x3, value=FOUR, grid=I)
    return O


def keywords_03(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = fork(b=box, a=backdrop, outer=difference)
    x3 = mapply(container=x1, function=x2)
    x4 = recolor(patch=x3, value=FOUR)
    O = paint(obj=x4, grid=I)
    return O


def keywords_04(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = fork(b=box, a=backdrop, outer=difference)
    x3 = lbind(fixed=FOUR, function=recolor)
    x4 = compose(inner=x2, outer=x3)
    x5 = mapply(container=x1, function=x4)
    O = paint(obj=x5, grid=I)
    return O


def keywords_05(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = fork(b=box, a=backdrop, outer=difference)
    x3 = apply(container=x1, function=x2)
    x4 = merge(containers=x3)
    O = fill(patch=x4, value=FOUR, grid=I)
    return O


def keywords_09(I):
    x1 = hmirror(piece=I)
    x2 = objects(without_bg=T, diagonal=F, univalued=T, grid=x1)
    x3 = fork(b=box, a=backdrop, outer=difference)
    x4 = mapply(container=x2, function=x3)
    x5 = fill(patch=x4, value=FOUR, grid=x1)
    O = hmirror(piece=x5)
    return O


def keywords_10(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = mapply(container=x1, function=toindices)
    x3 = mapply(container=x1, function=box)
    x4 = difference(b=x3, a=x2)
    O = fill(patch=x4, value=FOUR, grid=I)
    return O


def keywords_11(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = rbind(fixed=TWO, function=greater)
    x3 = chain(f=shape, g=minimum, h=x2)
    x4 = sfilter(condition=x3, container=x1)
    x5 = compose(inner=inbox, outer=backdrop)
    x6 = mapply(container=x4, function=x5)
    O = fill(patch=x6, value=FOUR, grid=I)
    return O


def keywords_12(I):
    x1 = rot90(grid=I)
    x2 = objects(without_bg=T, diagonal=F, univalued=T, grid=x1)
    x3 = fork(b=box, a=backdrop, outer=difference)
    x4 = mapply(container=x2, function=x3)
    x5 = fill(patch=x4, value=FOUR, grid=x1)
    O = rot270(grid=x5)
    return O


def keywords_13(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = order(compfunc=size, container=x1)
    x3 = fork(b=box, a=backdrop, outer=difference)
    x4 = mapply(container=x2, function=x3)
    O = fill(patch=x4, value=FOUR, grid=I)
    return O


def keywords_17(I):
    x1 = objects(without_bg=T, diagonal=T, univalued=T, grid=I)
    x2 = fork(b=box, a=toindices, outer=difference)
    x3 = mapply(container=x1, function=x2)
    O = fill(patch=x3, value=FOUR, grid=I)
    return O


def keywords_18(I):
    x1 = objects(without_bg=T, diagonal=T, univalued=T, grid=I)
    x2 = fork(b=box, a=toindices, outer=difference)
    x3 = mapply(container=x1, function=x2)
    x4 = recolor(patch=x3, value=FOUR)
    O = paint(obj=x4, grid=I)
    return O


def keywords_19(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=F, grid=I)
    x2 = fork(b=box, a=backdrop, outer=difference)
    x3 = mapply(container=x1, function=x2)
    O = fill(patch=x3, value=FOUR, grid=I)
    return O


def keywords_20(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=F, grid=I)
    x2 = fork(b=box, a=backdrop, outer=difference)
    x3 = mapply(container=x1, function=x2)
    x4 = recolor(patch=x3, value=FOUR)
    O = paint(obj=x4, grid=I)
    return O


def keywords_21(I):
    x1 = objects(without_bg=T, diagonal=T, univalued=F, grid=I)
    x2 = fork(b=box, a=backdrop, outer=difference)
    x3 = mapply(container=x1, function=x2)
    O = fill(patch=x3, value=FOUR, grid=I)
    return O


def keywords_25(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = mapply(container=x1, function=inbox)
    x3 = recolor(patch=x2, value=FOUR)
    O = paint(obj=x3, grid=I)
    return O


def keywords_26(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = apply(container=x1, function=inbox)
    x3 = merge(containers=x2)
    O = fill(patch=x3, value=FOUR, grid=I)
    return O


def keywords_27(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = compose(inner=inbox, outer=backdrop)
    x3 = mapply(container=x1, function=x2)
    O = fill(patch=x3, value=FOUR, grid=I)
    return O


def keywords_28(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = compose(inner=inbox, outer=backdrop)
    x3 = mapply(container=x1, function=x2)
    x4 = recolor(patch=x3, value=FOUR)
    O = paint(obj=x4, grid=I)
    return O


def keywords_29(I):
    x1 = objects(without_bg=T, diagonal=F, univalued=T, grid=I)
    x2 = mapply(container=x1, function=box)
    O = fill(patch=x2, value=FOUR, grid=I)
    return O
