# The colours swap in fixed pairs: 1 with 5, 2 with 6, 3 with 4, 8 with 9.
def solve_0d3d703e(I):
    return switch(switch(switch(switch(I, 1, 5), 2, 6), 3, 4), 8, 9)
