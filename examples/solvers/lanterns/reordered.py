# lanterns: the inside of every block lights up in colour 4. The lines in another order, other names.
# Written by make-lanterns.mjs.


def reordered_01(I):
    u = fork(difference, backdrop, box)
    v = objects(I, T, F, T)
    w = mapply(u, v)
    O = fill(I, FOUR, w)
    return O


def reordered_02(I):
    u = fork(difference, toindices, box)
    v = objects(I, T, F, T)
    w = mapply(u, v)
    O = fill(I, FOUR, w)
    return O


def reordered_03(I):
    u = fork(difference, backdrop, box)
    v = objects(I, T, F, T)
    w = mapply(u, v)
    p = recolor(FOUR, w)
    O = paint(I, p)
    return O


def reordered_09(I):
    u = fork(difference, backdrop, box)
    v = hmirror(I)
    w = objects(v, T, F, T)
    p = mapply(u, w)
    q = fill(v, FOUR, p)
    O = hmirror(q)
    return O


def reordered_10(I):
    u = objects(I, T, F, T)
    v = mapply(box, u)
    w = mapply(toindices, u)
    p = difference(w, v)
    O = fill(I, FOUR, p)
    return O


def reordered_11(I):
    u = compose(backdrop, inbox)
    v = rbind(greater, TWO)
    w = chain(v, minimum, shape)
    p = objects(I, T, F, T)
    q = sfilter(p, w)
    r = mapply(u, q)
    O = fill(I, FOUR, r)
    return O


def reordered_17(I):
    u = fork(difference, toindices, box)
    v = objects(I, T, T, T)
    w = mapply(u, v)
    O = fill(I, FOUR, w)
    return O


def reordered_18(I):
    u = fork(difference, toindices, box)
    v = objects(I, T, T, T)
    w = mapply(u, v)
    p = recolor(FOUR, w)
    O = paint(I, p)
    return O


def reordered_19(I):
    u = fork(difference, backdrop, box)
    v = objects(I, F, F, T)
    w = mapply(u, v)
    O = fill(I, FOUR, w)
    return O


def reordered_25(I):
    u = objects(I, T, F, T)
    v = mapply(inbox, u)
    w = recolor(FOUR, v)
    O = paint(I, w)
    return O


def reordered_26(I):
    u = objects(I, T, F, T)
    v = apply(inbox, u)
    w = merge(v)
    O = fill(I, FOUR, w)
    return O


def reordered_27(I):
    u = compose(backdrop, inbox)
    v = objects(I, T, F, T)
    w = mapply(u, v)
    O = fill(I, FOUR, w)
    return O
