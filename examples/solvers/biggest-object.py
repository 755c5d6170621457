# Crop the biggest object of one colour and double it.


def biggest_doubled(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = subgrid(x2, I)
    O = upscale(x3, TWO)
    return O


def biggest_doubled_by_halves(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = subgrid(x2, I)
    x4 = hupscale(x3, TWO)
    O = vupscale(x4, TWO)
    return O


def last_in_order(I):
    things = objects(I, univalued=T, diagonal=F, without_bg=T)
    ranked = order(things, size)
    return upscale(subgrid(last(ranked), I), 2)


# The same program as biggest_doubled, written as one expression.
def biggest_in_one_expression(I):
    return upscale(
        subgrid(
            argmax(objects(I, True, False, True), size),  # a line may be broken inside parentheses
            I,
        ),
        2,
    )


# Near miss: takes cells that touch by a corner for one object.
def biggest_with_corners(I):
    x1 = objects(I, T, T, T)
    x2 = argmax(x1, size)
    x3 = subgrid(x2, I)
    O = upscale(x3, TWO)
    return O


# Near miss: the highest, not the biggest.
def highest_doubled(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, height)
    x3 = subgrid(x2, I)
    O = upscale(x3, TWO)
    return O


# Raises an error of the language ("stop") where no object has exactly nine cells.
def nine_cells_doubled(I):
    x1 = objects(I, T, F, T)
    x2 = matcher(size, NINE)
    x3 = extract(x1, x2)
    x4 = subgrid(x3, I)
    O = upscale(x4, TWO)
    return O
