# 7 becomes 5.
def solve_c8f0f002(I):
    return replace(I, 7, 5)
