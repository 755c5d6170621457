# Rows that occurred before go, then columns that occurred before.


def dedupe_both_ways(I):
    x1 = dedupe(I)
    x2 = dmirror(x1)
    x3 = dedupe(x2)
    O = dmirror(x3)
    return O


def dedupe_by_turns(I):
    x1 = dmirror(I)
    x2 = dedupe(x1)
    x3 = dmirror(x2)
    O = dedupe(x3)
    return O


def dedupe_twice_by_power(I):
    step = compose(dmirror, dedupe)
    both_ways = power(step, TWO)
    return both_ways(I)


# The same program as dedupe_both_ways.
def dedupe_both_ways_nested(I):
    return dmirror(dedupe(dmirror(dedupe(I))))


# Near miss: rows only.
def dedupe_rows(I):
    O = dedupe(I)
    return O


# Near miss: columns only.
def dedupe_columns(I):
    x1 = dmirror(I)
    x2 = dedupe(x1)
    O = dmirror(x2)
    return O


# Near miss by far: removes plain rows and columns, not repeated ones.
def compress_only(I):
    O = compress(I)
    return O
