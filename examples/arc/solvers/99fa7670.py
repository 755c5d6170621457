# Every dot draws a line to the right edge and then down along it, until the next dot's line.
def solve_99fa7670(I):
    edge = tojvec(decrement(width(I)))
    from_top = order(sfilter(asobject(I), first), compose(first, last))
    right_line = compose(rbind(shoot, RIGHT), last)
    edge_line = chain(rbind(shoot, DOWN), rbind(add, edge), chain(toivec, first, last))
    lines = fork(recolor, first, fork(combine, right_line, edge_line))
    return paint(I, mapply(lines, from_top))
