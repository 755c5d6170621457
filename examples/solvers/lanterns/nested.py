# lanterns: the inside of every block lights up in colour 4. One expression; what is used twice is written twice.
# Written by make-lanterns.mjs.


def nested_01(I):
    return fill(I, FOUR, mapply(fork(difference, backdrop, box), objects(I, T, F, T)))


def nested_02(I):
    return fill(I, FOUR, mapply(fork(difference, toindices, box), objects(I, T, F, T)))


def nested_09(I):
    return hmirror(fill(hmirror(I), FOUR, mapply(fork(difference, backdrop, box), objects(hmirror(I), T, F, T))))


def nested_10(I):
    return fill(I, FOUR, difference(mapply(toindices, objects(I, T, F, T)), mapply(box, objects(I, T, F, T))))


def nested_17(I):
    return fill(I, FOUR, mapply(fork(difference, toindices, box), objects(I, T, T, T)))


def nested_18(I):
    return paint(I, recolor(FOUR, mapply(fork(difference, toindices, box), objects(I, T, T, T))))


def nested_25(I):
    return paint(I, recolor(FOUR, mapply(inbox, objects(I, T, F, T))))


def nested_26(I):
    return fill(I, FOUR, merge(apply(inbox, objects(I, T, F, T))))
