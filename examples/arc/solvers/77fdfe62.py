# The 8s inside the frame take the colour of the nearest corner.
def solve_77fdfe62(I):
    inner = trim(trim(I))
    corner_colours = downscale(I, decrement(height(I)))
    quarters = upscale(corner_colours, halve(height(inner)))
    return fill(quarters, 0, ofcolor(inner, 0))
