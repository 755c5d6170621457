# lanterns: the inside of every block lights up in colour 4. Literals for the constants.
# Written by make-lanterns.mjs.


def literals_01(I):
    x1 = objects(I, True, False, True)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, 4, x3)
    return O


def literals_02(I):
    x1 = objects(I, True, False, True)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    O = fill(I, 4, x3)
    return O


def literals_03(I):
    x1 = objects(I, True, False, True)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    x4 = recolor(4, x3)
    O = paint(I, x4)
    return O


def literals_04(I):
    x1 = objects(I, True, False, True)
    x2 = fork(difference, backdrop, box)
    x3 = lbind(recolor, 4)
    x4 = compose(x3, x2)
    x5 = mapply(x4, x1)
    O = paint(I, x5)
    return O


def literals_05(I):
    x1 = objects(I, True, False, True)
    x2 = fork(difference, backdrop, box)
    x3 = apply(x2, x1)
    x4 = merge(x3)
    O = fill(I, 4, x4)
    return O


def literals_06(I):
    x1 = objects(I, True, False, True)
    x2 = merge(x1)
    x3 = fork(recolor, color, box)
    x4 = mapply(x3, x1)
    x5 = fill(I, 4, x2)
    O = paint(x5, x4)
    return O


def literals_07(I):
    x1 = objects(I, True, False, True)
    x2 = mapply(backdrop, x1)
    x3 = fork(recolor, color, box)
    x4 = mapply(x3, x1)
    x5 = fill(I, 4, x2)
    O = paint(x5, x4)
    return O


def literals_09(I):
    x1 = hmirror(I)
    x2 = objects(x1, True, False, True)
    x3 = fork(difference, backdrop, box)
    x4 = mapply(x3, x2)
    x5 = fill(x1, 4, x4)
    O = hmirror(x5)
    return O


def literals_10(I):
    x1 = objects(I, True, False, True)
    x2 = mapply(toindices, x1)
    x3 = mapply(box, x1)
    x4 = difference(x2, x3)
    O = fill(I, 4, x4)
    return O


def literals_11(I):
    x1 = objects(I, True, False, True)
    x2 = rbind(greater, 2)
    x3 = chain(x2, minimum, shape)
    x4 = sfilter(x1, x3)
    x5 = compose(backdrop, inbox)
    x6 = mapply(x5, x4)
    O = fill(I, 4, x6)
    return O


def literals_12(I):
    x1 = rot90(I)
    x2 = objects(x1, True, False, True)
    x3 = fork(difference, backdrop, box)
    x4 = mapply(x3, x2)
    x5 = fill(x1, 4, x4)
    O = rot270(x5)
    return O


def literals_13(I):
    x1 = objects(I, True, False, True)
    x2 = order(x1, size)
    x3 = fork(difference, backdrop, box)
    x4 = mapply(x3, x2)
    O = fill(I, 4, x4)
    return O


def literals_14(I):
    x1 = objects(I, True, True, True)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, 4, x3)
    return O


def literals_15(I):
    x1 = objects(I, True, True, True)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    x4 = recolor(4, x3)
    O = paint(I, x4)
    return O


def literals_17(I):
    x1 = objects(I, True, True, True)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    O = fill(I, 4, x3)
    return O


def literals_18(I):
    x1 = objects(I, True, True, True)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    x4 = recolor(4, x3)
    O = paint(I, x4)
    return O


def literals_19(I):
    x1 = objects(I, False, False, True)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, 4, x3)
    return O


def literals_20(I):
    x1 = objects(I, False, False, True)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    x4 = recolor(4, x3)
    O = paint(I, x4)
    return O


def literals_21(I):
    x1 = objects(I, False, True, True)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, 4, x3)
    return O


def literals_22(I):
    x1 = fgpartition(I)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = fill(I, 4, x3)
    return O


def literals_23(I):
    x1 = fgpartition(I)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    x4 = recolor(4, x3)
    O = paint(I, x4)
    return O


def literals_25(I):
    x1 = objects(I, True, False, True)
    x2 = mapply(inbox, x1)
    x3 = recolor(4, x2)
    O = paint(I, x3)
    return O


def literals_26(I):
    x1 = objects(I, True, False, True)
    x2 = apply(inbox, x1)
    x3 = merge(x2)
    O = fill(I, 4, x3)
    return O


def literals_27(I):
    x1 = objects(I, True, False, True)
    x2 = compose(backdrop, inbox)
    x3 = mapply(x2, x1)
    O = fill(I, 4, x3)
    return O


def literals_28(I):
    x1 = objects(I, True, False, True)
    x2 = compose(backdrop, inbox)
    x3 = mapply(x2, x1)
    x4 = recolor(4, x3)
    O = paint(I, x4)
    return O


def literals_29(I):
    x1 = objects(I, True, False, True)
    x2 = mapply(box, x1)
    O = fill(I, 4, x2)
    return O


def literals_30(I):
    x1 = objects(I, True, False, True)
    x2 = fork(difference, backdrop, box)
    x3 = mapply(x2, x1)
    O = underfill(I, 4, x3)
    return O


def literals_31(I):
    x1 = objects(I, True, False, True)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    O = underfill(I, 4, x3)
    return O
