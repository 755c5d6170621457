# Of every filled rectangle only the outline stays.
def solve_4347f46a(S, I, C):
    rectangles = o_g(I, R5)
    return fill(I, 0, mapply(fork(difference, backdrop, box), rectangles))
