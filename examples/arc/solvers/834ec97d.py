# The dot moves down one; from its old row upwards every second column, in step with the dot, becomes 4.
def solve_834ec97d(I):
    dot = first(sfilter(asobject(I), first))
    place = last(dot)
    in_step = compose(even, rbind(subtract, last(place)))
    columns = sfilter(interval(0, width(I), 1), in_step)
    rows = interval(0, increment(first(place)), 1)
    return fill(fill(I, first(dot), initset(add(place, DOWN))), 4, product(rows, columns))
