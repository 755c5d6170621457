# Enlarge the grid by the number of its colours other than black.


def zoom(I):
    x1 = numcolors(I)
    x2 = decrement(x1)
    O = upscale(I, x2)
    return O


def zoom_with_spare_black(I):
    x1 = palette(I)
    x2 = remove(ZERO, x1)
    x3 = size(x2)
    O = upscale(I, x3)
    return O


def zoom_by_objects(I):
    x1 = partition(I)
    x2 = size(x1)
    x3 = subtract(x2, ONE)
    O = upscale(I, x3)
    return O


# The same program as zoom_by_objects.
def zoom_by_objects_literal(I):
    return upscale(I, subtract(size(partition(I)), 1))


# Near miss: right for two colours only.
def always_twice(I):
    O = upscale(I, TWO)
    return O


# A grid of more than 30 rows on every sample: not a valid answer, and no error.
def far_too_big(I):
    x1 = upscale(I, SIX)
    O = vupscale(x1, TWO)
    return O


# Runs away: 3 to the power of 12 times as high and as wide. It ends over budget on any machine.
def runaway(I):
    x1 = rbind(upscale, THREE)
    x2 = power(x1, 12)
    O = x2(I)
    return O
