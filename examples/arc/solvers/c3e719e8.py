# A copy of the grid for each cell of the most frequent colour, in the place of that cell.
def solve_c3e719e8(I):
    stripe = hconcat(hconcat(I, I), I)
    tiled = vconcat(vconcat(stripe, stripe), stripe)
    places = ofcolor(upscale(I, 3), mostcolor(I))
    return fill(tiled, 0, difference(asindices(tiled), places))
