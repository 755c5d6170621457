# One ring stands out of the scattered dots: the colour of the dots.
def solve_d9fac9be(I):
    ring = argmax(objects(I, T, T, T), size)
    return canvas(other(remove(0, palette(I)), color(ring)), UNITY)
