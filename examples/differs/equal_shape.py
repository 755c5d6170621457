# 1000, less 20 for every row and column that I has more or less than C.
from arc_dsl import *


def equal_shape(S, I, C):
    apart = subtract(shape(I), shape(C))
    distance = multiply(apart, sign(apart))
    return astuple(subtract(1000, multiply(20, add(first(distance), last(distance)))), apart)
