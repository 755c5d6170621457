# Which part of the cells of C is not in I, in thousandths.
from arc_dsl import *


def cells_missing(S, I, C):
    x1 = asobject(C)
    x2 = asobject(I)
    x3 = difference(x1, x2)
    x4 = size(x3)
    x5 = multiply(x4, 1000)
    x6 = size(x1)
    x7 = divide(x5, x6)
    O = astuple(x7, x4)
    return O
