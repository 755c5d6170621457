# lanterns: the inside of every block lights up in colour 4. Other names.
# Written by make-lanterns.mjs.


def renamed_01(I):
    blocks = objects(I, T, F, T)
    part = fork(difference, backdrop, box)
    inside = mapply(part, blocks)
    O = fill(I, FOUR, inside)
    return O


def renamed_02(I):
    blocks = objects(I, T, F, T)
    part = fork(difference, toindices, box)
    inside = mapply(part, blocks)
    O = fill(I, FOUR, inside)
    return O


def renamed_03(I):
    blocks = objects(I, T, F, T)
    part = fork(difference, backdrop, box)
    inside = mapply(part, blocks)
    lamp = recolor(FOUR, inside)
    O = paint(I, lamp)
    return O


def renamed_04(I):
    blocks = objects(I, T, F, T)
    part = fork(difference, backdrop, box)
    inside = lbind(recolor, FOUR)
    lamp = compose(inside, part)
    glow = mapply(lamp, blocks)
    O = paint(I, glow)
    return O


def renamed_05(I):
    blocks = objects(I, T, F, T)
    part = fork(difference, backdrop, box)
    inside = apply(part, blocks)
    lamp = merge(inside)
    O = fill(I, FOUR, lamp)
    return O


def renamed_06(I):
    blocks = objects(I, T, F, T)
    part = merge(blocks)
    inside = fork(recolor, color, box)
    lamp = mapply(inside, blocks)
    glow = fill(I, FOUR, part)
    O = paint(glow, lamp)
    return O


def renamed_09(I):
    blocks = hmirror(I)
    part = objects(blocks, T, F, T)
    inside = fork(difference, backdrop, box)
    lamp = mapply(inside, part)
    glow = fill(blocks, FOUR, lamp)
    O = hmirror(glow)
    return O


def renamed_10(I):
    blocks = objects(I, T, F, T)
    part = mapply(toindices, blocks)
    inside = mapply(box, blocks)
    lamp = difference(part, inside)
    O = fill(I, FOUR, lamp)
    return O


def renamed_11(I):
    blocks = objects(I, T, F, T)
    part = rbind(greater, TWO)
    inside = chain(part, minimum, shape)
    lamp = sfilter(blocks, inside)
    glow = compose(backdrop, inbox)
    wick = mapply(glow, lamp)
    O = fill(I, FOUR, wick)
    return O


def renamed_12(I):
    blocks = rot90(I)
    part = objects(blocks, T, F, T)
    inside = fork(difference, backdrop, box)
    lamp = mapply(inside, part)
    glow = fill(blocks, FOUR, lamp)
    O = rot270(glow)
    return O


def renamed_13(I):
    blocks = objects(I, T, F, T)
    part = order(blocks, size)
    inside = fork(difference, backdrop, box)
    lamp = mapply(inside, part)
    O = fill(I, FOUR, lamp)
    return O


def renamed_14(I):
    blocks = objects(I, T, T, T)
    part = fork(difference, backdrop, box)
    inside = mapply(part, blocks)
    O = fill(I, FOUR, inside)
    return O


def renamed_17(I):
    blocks = objects(I, T, T, T)
    part = fork(difference, toindices, box)
    inside = mapply(part, blocks)
    O = fill(I, FOUR, inside)
    return O


def renamed_18(I):
    blocks = objects(I, T, T, T)
    part = fork(difference, toindices, box)
    inside = mapply(part, blocks)
    lamp = recolor(FOUR, inside)
    O = paint(I, lamp)
    return O


def renamed_19(I):
    blocks = objects(I, F, F, T)
    part = fork(difference, backdrop, box)
    inside = mapply(part, blocks)
    O = fill(I, FOUR, inside)
    return O


def renamed_20(I):
    blocks = objects(I, F, F, T)
    part = fork(difference, backdrop, box)
    inside = mapply(part, blocks)
    lamp = recolor(FOUR, inside)
    O = paint(I, lamp)
    return O


def renamed_21(I):
    blocks = objects(I, F, T, T)
    part = fork(difference, backdrop, box)
    inside = mapply(part, blocks)
    O = fill(I, FOUR, inside)
    return O


def renamed_22(I):
    blocks = fgpartition(I)
    part = fork(difference, backdrop, box)
    inside = mapply(part, blocks)
    O = fill(I, FOUR, inside)
    return O


def renamed_25(I):
    blocks = objects(I, T, F, T)
    part = mapply(inbox, blocks)
    inside = recolor(FOUR, part)
    O = paint(I, inside)
    return O


def renamed_26(I):
    blocks = objects(I, T, F, T)
    part = apply(inbox, blocks)
    inside = merge(part)
    O = fill(I, FOUR, inside)
    return O


def renamed_27(I):
    blocks = objects(I, T, F, T)
    part = compose(backdrop, inbox)
    inside = mapply(part, blocks)
    O = fill(I, FOUR, inside)
    return O


def renamed_28(I):
    blocks = objects(I, T, F, T)
    part = compose(backdrop, inbox)
    inside = mapply(part, blocks)
    lamp = recolor(FOUR, inside)
    O = paint(I, lamp)
    return O


def renamed_29(I):
    blocks = objects(I, T, F, T)
    part = mapply(box, blocks)
    O = fill(I, FOUR, part)
    return O


def renamed_30(I):
    blocks = objects(I, T, F, T)
    part = fork(difference, backdrop, box)
    inside = mapply(part, blocks)
    O = underfill(I, FOUR, inside)
    return O
