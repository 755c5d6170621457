# 1000, less 100 for every colour of I that is neither in C nor in any answer of the demonstrations.
from arc_dsl import *


def palette_surprises(S, I, C):
    usual = combine(palette(C), mapply(palette, apply(last, S)))
    surprises = difference(palette(I), usual)
    return astuple(subtract(1000, multiply(100, size(surprises))), surprises)
