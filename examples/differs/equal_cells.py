# Which part of the cells of C stands in I, in thousandths.
from arc_dsl import *


def equal_cells(S, I, C):
    wanted = asobject(C)
    right = intersection(wanted, asobject(I))
    return astuple(divide(multiply(1000, size(right)), size(wanted)), size(right))
