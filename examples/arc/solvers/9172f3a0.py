# Every cell becomes a 3 by 3 block.
def solve_9172f3a0(I):
    return upscale(I, 3)
