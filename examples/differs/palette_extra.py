# 1000, less 100 for every colour of I that C does not have.
from arc_dsl import *


def palette_extra(S, I, C):
    extra = difference(palette(I), palette(C))
    return astuple(subtract(1000, multiply(100, size(extra))), extra)
