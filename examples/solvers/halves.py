# One file for several tasks that compare or combine parts of a grid.
from arc_dsl import *


# xor_halves: 3 where exactly one of the two halves is set.
def solve_xor_halves(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = ofcolor(x1, ONE)
    x4 = ofcolor(x2, TWO)
    x5 = combine(x3, x4)
    x6 = intersection(x3, x4)
    x7 = difference(x5, x6)
    x8 = shape(x1)
    x9 = canvas(ZERO, x8)
    O = fill(x9, THREE, x7)
    return O


# The same program, with the lines in another order.
def solve_xor_halves_0000c001(I):
    left = lefthalf(I)
    right = righthalf(I)
    blank = canvas(0, shape(left))
    ones = ofcolor(left, 1)
    twos = ofcolor(right, 2)
    both_set = intersection(ones, twos)
    any_set = combine(ones, twos)
    return fill(blank, 3, difference(any_set, both_set))


def solve_xor_halves_0000c002(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = ofcolor(x1, ONE)
    x4 = ofcolor(x2, TWO)
    x5 = difference(x3, x4)
    x6 = difference(x4, x3)
    x7 = shape(x1)
    x8 = canvas(ZERO, x7)
    x9 = fill(x8, THREE, x5)
    O = fill(x9, THREE, x6)
    return O


def solve_xor_halves_0000c003(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = replace(x2, TWO, ONE)
    x4 = cellwise(x1, x3, THREE)
    O = replace(x4, ONE, ZERO)
    return O


# Near miss: 3 where at least one is set, right while they never meet.
def solve_xor_halves_0000c004(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = ofcolor(x1, ONE)
    x4 = ofcolor(x2, TWO)
    x5 = combine(x3, x4)
    x6 = shape(x1)
    x7 = canvas(ZERO, x6)
    O = fill(x7, THREE, x5)
    return O


# Near miss by far: 3 where both are set.
def solve_xor_halves_0000c005(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = ofcolor(x1, ONE)
    x4 = ofcolor(x2, TWO)
    x5 = intersection(x3, x4)
    x6 = shape(x1)
    x7 = canvas(ZERO, x6)
    O = fill(x7, THREE, x5)
    return O


def solve_sediment_0000c006(I):
    x1 = rot270(I)
    x2 = rbind(order, identity)
    x3 = apply(x2, x1)
    O = rot90(x3)
    return O


def solve_legend_0000c007(I):
    x1 = first(I)
    x2 = first(x1)
    x3 = remove(x2, x1)
    x4 = first(x3)
    O = replace(I, x2, x4)
    return O


# Near miss: looks at the upper left 8 x 8 only. `crop` never raises; a larger grid just comes out too small.
def solve_size_ladder_0000c008(I):
    x1 = crop(I, ORIGIN, (8, 8))
    x2 = objects(x1, T, F, T)
    x3 = fork(recolor, size, identity)
    x4 = mapply(x3, x2)
    O = paint(x1, x4)
    return O
