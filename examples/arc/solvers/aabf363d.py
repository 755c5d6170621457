# The shape takes the colour of the dot in the lower left corner, and the dot disappears.
def solve_aabf363d(I):
    dot = toivec(decrement(height(I)))
    figure = argmax(objects(I, T, F, T), size)
    return fill(fill(I, index(I, dot), figure), 0, initset(dot))
