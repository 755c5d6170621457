# 5 and 8 change places.
def solve_d511f180(I):
    return switch(I, 5, 8)
