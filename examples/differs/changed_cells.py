# How alike I and C are in where they hold their own most common colour, in thousandths of the cells of C.
from arc_dsl import *


def changed_cells(S, I, C):
    mine = ofcolor(I, mostcolor(I))
    wanted = ofcolor(C, mostcolor(C))
    apart = combine(difference(mine, wanted), difference(wanted, mine))
    total = size(asindices(C))
    return astuple(divide(multiply(1000, subtract(total, size(apart))), total), apart)
