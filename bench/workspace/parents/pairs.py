"""Programs that look for pairs: products of objects, positions and colours, filtered by composed functions."""


def join_equal_shapes(I):
    x1 = objects(I, T, T, T)
    x2 = product(x1, x1)
    x3 = compose(normalize, toindices)
    x4 = compose(x3, first)
    x5 = compose(x3, last)
    x6 = fork(equality, x4, x5)
    x7 = sfilter(x2, x6)
    x8 = compose(center, first)
    x9 = compose(center, last)
    x10 = fork(connect, x8, x9)
    x11 = mapply(x10, x7)
    return underfill(I, EIGHT, x11)


def join_rows_of_dots(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = product(x2, x2)
    x4 = power(first, TWO)
    x5 = compose(first, last)
    x6 = fork(equality, x4, x5)
    x7 = sfilter(x3, x6)
    x8 = fork(connect, first, last)
    x9 = apply(x8, x7)
    x10 = rbind(greater, ONE)
    x11 = compose(x10, size)
    x12 = mfilter(x9, x11)
    return fill(I, x1, x12)


def join_columns_of_dots(I):
    x1 = mostcolor(I)
    x2 = asindices(I)
    x3 = ofcolor(I, x1)
    x4 = difference(x2, x3)
    x5 = product(x4, x4)
    x6 = compose(last, first)
    x7 = power(last, TWO)
    x8 = fork(equality, x6, x7)
    x9 = sfilter(x5, x8)
    x10 = fork(connect, first, last)
    x11 = mapply(x10, x9)
    x12 = underfill(I, THREE, x11)
    return x12


def mark_sums_of_positions(I):
    x1 = ofcolor(I, ZERO)
    x2 = leastcolor(I)
    x3 = ofcolor(I, x2)
    x4 = product(x3, x3)
    x5 = fork(add, first, last)
    x6 = apply(x5, x4)
    x7 = apply(halve, x6)
    x8 = intersection(x7, x1)
    x9 = lbind(lbind, shift)
    x10 = rapply(apply(x9, initset(x8)), UNITY)
    x11 = merge(x10)
    return fill(I, FIVE, x11)


def diagonal_pairs(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = product(x2, x2)
    x4 = fork(subtract, first, last)
    x5 = fork(equality, first, last)
    x6 = compose(x5, x4)
    x7 = sfilter(x3, x6)
    x8 = compose(flip, fork(equality, first, last))
    x9 = sfilter(x7, x8)
    x10 = fork(connect, first, last)
    x11 = mapply(x10, x9)
    x12 = underfill(I, TWO, x11)
    x13 = fill(x12, x1, x2)
    return x13


def nearest_neighbours(I):
    x1 = objects(I, T, F, T)
    x2 = lbind(remove, identity)
    x3 = product(x1, x1)
    x4 = fork(equality, first, last)
    x5 = compose(flip, x4)
    x6 = sfilter(x3, x5)
    x7 = fork(manhattan, first, last)
    x8 = valmin(x6, x7)
    x9 = matcher(x7, x8)
    x10 = sfilter(x6, x9)
    x11 = compose(first, identity)
    x12 = apply(x11, x10)
    x13 = merge(x12)
    x14 = recolor(FOUR, x13)
    return paint(I, x14)


def same_colour_different_size(I):
    x1 = objects(I, T, T, T)
    x2 = product(x1, x1)
    x3 = compose(color, first)
    x4 = compose(color, last)
    x5 = fork(equality, x3, x4)
    x6 = compose(size, first)
    x7 = compose(size, last)
    x8 = fork(greater, x6, x7)
    x9 = fork(both, x5, x8)
    x10 = sfilter(x2, x9)
    x11 = apply(last, x10)
    x12 = merge(x11)
    return cover(I, x12)


def shadow_of_pairs(I):
    x1 = fgpartition(I)
    x2 = product(x1, x1)
    x3 = fork(vmatching, first, last)
    x4 = sfilter(x2, x3)
    x5 = fork(combine, first, last)
    x6 = apply(x5, x4)
    x7 = argmax(x6, size)
    x8 = backdrop(x7)
    x9 = subgrid(x8, I)
    x10 = shape(x9)
    x11 = canvas(mostcolor(x9), x10)
    x12 = asobject(x9)
    return paint(x11, x12)


def lattice(I):
    x1 = height(I)
    x2 = width(I)
    x3 = interval(ZERO, x1, TWO)
    x4 = interval(ZERO, x2, THREE)
    x5 = product(x3, x4)
    x6 = lbind(index, I)
    x7 = matcher(x6, ZERO)
    x8 = sfilter(x5, x7)
    x9 = fill(I, ONE, x8)
    x10 = mapply(neighbors, x8)
    x11 = underfill(x9, TWO, x10)
    return x11


def colours_at_products(I):
    x1 = palette(I)
    x2 = asindices(I)
    x3 = product(x1, x2)
    x4 = lbind(index, I)
    x5 = compose(x4, last)
    x6 = fork(equality, first, x5)
    x7 = sfilter(x3, x6)
    x8 = compose(even, first)
    x9 = sfilter(x7, x8)
    x10 = canvas(FIVE, shape(I))
    x11 = paint(x10, x9)
    return x11


def rows_that_agree(I):
    x1 = height(I)
    x2 = interval(ZERO, x1, ONE)
    x3 = product(x2, x2)
    x4 = rbind(astuple, ZERO)
    x5 = rbind(connect, ORIGIN)
    x6 = lbind(crop, I)
    x7 = rbind(x6, astuple(ONE, width(I)))
    x8 = chain(x7, x4, first)
    x9 = chain(x7, x4, last)
    x10 = fork(equality, x8, x9)
    x11 = sfilter(x3, x10)
    x12 = fork(greater, first, last)
    x13 = sfilter(x11, x12)
    x14 = chain(hfrontier, toivec, first)
    x15 = mapply(x14, x13)
    return underfill(I, SIX, x15)


def crossings(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = apply(hfrontier, x2)
    x4 = apply(vfrontier, x2)
    x5 = product(x3, x4)
    x6 = fork(intersection, first, last)
    x7 = apply(x6, x5)
    x8 = merge(x7)
    x9 = difference(x8, x2)
    x10 = fill(I, FOUR, x9)
    x11 = merge(x3)
    return underfill(x10, THREE, x11)


def all_shifts_between(I):
    x1 = fgpartition(I)
    x2 = apply(ulcorner, x1)
    x3 = prapply(subtract, x2, x2)
    x4 = argmax(x1, size)
    x5 = lbind(shift, x4)
    x6 = apply(x5, x3)
    x7 = lbind(paint, I)
    x8 = merge(x6)
    x9 = x7(x8)
    x10 = compress(x9)
    return x9


def boxes_of_pairs(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = product(x2, initset(ORIGIN))
    x4 = product(x2, x2)
    x5 = compose(initset, first)
    x6 = compose(initset, last)
    x7 = fork(combine, x5, x6)
    x8 = apply(x7, x4)
    x9 = argmax(x8, chain(size, backdrop, identity))
    x10 = box(x9)
    x11 = underfill(I, x1, x10)
    x12 = delta(x9)
    return underfill(x11, FOUR, x12)


def matched_by_palette(I):
    x1 = objects(I, F, T, T)
    x2 = product(x1, x1)
    x3 = compose(palette, first)
    x4 = compose(palette, last)
    x5 = fork(equality, x3, x4)
    x6 = fork(equality, first, last)
    x7 = compose(flip, x6)
    x8 = fork(both, x5, x7)
    x9 = sfilter(x2, x8)
    x10 = fork(gravitate, first, last)
    x11 = fork(shift, first, x10)
    x12 = mapply(x11, x9)
    return underpaint(I, x12)


def triangles(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = product(x2, x2)
    x4 = chain(even, rbind(divide, ONE), first)
    x5 = compose(x4, fork(subtract, first, last))
    x6 = sfilter(x3, x5)
    x7 = compose(toivec, compose(first, first))
    x8 = compose(tojvec, compose(last, last))
    x9 = fork(add, x7, x8)
    x10 = apply(x9, x6)
    x11 = fill(I, SEVEN, x10)
    x12 = underfill(x11, ONE, mapply(dneighbors, x10))
    return x12
