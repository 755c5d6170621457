# How many colours of I occur neither in C nor in any answer of the demonstrations: 100 for each.
from arc_dsl import *


def palette_surprises(S, I, C):
    x1 = apply(last, S)
    x2 = mapply(palette, x1)
    x3 = palette(C)
    x4 = combine(x3, x2)
    x5 = palette(I)
    x6 = difference(x5, x4)
    x7 = size(x6)
    x8 = multiply(x7, 100)
    O = astuple(x8, x6)
    return O
