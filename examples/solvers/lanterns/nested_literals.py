# lanterns: the inside of every block lights up in colour 4. One expression with literals.
# Written by make-lanterns.mjs.


def nested_literals_01(I):
    return fill(I, 4, mapply(fork(difference, backdrop, box), objects(I, True, False, True)))


def nested_literals_09(I):
    return hmirror(fill(hmirror(I), 4, mapply(fork(difference, backdrop, box), objects(hmirror(I), True, False, True))))


def nested_literals_17(I):
    return fill(I, 4, mapply(fork(difference, toindices, box), objects(I, True, True, True)))


def nested_literals_25(I):
    return paint(I, recolor(4, mapply(inbox, objects(I, True, False, True))))
