# Each row takes a colour by the place of its 5: left 2, middle 4, right 3.
def solve_a85d4709(I):
    greys = ofcolor(I, 5)
    left_rows = mapply(hfrontier, sfilter(greys, matcher(last, 0)))
    middle_rows = mapply(hfrontier, sfilter(greys, matcher(last, 1)))
    right_rows = mapply(hfrontier, sfilter(greys, matcher(last, 2)))
    return fill(fill(fill(I, 2, left_rows), 4, middle_rows), 3, right_rows)
