# A half turn, in a colour that no input shows: it has to be learnt from the demonstrations S.


def learn_the_ink(S, I, C):
    x1 = first(S)
    x2 = last(x1)
    x3 = palette(x2)
    x4 = other(x3, ZERO)
    x5 = palette(I)
    x6 = other(x5, ZERO)
    x7 = rot180(I)
    O = replace(x7, x6, x4)
    return O


# The same program as learn_the_ink.
def learn_the_ink_terse(S, I, C):
    ink = other(palette(last(first(S))), 0)
    return replace(rot180(I), other(palette(I), 0), ink)


def learn_from_all(S, I, C):
    answers = apply(last, S)
    ink = maximum(mapply(palette, answers))
    return replace(rot180(I), maximum(palette(I)), ink)


# Needs no S, because it knows the ink.
def ink_by_heart(I):
    x1 = rot180(I)
    x2 = palette(I)
    x3 = other(x2, ZERO)
    O = replace(x1, x3, FOUR)
    return O


# Near miss: the old ink is 7 in two of the demonstrations.
def sevens_by_heart(I):
    x1 = rot180(I)
    O = replace(x1, SEVEN, FOUR)
    return O


# Near miss by far: `C` is nothing when a solver runs.
def ask_the_answer(S, I, C):
    O = either(C, I)
    return O
