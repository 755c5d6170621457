# Every cell becomes a 2 by 2 block.
def solve_c59eb873(I):
    return upscale(I, 2)
