# A 1 draws its row, a 2 draws its column, and where they cross there is a 3.


def rows_columns_crossings(I):
    x1 = ofcolor(I, ONE)
    x2 = ofcolor(I, TWO)
    x3 = mapply(hfrontier, x1)
    x4 = mapply(vfrontier, x2)
    x5 = intersection(x3, x4)
    x6 = fill(I, ONE, x3)
    x7 = fill(x6, TWO, x4)
    O = fill(x7, THREE, x5)
    return O


def columns_first(I):
    ones = ofcolor(I, 1)
    twos = ofcolor(I, 2)
    bars = mapply(hfrontier, ones)
    posts = mapply(vfrontier, twos)
    g1 = fill(I, 2, posts)
    g2 = fill(g1, 1, bars)
    return fill(g2, 3, intersection(posts, bars))


# Near miss: no crossings.
def rows_and_columns(I):
    x1 = ofcolor(I, ONE)
    x2 = ofcolor(I, TWO)
    x3 = mapply(hfrontier, x1)
    x4 = mapply(vfrontier, x2)
    x5 = fill(I, ONE, x3)
    O = fill(x5, TWO, x4)
    return O


# Near miss: only rows.
def only_rows(I):
    x1 = ofcolor(I, ONE)
    x2 = mapply(hfrontier, x1)
    O = fill(I, ONE, x2)
    return O


# Near miss: only the first cell of each colour draws. Raises "stop" where a colour is missing.
def one_cross(I):
    x1 = ofcolor(I, ONE)
    x2 = ofcolor(I, TWO)
    x3 = first(x1)
    x4 = first(x2)
    x5 = hfrontier(x3)
    x6 = vfrontier(x4)
    x7 = intersection(x5, x6)
    x8 = fill(I, ONE, x5)
    x9 = fill(x8, TWO, x6)
    O = fill(x9, THREE, x7)
    return O
