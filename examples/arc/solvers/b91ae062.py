# Every cell grows to a block whose side is the number of colours besides black.
def solve_b91ae062(I):
    return upscale(I, size(remove(0, palette(I))))
