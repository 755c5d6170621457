# Mirror left to right; colours 1 and 2 change places.
from arc_dsl import *


def mirror_then_swap(I):
    x1 = vmirror(I)
    O = switch(x1, ONE, TWO)
    return O


# The same program: other names, a literal for a constant, keyword arguments, one nested call.
def mirror_then_swap_again(I):
    """A function may open with a docstring."""
    return switch(grid=vmirror(piece=I), a=1, b=2)


# The same program: the first line is never used.
def mirror_then_swap_with_leftovers(I):
    unused = rot90(I)
    mirrored = vmirror(I)
    O = switch(mirrored, 1, TWO)
    return O


# Another program with the same behaviour.
def swap_then_mirror(I):
    x1 = switch(I, ONE, TWO)
    O = vmirror(x1)
    return O


# Near miss: right where the grid is the same upside down.
def turn_then_swap(I):
    x1 = rot180(I)
    O = switch(x1, ONE, TWO)
    return O


# Near miss: right where there is no 2.
def mirror_then_replace(I):
    x1 = vmirror(I)
    O = replace(x1, ONE, TWO)
    return O
