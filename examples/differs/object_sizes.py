# Which part of the different sizes of objects of C occurs among those of I, in thousandths; one for the whole grid counts along.
from arc_dsl import *


def object_sizes(S, I, C):
    wanted = insert(size(asindices(C)), apply(size, objects(C, T, F, T)))
    found = insert(size(asindices(I)), apply(size, objects(I, T, F, T)))
    return astuple(divide(multiply(1000, size(intersection(wanted, found))), size(wanted)), found)
