# Below the heading each row takes the next colour of the heading, from left to right, over and over.
def solve_bd4472b8(S, I, C):
    heading = crop(I, ORIGIN, astuple(2, width_t(I)))
    stripes = apply(rbind(repeat, width_t(I)), first(I))
    return crop(vconcat(heading, merge(repeat(stripes, height_t(I)))), ORIGIN, shape_t(I))
