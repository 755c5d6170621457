# Which part of the places where objects of C begin is one where an object of I begins, in thousandths.
from arc_dsl import *


def object_positions(S, I, C):
    wanted = insert(ORIGIN, apply(ulcorner, objects(C, T, F, T)))
    found = insert(ORIGIN, apply(ulcorner, objects(I, T, F, T)))
    return astuple(divide(multiply(1000, size(intersection(wanted, found))), size(wanted)), found)
