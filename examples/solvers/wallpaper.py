# A pattern repeats from the left; carry it on to the right edge.


def repeat_by_period(I):
    x1 = asobject(I)
    x2 = sfilter(x1, first)
    x3 = hperiod(x2)
    x4 = width(I)
    x5 = interval(ZERO, x4, x3)
    x6 = apply(tojvec, x5)
    x7 = lbind(shift, x2)
    x8 = mapply(x7, x6)
    O = paint(I, x8)
    return O


# Another program: thirty columns are enough for any grid.
def repeat_over_thirty(I):
    x1 = asobject(I)
    x2 = sfilter(x1, first)
    x3 = hperiod(x2)
    x4 = interval(ZERO, 30, x3)
    x5 = apply(tojvec, x4)
    x6 = lbind(shift, x2)
    x7 = mapply(x6, x5)
    O = paint(I, x7)
    return O


# The same program as repeat_over_thirty.
def repeat_over_thirty_terse(I):
    seen = sfilter(asobject(I), first)
    steps = interval(start=0, stop=30, step=hperiod(seen))
    return paint(I, mapply(lbind(shift, seen), apply(tojvec, steps)))


# Near miss: shifts by the whole width of what is seen, right where that is a multiple of the period.
def repeat_by_width(I):
    x1 = asobject(I)
    x2 = sfilter(x1, first)
    x3 = width(x2)
    x4 = interval(ZERO, 30, x3)
    x5 = apply(tojvec, x4)
    x6 = lbind(shift, x2)
    x7 = mapply(x6, x5)
    O = paint(I, x7)
    return O


# Near miss: takes every period for 3.
def repeat_by_three(I):
    x1 = asobject(I)
    x2 = sfilter(x1, first)
    x3 = interval(ZERO, 30, THREE)
    x4 = apply(tojvec, x3)
    x5 = lbind(shift, x2)
    x6 = mapply(x5, x4)
    O = paint(I, x6)
    return O
