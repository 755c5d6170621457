# The grid turned by half a turn.
def solve_3c9b0459(I):
    return rot180(I)
