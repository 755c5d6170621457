# 6 becomes 2.
def solve_b1948b0a(I):
    return replace(I, 6, 2)
