"""Programs that take a grid apart by colour or connection, measure the parts and put them together again."""


def largest_part_recoloured(I):
    x1 = objects(I, T, T, T)
    x2 = argmax(x1, size)
    x3 = argmin(x1, size)
    x4 = color(x2)
    x5 = color(x3)
    x6 = remove(x2, x1)
    x7 = lbind(recolor, x5)
    x8 = mapply(x7, x6)
    x9 = paint(I, x8)
    x10 = recolor(x4, box(x2))
    return paint(x9, x10)


def sort_parts_by_size(I):
    x1 = objects(I, T, T, T)
    x2 = order(x1, size)
    x3 = apply(color, x2)
    x4 = rbind(repeat, ONE)
    x5 = apply(x4, x3)
    x6 = size(x5)
    x7 = rbind(upscale, TWO)
    x8 = x7(x5)
    x9 = canvas(ZERO, astuple(ONE, x6))
    x10 = hconcat(dmirror(x5), x9)
    return vconcat(x10, x10)


def count_parts_in_bars(I):
    x1 = fgpartition(I)
    x2 = order(x1, size)
    x3 = valmax(x1, size)
    x4 = rbind(subtract, x3)
    x5 = compose(invert, x4)
    x6 = chain(x5, size, identity)
    x7 = fork(repeat, color, size)
    x8 = lbind(repeat, ZERO)
    x9 = compose(x8, x6)
    x10 = fork(combine, x7, x9)
    x11 = apply(x10, x2)
    return dmirror(x11)


def odd_one_out(I):
    x1 = objects(I, F, T, T)
    x2 = totuple(x1)
    x3 = compose(normalize, toindices)
    x4 = apply(x3, x2)
    x5 = leastcommon(x4)
    x6 = matcher(x3, x5)
    x7 = extract(x1, x6)
    x8 = subgrid(x7, I)
    x9 = hmirror(x8)
    x10 = vconcat(x8, x9)
    x11 = vmirror(x10)
    return hconcat(x10, x11)


def holes_by_parity(I):
    x1 = objects(I, T, F, F)
    x2 = colorfilter(x1, ZERO)
    x3 = rbind(bordering, I)
    x4 = compose(flip, x3)
    x5 = sfilter(x2, x4)
    x6 = compose(even, size)
    x7 = mfilter(x5, x6)
    x8 = compose(flip, x6)
    x9 = mfilter(x5, x8)
    x10 = fill(I, THREE, x7)
    x11 = fill(x10, FOUR, x9)
    return x11


def framed_parts(I):
    x1 = objects(I, T, F, T)
    x2 = apply(outbox, x1)
    x3 = merge(x2)
    x4 = underfill(I, FIVE, x3)
    x5 = chain(initset, center, identity)
    x6 = mapply(x5, x1)
    x7 = fill(x4, NINE, x6)
    x8 = sfilter(x1, square)
    x9 = mapply(inbox, x8)
    x10 = fill(x7, ONE, x9)
    return x10


def parts_in_their_corners(I):
    x1 = fgpartition(I)
    x2 = shape(I)
    x3 = apply(normalize, x1)
    x4 = canvas(ZERO, x2)
    x5 = merge(x3)
    x6 = paint(x4, x5)
    x7 = argmax(x1, rightmost)
    x8 = subtract(x2, shape(x7))
    x9 = shift(normalize(x7), x8)
    x10 = paint(x6, x9)
    return x10


def parts_as_cells(I):
    x1 = objects(I, T, T, T)
    x2 = apply(ulcorner, x1)
    x3 = valmax(x2, first)
    x4 = valmax(x2, last)
    x5 = fork(astuple, color, ulcorner)
    x6 = apply(x5, x1)
    x7 = astuple(increment(x3), increment(x4))
    x8 = canvas(ZERO, x7)
    x9 = paint(x8, x6)
    x10 = compress(x9)
    return x10


def recolour_by_width(I):
    x1 = objects(I, T, F, T)
    x2 = fork(recolor, width, identity)
    x3 = mapply(x2, x1)
    x4 = paint(I, x3)
    x5 = sfilter(x1, portrait)
    x6 = fork(recolor, height, backdrop)
    x7 = mapply(x6, x5)
    x8 = underpaint(x4, x7)
    x9 = rbind(sfilter, x6)
    return x8


def fall_onto_each_other(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, lowermost)
    x3 = remove(x2, x1)
    x4 = rbind(gravitate, x2)
    x5 = fork(shift, identity, x4)
    x6 = mapply(x5, x3)
    x7 = merge(x3)
    x8 = cover(I, x7)
    x9 = paint(x8, x6)
    x10 = paint(x9, x2)
    return x10


def mirror_the_middle(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = hmirror(x2)
    x4 = vmirror(x2)
    x5 = combine(x3, x4)
    x6 = compose(hmirror, vmirror)
    x7 = x6(x2)
    x8 = combine(x5, x7)
    x9 = underpaint(I, x8)
    x10 = apply(dmirror, x1)
    x11 = merge(x10)
    return underpaint(x9, x11)


def touch_the_edge(I):
    x1 = objects(I, T, T, T)
    x2 = rbind(bordering, I)
    x3 = mfilter(x1, x2)
    x4 = cover(I, x3)
    x5 = sfilter(x1, compose(flip, x2))
    x6 = rbind(greater, TWO)
    x7 = compose(x6, size)
    x8 = sfilter(x5, x7)
    x9 = mapply(delta, x8)
    x10 = underfill(x4, EIGHT, x9)
    return x10


def colours_of_neighbours(I):
    x1 = objects(I, T, F, T)
    x2 = lbind(lbind, adjacent)
    x3 = lbind(sfilter, x1)
    x4 = compose(x3, x2)
    x5 = compose(size, x4)
    x6 = rbind(greater, ZERO)
    x7 = compose(x6, x5)
    x8 = sfilter(x1, x7)
    x9 = difference(x1, x8)
    x10 = merge(x9)
    x11 = fill(I, ONE, merge(x8))
    return fill(x11, TWO, x10)


def smallest_window(I):
    x1 = fgpartition(I)
    x2 = compose(size, backdrop)
    x3 = argmin(x1, x2)
    x4 = subgrid(x3, I)
    x5 = palette(x4)
    x6 = remove(mostcolor(I), x5)
    x7 = rbind(replace, FIVE)
    x8 = leastcolor(x4)
    x9 = lbind(replace, x4)
    x10 = rbind(x9, EIGHT)
    x11 = x10(x8)
    return upscale(x11, TWO)


def grid_of_counts(I):
    x1 = partition(I)
    x2 = order(x1, size)
    x3 = lbind(colorcount, I)
    x4 = compose(x3, color)
    x5 = apply(x4, x2)
    x6 = rbind(divide, THREE)
    x7 = apply(x6, x5)
    x8 = apply(color, x2)
    x9 = papply(repeat, x8, x7)
    x10 = merge(x9)
    x11 = repeat(x10, TWO)
    return x11


def bridges(I):
    x1 = objects(I, T, F, T)
    x2 = order(x1, leftmost)
    x3 = remove(first(x2), x2)
    x4 = apply(center, x2)
    x5 = apply(center, x3)
    x6 = papply(connect, x4, x5)
    x7 = merge(x6)
    x8 = fork(connect, ulcorner, lrcorner)
    x9 = mapply(x8, x1)
    x10 = underfill(I, THREE, x7)
    return fill(x10, FOUR, x9)
