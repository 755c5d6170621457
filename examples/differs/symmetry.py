# 250 for each of four mirrors that changes both grids or neither of them.
from arc_dsl import *


def symmetry(S, I, C):
    mirrors = astuple(astuple(hmirror, vmirror), astuple(dmirror, cmirror))
    of_grid = apply(rbind(matcher, I), merge(mirrors))
    of_reference = apply(rbind(matcher, C), merge(mirrors))
    agree = papply(equality, rapply(of_grid, I), rapply(of_reference, C))
    return astuple(multiply(250, size(sfilter(agree, identity))), agree)
