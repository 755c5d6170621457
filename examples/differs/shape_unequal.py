# How far the height and the width of I are from those of C: 20 for each row and column, at most 1000.
from arc_dsl import *


def shape_unequal(S, I, C):
    x1 = shape(I)
    x2 = shape(C)
    x3 = subtract(x1, x2)
    x4 = sign(x3)
    x5 = multiply(x3, x4)
    x6 = first(x5)
    x7 = last(x5)
    x8 = add(x6, x7)
    x9 = multiply(x8, 20)
    x10 = astuple(x9, 1000)
    x11 = minimum(x10)
    O = astuple(x11, x3)
    return O
