# The grid turned by half a turn.
def solve_6150a2bd(I):
    return hmirror(vmirror(I))
