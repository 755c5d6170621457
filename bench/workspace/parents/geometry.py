"""Programs that cut, turn, tile and shoot: compositions over grids, halves, frontiers and rays."""


def halves_combined(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = rbind(ofcolor, ZERO)
    x4 = x3(x1)
    x5 = x3(x2)
    x6 = intersection(x4, x5)
    x7 = combine(x4, x5)
    x8 = difference(x7, x6)
    x9 = canvas(ZERO, shape(x1))
    x10 = fill(x9, THREE, x6)
    return fill(x10, TWO, x8)


def four_turns(I):
    x1 = compose(rot90, identity)
    x2 = power(rot90, TWO)
    x3 = power(rot90, THREE)
    x4 = x1(I)
    x5 = x2(I)
    x6 = x3(I)
    x7 = hconcat(I, dmirror(x4))
    x8 = hconcat(dmirror(x6), x5)
    x9 = vconcat(x7, x8)
    x10 = compose(vmirror, hmirror)
    return x10(x9)


def rays_from_dots(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = rbind(shoot, UP)
    x4 = rbind(shoot, DOWN)
    x5 = rbind(shoot, LEFT)
    x6 = rbind(shoot, RIGHT)
    x7 = fork(combine, x3, x4)
    x8 = fork(combine, x5, x6)
    x9 = fork(combine, x7, x8)
    x10 = mapply(x9, x2)
    return underfill(I, x1, x10)


def diagonal_rays(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = mapply(ineighbors, initset(ORIGIN))
    x4 = lbind(rbind, shoot)
    x5 = apply(x4, x3)
    x6 = lbind(rapply, x5)
    x7 = compose(merge, x6)
    x8 = mapply(x7, x2)
    x9 = underfill(I, SIX, x8)
    x10 = mapply(dneighbors, x2)
    return fill(x9, ONE, x10)


def tiles(I):
    x1 = hconcat(I, vmirror(I))
    x2 = vconcat(x1, hmirror(x1))
    x3 = upscale(I, TWO)
    x4 = cellwise(x2, x3, FIVE)
    x5 = asobject(x4)
    x6 = matcher(first, FIVE)
    x7 = compose(flip, x6)
    x8 = sfilter(x5, x7)
    x9 = canvas(ONE, shape(x4))
    x10 = paint(x9, x8)
    return x10


def self_similar(I):
    x1 = upscale(I, height(I))
    x2 = hconcat(I, I)
    x3 = hconcat(x2, I)
    x4 = vconcat(x3, x3)
    x5 = vconcat(x4, x3)
    x6 = cellwise(x1, x5, ZERO)
    x7 = mostcolor(I)
    x8 = ofcolor(x5, x7)
    x9 = fill(x6, x7, x8)
    x10 = switch(x9, ZERO, x7)
    return x10


def spread_by_steps(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = lbind(mapply, dneighbors)
    x4 = fork(combine, identity, x3)
    x5 = power(x4, THREE)
    x6 = x5(x2)
    x7 = underfill(I, x1, x6)
    x8 = power(x4, TWO)
    x9 = x8(x2)
    x10 = fill(x7, FIVE, difference(x6, x9))
    return x10


def moving_window(I):
    x1 = asindices(I)
    x2 = lbind(crop, I)
    x3 = rbind(x2, THREE_BY_THREE)
    x4 = apply(x3, x1)
    x5 = matcher(numcolors, THREE)
    x6 = matcher(shape, THREE_BY_THREE)
    x7 = fork(both, x5, x6)
    x8 = sfilter(x4, x7)
    x9 = totuple(x8)
    x10 = chain(size, asindices, identity)
    return first(order(x9, x10))


def period_of_rows(I):
    x1 = asobject(I)
    x2 = hperiod(x1)
    x3 = vperiod(x1)
    x4 = astuple(x3, x2)
    x5 = crop(I, ORIGIN, x4)
    x6 = asobject(x5)
    x7 = interval(ZERO, SIX, ONE)
    x8 = lbind(multiply, x4)
    x9 = product(x7, x7)
    x10 = apply(x8, x9)
    x11 = lbind(shift, x6)
    x12 = mapply(x11, x10)
    return paint(I, x12)


def frontiers_crossed(I):
    x1 = frontiers(I)
    x2 = sfilter(x1, hline)
    x3 = sfilter(x1, vline)
    x4 = merge(x2)
    x5 = merge(x3)
    x6 = toindices(x4)
    x7 = toindices(x5)
    x8 = intersection(x6, x7)
    x9 = mapply(neighbors, x8)
    x10 = fill(I, FOUR, x9)
    x11 = fill(x10, TWO, x8)
    return x11


def columns_by_height(I):
    x1 = rot90(I)
    x2 = rbind(remove, identity)
    x3 = matcher(identity, ZERO)
    x4 = rbind(sfilter, x3)
    x5 = compose(size, x4)
    x6 = order(x1, x5)
    x7 = rot270(x6)
    x8 = ofcolor(x7, ZERO)
    x9 = rbind(shoot, DOWN)
    x10 = mapply(x9, corners(x8))
    return underfill(x7, ONE, x10)


def outline_inside_out(I):
    x1 = fgpartition(I)
    x2 = compose(outbox, backdrop)
    x3 = compose(inbox, backdrop)
    x4 = fork(combine, x2, x3)
    x5 = mapply(x4, x1)
    x6 = power(outbox, TWO)
    x7 = mapply(x6, x1)
    x8 = fill(I, SEVEN, x5)
    x9 = underfill(x8, EIGHT, x7)
    x10 = trim(x9)
    return x10


def quadrants(I):
    x1 = compose(lefthalf, tophalf)
    x2 = compose(righthalf, tophalf)
    x3 = compose(lefthalf, bottomhalf)
    x4 = compose(righthalf, bottomhalf)
    x5 = combine(initset(x1), initset(x2))
    x6 = combine(initset(x3), initset(x4))
    x7 = combine(x5, x6)
    x8 = rapply(x7, I)
    x9 = argmax(x8, numcolors)
    x10 = argmin(x8, numcolors)
    return cellwise(x9, x10, FIVE)


def connect_across(I):
    x1 = objects(I, T, F, T)
    x2 = sfilter(x1, compose(rbind(greater, ONE), size))
    x3 = fork(connect, ulcorner, urcorner)
    x4 = fork(connect, llcorner, lrcorner)
    x5 = fork(combine, x3, x4)
    x6 = mapply(x5, x2)
    x7 = chain(vfrontier, centerofmass, identity)
    x8 = mapply(x7, x2)
    x9 = underfill(I, ONE, x8)
    x10 = fill(x9, FIVE, x6)
    return x10


def split_and_vote(I):
    x1 = hsplit(I, TWO)
    x2 = vsplit(I, TWO)
    x3 = combine(x1, x2)
    x4 = apply(numcolors, x3)
    x5 = maximum(x4)
    x6 = matcher(numcolors, x5)
    x7 = sfilter(x3, x6)
    x8 = first(x7)
    x9 = leastcolor(x8)
    x10 = ofcolor(x8, x9)
    x11 = mapply(neighbors, x10)
    return underfill(x8, THREE, x11)


def stairs(I):
    x1 = width(I)
    x2 = interval(ZERO, x1, ONE)
    x3 = fork(astuple, identity, identity)
    x4 = apply(x3, x2)
    x5 = rbind(shoot, DOWN_LEFT)
    x6 = mapply(x5, x4)
    x7 = totuple(x6)
    x8 = lbind(index, I)
    x9 = matcher(x8, mostcolor(I))
    x10 = sfilter(x7, x9)
    x11 = fill(I, NINE, x10)
    return x11
