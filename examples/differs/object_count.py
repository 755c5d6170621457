# 1000, less 50 for every object that I has more or less than C.
from arc_dsl import *


def object_count(S, I, C):
    apart = subtract(size(objects(I, T, F, T)), size(objects(C, T, F, T)))
    return astuple(subtract(1000, multiply(50, multiply(apart, sign(apart)))), apart)
