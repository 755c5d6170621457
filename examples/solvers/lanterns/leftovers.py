# lanterns: the inside of every block lights up in colour 4. A line that nothing uses.
# Written by make-lanterns.mjs.


def leftovers_01(I):
    unused = trim(I)
    x1 = objects(I, T, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def leftovers_02(I):
    unused = trim(I)
    x1 = objects(I, T, F, T)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def leftovers_03(I):
    unused = trim(I)
    x1 = objects(I, T, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    x4 = recolor(FOUR, x3)
    O = paint(I, x4)
    return O


def leftovers_04(I):
    unused = trim(I)
    x1 = objects(I, T, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = lbind(recolor, FOUR)
    x4 = compose(x3, x2)
    x5 = mapply(x4, x1)
    O = paint(I, x5)
    return O


def leftovers_09(I):
    unused = trim(I)
    x1 = hmirror(I)
    x2 = objects(x1, T, F, T)
    x3 = fork(difference, backdrop, box)
    x4 = mapply(x3, x2)
    x5 = fill(x1, FOUR, x4)
    O = hmirror(x5)
    return O


def leftovers_10(I):
    unused = trim(I)
    x1 = objects(I, T, F, T)
    x2 = mapply(toindices, x1)
    x3 = mapply(box, x1)
    x4 = difference(x2, x3)
    O = fill(I, FOUR, x4)
    return O


def leftovers_11(I):
    unused = trim(I)
    x1 = objects(I, T, F, T)
    x2 = rbind(greater, TWO)
    x3 = chain(x2, minimum, shape)
    x4 = sfilter(x1, x3)
    x5 = compose(backdrop, inbox)
    x6 = mapply(x5, x4)
    O = fill(I, FOUR, x6)
    return O


def leftovers_12(I):
    unused = trim(I)
    x1 = rot90(I)
    x2 = objects(x1, T, F, T)
    x3 = fork(difference, backdrop, box)
    x4 = mapply(x3, x2)
    x5 = fill(x1, FOUR, x4)
    O = rot270(x5)
    return O


def leftovers_17(I):
    unused = trim(I)
    x1 = objects(I, T, T, T)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def leftovers_18(I):
    unused = trim(I)
    x1 = objects(I, T, T, T)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    x4 = recolor(FOUR, x3)
    O = paint(I, x4)
    return O


def leftovers_19(I):
    unused = trim(I)
    x1 = objects(I, F, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def leftovers_20(I):
    unused = trim(I)
    x1 = objects(I, F, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    x4 = recolor(FOUR, x3)
    O = paint(I, x4)
    return O


def leftovers_25(I):
    unused = trim(I)
    x1 = objects(I, T, F, T)
    x2 = mapply(inbox, x1)
    x3 = recolor(FOUR, x2)
    O = paint(I, x3)
    return O


def leftovers_26(I):
    unused = trim(I)
    x1 = objects(I, T, F, T)
    x2 = apply(inbox, x1)
    x3 = merge(x2)
    O = fill(I, FOUR, x3)
    return O


def leftovers_27(I):
    unused = trim(I)
    x1 = objects(I, T, F, T)
    x2 = compose(backdrop, inbox)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def leftovers_28(I):
    unused = trim(I)
    x1 = objects(I, T, F, T)
    x2 = compose(backdrop, inbox)
    x3 = mapply(x2, x1)
    x4 = recolor(FOUR, x3)
    O = paint(I, x4)
    return O
