# lanterns: the inside of every block lights up in colour 4. Flat lines, x1, x2, ... and the constants of the language.
# Written by make-lanterns.mjs.


def plain_01(I):
    x1 = objects(I, T, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def plain_02(I):
    x1 = objects(I, T, F, T)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def plain_03(I):
    x1 = objects(I, T, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    x4 = recolor(FOUR, x3)
    O = paint(I, x4)
    return O


def plain_04(I):
    x1 = objects(I, T, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = lbind(recolor, FOUR)
    x4 = compose(x3, x2)
    x5 = mapply(x4, x1)
    O = paint(I, x5)
    return O


def plain_05(I):
    x1 = objects(I, T, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = apply(x2, x1)
    x4 = merge(x3)
    O = fill(I, FOUR, x4)
    return O


def plain_06(I):
    x1 = objects(I, T, F, T)
    x2 = merge(x1)
    x3 = fork(recolor, color, box)
    x4 = mapply(x3, x1)
    x5 = fill(I, FOUR, x2)
    O = paint(x5, x4)
    return O


def plain_07(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(backdrop, x1)
    x3 = fork(recolor, color, box)
    x4 = mapply(x3, x1)
    x5 = fill(I, FOUR, x2)
    O = paint(x5, x4)
    return O


def plain_08(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(backdrop, x1)
    x3 = mapply(box, x1)
    x4 = difference(x2, x3)
    O = fill(I, FOUR, x4)
    return O


def plain_09(I):
    x1 = hmirror(I)
    x2 = objects(x1, T, F, T)
    x3 = fork(difference, backdrop, box)
    x4 = mapply(x3, x2)
    x5 = fill(x1, FOUR, x4)
    O = hmirror(x5)
    return O


def plain_10(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(toindices, x1)
    x3 = mapply(box, x1)
    x4 = difference(x2, x3)
    O = fill(I, FOUR, x4)
    return O


def plain_11(I):
    x1 = objects(I, T, F, T)
    x2 = rbind(greater, TWO)
    x3 = chain(x2, minimum, shape)
    x4 = sfilter(x1, x3)
    x5 = compose(backdrop, inbox)
    x6 = mapply(x5, x4)
    O = fill(I, FOUR, x6)
    return O


def plain_12(I):
    x1 = rot90(I)
    x2 = objects(x1, T, F, T)
    x3 = fork(difference, backdrop, box)
    x4 = mapply(x3, x2)
    x5 = fill(x1, FOUR, x4)
    O = rot270(x5)
    return O


def plain_13(I):
    x1 = objects(I, T, F, T)
    x2 = order(x1, size)
    x3 = fork(difference, backdrop, box)
    x4 = mapply(x3, x2)
    O = fill(I, FOUR, x4)
    return O


def plain_14(I):
    x1 = objects(I, T, T, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def plain_15(I):
    x1 = objects(I, T, T, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    x4 = recolor(FOUR, x3)
    O = paint(I, x4)
    return O


def plain_16(I):
    x1 = objects(I, T, T, T)
    x2 = fork(difference, backdrop, box)
    x3 = apply(x2, x1)
    x4 = merge(x3)
    O = fill(I, FOUR, x4)
    return O


def plain_17(I):
    x1 = objects(I, T, T, T)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def plain_18(I):
    x1 = objects(I, T, T, T)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    x4 = recolor(FOUR, x3)
    O = paint(I, x4)
    return O


def plain_19(I):
    x1 = objects(I, F, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def plain_20(I):
    x1 = objects(I, F, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    x4 = recolor(FOUR, x3)
    O = paint(I, x4)
    return O


def plain_21(I):
    x1 = objects(I, F, T, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def plain_22(I):
    x1 = fgpartition(I)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def plain_23(I):
    x1 = fgpartition(I)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    x4 = recolor(FOUR, x3)
    O = paint(I, x4)
    return O


def plain_24(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(inbox, x1)
    O = fill(I, FOUR, x2)
    return O


def plain_25(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(inbox, x1)
    x3 = recolor(FOUR, x2)
    O = paint(I, x3)
    return O


def plain_26(I):
    x1 = objects(I, T, F, T)
    x2 = apply(inbox, x1)
    x3 = merge(x2)
    O = fill(I, FOUR, x3)
    return O


def plain_27(I):
    x1 = objects(I, T, F, T)
    x2 = compose(backdrop, inbox)
    x3 = mapply(x2, x1)
    O = fill(I, FOUR, x3)
    return O


def plain_28(I):
    x1 = objects(I, T, F, T)
    x2 = compose(backdrop, inbox)
    x3 = mapply(x2, x1)
    x4 = recolor(FOUR, x3)
    O = paint(I, x4)
    return O


def plain_29(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(box, x1)
    O = fill(I, FOUR, x2)
    return O


def plain_30(I):
    x1 = objects(I, T, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = underfill(I, FOUR, x3)
    return O


def plain_31(I):
    x1 = objects(I, T, F, T)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    O = underfill(I, FOUR, x3)
    return O


def plain_32(I):
    x1 = objects(I, T, F, T)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, THREE, x3)
    return O
