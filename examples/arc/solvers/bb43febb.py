# The inside of every grey rectangle becomes red.
def solve_bb43febb(I):
    rectangles = colorfilter(objects(I, T, F, F), 5)
    return fill(I, 2, mapply(fork(difference, backdrop, box), rectangles))
