# One file for several tasks: the name of a function says where it belongs, `solve_<task>` or `solve_<task>_<eight hex digits>`.


# clockwork: as many quarter turns as there are cells of colour 2. These know one number of turns each.
def solve_clockwork(I):
    O = rot90(I)
    return O


def solve_clockwork_00000002(I):
    O = rot180(I)
    return O


# The same program as the one before: a half turn, written with a dead line.
def solve_clockwork_00000012(I):
    quarter = rot90(I)
    O = rot180(I)
    return O


# Two quarter turns are another program with the same behaviour.
def solve_clockwork_00000022(I):
    quarter = rot90(I)
    half = rot90(quarter)
    return half


# Any number from 1 on, but it counts 1 instead of 2.
def solve_clockwork_00000003(I):
    x1 = colorcount(I, ONE)
    x2 = increment(x1)
    x3 = power(rot90, x2)
    O = x3(I)
    return O


def solve_kaleidoscope(I):
    x1 = vmirror(I)
    x2 = hconcat(I, x1)
    x3 = hmirror(x2)
    O = vconcat(x2, x3)
    return O


# Another program: the lower half first.
def solve_kaleidoscope_0000a001(I):
    x1 = hmirror(I)
    x2 = vconcat(I, x1)
    x3 = vmirror(x2)
    O = hconcat(x2, x3)
    return O


# The same program as solve_kaleidoscope.
def solve_kaleidoscope_0000a002(I):
    upper = hconcat(I, vmirror(I))
    return vconcat(upper, hmirror(upper))


# Near miss: copies instead of mirror images, right where the tile mirrors itself.
def solve_kaleidoscope_0000a003(I):
    x1 = hconcat(I, I)
    O = vconcat(x1, x1)
    return O


# Near miss: the lower two tiles stand in each other's place.
def solve_kaleidoscope_0000a004(I):
    x1 = vmirror(I)
    x2 = hconcat(I, x1)
    x3 = rot180(I)
    x4 = hmirror(I)
    x5 = hconcat(x3, x4)
    O = vconcat(x2, x5)
    return O


# Too many rows for a grid of the field: eight tiles high.
def solve_kaleidoscope_0000a005(I):
    x1 = vconcat(I, I)
    x2 = vconcat(x1, x1)
    x3 = vconcat(x2, x2)
    O = hconcat(x3, x3)
    return O


# A file like this may hold one more program for a task that has a file of its own.
def solve_mirror_swap_0000b001(I):
    x1 = hmirror(I)
    x2 = switch(x1, ONE, TWO)
    O = rot180(x2)
    return O


def solve_film_strip_0000b002(I):
    quarter = lbind(power, rot90)
    steps = interval(1, 3, 1)
    turns = apply(quarter, steps)
    pictures = rapply(turns, I)
    tail = hconcat(first(pictures), last(pictures))
    return hconcat(I, tail)
