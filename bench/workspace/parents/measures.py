"""Programs that count, compare and choose: orders, extremes, conditions and functions that are values."""


def branch_on_symmetry(I):
    x1 = hmirror(I)
    x2 = vmirror(I)
    x3 = equality(I, x1)
    x4 = equality(I, x2)
    x5 = either(x3, x4)
    x6 = dmirror(I)
    x7 = cmirror(I)
    x8 = branch(x5, x6, x7)
    x9 = branch(x3, hmirror, vmirror)
    x10 = x9(x8)
    return hconcat(x10, x8)


def most_common_in_columns(I):
    x1 = dmirror(I)
    x2 = apply(mostcommon, x1)
    x3 = apply(leastcommon, I)
    x4 = repeat(x2, height(I))
    x5 = repeat(x3, width(I))
    x6 = dmirror(x5)
    x7 = cellwise(x4, x6, ZERO)
    x8 = ofcolor(x7, ZERO)
    x9 = lbind(index, I)
    x10 = fork(astuple, x9, identity)
    x11 = apply(x10, x8)
    return paint(x7, x11)


def checker_by_sum(I):
    x1 = asindices(I)
    x2 = fork(add, first, last)
    x3 = compose(even, x2)
    x4 = sfilter(x1, x3)
    x5 = lbind(index, I)
    x6 = matcher(x5, mostcolor(I))
    x7 = sfilter(x4, x6)
    x8 = fill(I, FIVE, x7)
    x9 = difference(x1, x4)
    x10 = sfilter(x9, x6)
    return fill(x8, SIX, x10)


def neighbour_count(I):
    x1 = asindices(I)
    x2 = ofcolor(I, ZERO)
    x3 = difference(x1, x2)
    x4 = lbind(intersection, x3)
    x5 = chain(size, x4, neighbors)
    x6 = rbind(greater, TWO)
    x7 = compose(x6, x5)
    x8 = sfilter(x2, x7)
    x9 = matcher(x5, ONE)
    x10 = sfilter(x3, x9)
    x11 = fill(I, EIGHT, x8)
    return fill(x11, ONE, x10)


def distance_rings(I):
    x1 = asindices(I)
    x2 = leastcolor(I)
    x3 = ofcolor(I, x2)
    x4 = rbind(manhattan, x3)
    x5 = compose(x4, initset)
    x6 = compose(even, x5)
    x7 = sfilter(x1, x6)
    x8 = matcher(x5, THREE)
    x9 = sfilter(x1, x8)
    x10 = fill(I, TWO, x7)
    return fill(x10, THREE, x9)


def longest_row(I):
    x1 = matcher(identity, mostcolor(I))
    x2 = compose(flip, x1)
    x3 = rbind(sfilter, x2)
    x4 = compose(size, x3)
    x5 = argmax(I, x4)
    x6 = argmin(I, x4)
    x7 = repeat(x5, THREE)
    x8 = repeat(x6, TWO)
    x9 = vconcat(x7, x8)
    x10 = dedupe(x9)
    return vconcat(x10, x9)


def rank_of_colours(I):
    x1 = palette(I)
    x2 = lbind(colorcount, I)
    x3 = order(x1, x2)
    x4 = first(x3)
    x5 = last(x3)
    x6 = switch(I, x4, x5)
    x7 = rbind(repeat, TWO)
    x8 = apply(x7, x3)
    x9 = dmirror(x8)
    x10 = asobject(x9)
    return paint(x6, x10)


def closest_to_centre(I):
    x1 = objects(I, T, T, T)
    x2 = asindices(I)
    x3 = center(x2)
    x4 = initset(x3)
    x5 = rbind(manhattan, x4)
    x6 = argmin(x1, x5)
    x7 = center(x6)
    x8 = subtract(x3, x7)
    x9 = shift(x6, x8)
    x10 = cover(I, x6)
    return paint(x10, x9)


def threshold_of_sizes(I):
    x1 = objects(I, T, F, T)
    x2 = apply(size, x1)
    x3 = maximum(x2)
    x4 = minimum(x2)
    x5 = add(x3, x4)
    x6 = halve(x5)
    x7 = rbind(greater, x6)
    x8 = compose(x7, size)
    x9 = lbind(branch, ONE)
    x10 = fork(recolor, compose(increment, x8), identity)
    x11 = mapply(x10, x1)
    return paint(I, x11)


def occurrences_marked(I):
    x1 = objects(I, F, T, T)
    x2 = argmin(x1, size)
    x3 = lbind(occurrences, I)
    x4 = normalize(x2)
    x5 = x3(x4)
    x6 = apply(toindices, initset(x4))
    x7 = merge(x6)
    x8 = lbind(shift, x7)
    x9 = mapply(x8, x5)
    x10 = fill(I, FIVE, x9)
    x11 = fill(x10, TWO, x5)
    return x11


def two_way_choice(I):
    x1 = height(I)
    x2 = width(I)
    x3 = greater(x1, x2)
    x4 = branch(x3, tophalf, lefthalf)
    x5 = branch(x3, bottomhalf, righthalf)
    x6 = fork(equality, compose(numcolors, x4), compose(numcolors, x5))
    x7 = x6(I)
    x8 = fork(combine, x4, x5)
    x9 = x4(I)
    x10 = branch(x7, x8(I), x9)
    return replace(x10, ZERO, SEVEN)


def sets_of_rows(I):
    x1 = apply(dedupe, I)
    x2 = apply(size, x1)
    x3 = pair(x2, I)
    x4 = maximum(x2)
    x5 = matcher(first, x4)
    x6 = sfilter(x3, x5)
    x7 = apply(last, x6)
    x8 = compose(positive, decrement)
    x9 = sfilter(x3, compose(x8, first))
    x10 = apply(last, x9)
    return combine(x7, x10)


def nested_functions(I):
    x1 = lbind(compose, size)
    x2 = lbind(lbind, sfilter)
    x3 = asindices(I)
    x4 = lbind(index, I)
    x5 = lbind(matcher, x4)
    x6 = palette(I)
    x7 = apply(x5, x6)
    x8 = lbind(sfilter, x3)
    x9 = apply(x8, x7)
    x10 = argmin(x9, size)
    x11 = argmax(x9, size)
    x12 = fill(I, THREE, box(x10))
    return underfill(x12, ONE, corners(x11))


def step_by_step(I):
    x1 = lbind(mapply, neighbors)
    x2 = ofcolor(I, leastcolor(I))
    x3 = rbind(lbind(underfill, I), x2)
    x4 = chain(x1, x1, identity)
    x5 = x4(x2)
    x6 = x3(FOUR)
    x7 = underfill(x6, TWO, x5)
    x8 = rbind(replace, THREE)
    x9 = rbind(x8, FOUR)
    x10 = power(compose(rot90, dmirror), FOUR)
    return x10(x7)


def totals_of_lines(I):
    x1 = height(I)
    x2 = interval(ZERO, x1, ONE)
    x3 = lbind(multiply, RIGHT)
    x4 = chain(hfrontier, toivec, identity)
    x5 = rbind(toobject, I)
    x6 = compose(x5, x4)
    x7 = compose(numcolors, x6)
    x8 = valmax(x2, x7)
    x9 = matcher(x7, x8)
    x10 = sfilter(x2, x9)
    x11 = mapply(x4, x10)
    return underfill(I, EIGHT, x11)


def fixed_by_example(S, I, C):
    x1 = first(S)
    x2 = first(x1)
    x3 = last(x1)
    x4 = palette(x3)
    x5 = palette(x2)
    x6 = difference(x4, x5)
    x7 = combine(x6, initset(ZERO))
    x8 = maximum(x7)
    x9 = ofcolor(I, leastcolor(I))
    x10 = apply(first, S)
    x11 = apply(compose(size, palette), x10)
    x12 = fill(I, x8, mapply(dneighbors, x9))
    return fill(x12, mostcommon(x11), x9)
