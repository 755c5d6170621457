# The tallest grey bar becomes blue and the shortest one red; the others disappear.
def solve_a61f2674(I):
    bars = objects(I, T, F, T)
    with_tallest = fill(replace(I, 5, 0), 1, argmax(bars, height))
    return fill(with_tallest, 2, argmin(bars, height))
