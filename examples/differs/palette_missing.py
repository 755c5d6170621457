# How many colours of C are missing in I: 100 for each.
from arc_dsl import *


def palette_missing(S, I, C):
    x1 = palette(C)
    x2 = palette(I)
    x3 = difference(x1, x2)
    x4 = size(x3)
    x5 = multiply(x4, 100)
    O = astuple(x5, x3)
    return O
