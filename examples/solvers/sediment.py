# In each column the cells sink, the greater colour below the smaller.


def sort_columns(I):
    x1 = dmirror(I)
    x2 = rbind(order, identity)
    x3 = apply(x2, x1)
    O = dmirror(x3)
    return O


def sort_columns_sideways(I):
    x1 = rot90(I)
    x2 = rbind(order, invert)
    x3 = apply(x2, x1)
    O = rot270(x3)
    return O


# The same program as sort_columns.
def sort_columns_nested(I):
    return dmirror(apply(rbind(order, identity), dmirror(I)))


# Near miss: colours keep their order, which is right while there is only one.
def sink_in_order(I):
    x1 = dmirror(I)
    x2 = rbind(order, positive)
    x3 = apply(x2, x1)
    O = dmirror(x3)
    return O


# Near miss by far: sorts rows.
def sort_rows(I):
    x1 = rbind(order, identity)
    O = apply(x1, I)
    return O
