# 1000, less 100 for every colour of C that I lacks.
from arc_dsl import *


def palette_missing(S, I, C):
    missing = difference(palette(C), palette(I))
    return astuple(subtract(1000, multiply(100, size(missing))), missing)
