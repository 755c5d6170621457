# Every object takes the colour whose number is its size.


def colour_by_size(I):
    x1 = objects(I, T, F, T)
    x2 = fork(recolor, size, identity)
    x3 = mapply(x2, x1)
    O = paint(I, x3)
    return O


# Another program: `toindices` instead of `identity`.
def colour_indices_by_size(I):
    x1 = objects(I, T, F, T)
    x2 = fork(recolor, size, toindices)
    x3 = mapply(x2, x1)
    O = paint(I, x3)
    return O


def colour_on_empty_canvas(I):
    blobs = objects(I, T, F, T)
    coloured = merge(apply(fork(recolor, size, identity), blobs))
    return paint(canvas(0, shape(I)), coloured)


# Near miss by far: by height, which is the size of upright bars only.
def colour_by_height(I):
    x1 = objects(I, T, F, T)
    x2 = fork(recolor, height, identity)
    x3 = mapply(x2, x1)
    O = paint(I, x3)
    return O


# Near miss: only sizes 1 to 3.
def three_sizes(I):
    x1 = objects(I, T, F, T)
    x2 = merge(sizefilter(x1, ONE))
    x3 = merge(sizefilter(x1, TWO))
    x4 = merge(sizefilter(x1, THREE))
    x5 = fill(I, ONE, x2)
    x6 = fill(x5, TWO, x3)
    O = fill(x6, THREE, x4)
    return O
