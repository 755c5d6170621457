# The coloured cells fall to the floor.
def solve_1e0a9b12(I):
    fall = rbind(order, positive)
    return dmirror(apply(fall, dmirror(I)))
