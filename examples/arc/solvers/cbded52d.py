# Between two equal dots, two blocks apart in a line, the block in the middle gets the same dot.
def solve_cbded52d(I):
    dots = sfilter(asobject(I), compose(rbind(greater, 1), first))
    between_rows = intersection(shift(dots, (3, 0)), shift(dots, (-3, 0)))
    between_columns = intersection(shift(dots, (0, 3)), shift(dots, (0, -3)))
    return paint(I, combine(between_rows, between_columns))
