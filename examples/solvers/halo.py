# A frame of colour 4 around every object, one step outside its bounding box.


def frame_each(I):
    x1 = objects(I, T, T, T)
    x2 = mapply(outbox, x1)
    O = fill(I, FOUR, x2)
    return O


def frame_each_underneath(I):
    x1 = objects(I, T, T, T)
    x2 = mapply(outbox, x1)
    O = underfill(I, FOUR, x2)
    return O


def frame_any_colours(I):
    x1 = objects(I, F, T, T)
    x2 = mapply(outbox, x1)
    O = fill(I, FOUR, x2)
    return O


# The same program as frame_each.
def frame_each_again(I):
    shapes = objects(grid=I, diagonal=True, without_bg=True, univalued=True)
    return fill(grid=I, patch=mapply(outbox, shapes), value=4)


# Near miss: cells that touch by a corner get a frame each.
def frame_each_part(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(outbox, x1)
    O = fill(I, FOUR, x2)
    return O


# Near miss: one frame for each colour, which is right while a colour occurs once.
def frame_each_colour(I):
    x1 = fgpartition(I)
    x2 = mapply(outbox, x1)
    O = fill(I, FOUR, x2)
    return O


# No grid: stops at the set of positions.
def only_the_frames(I):
    x1 = objects(I, T, T, T)
    O = mapply(outbox, x1)
    return O
