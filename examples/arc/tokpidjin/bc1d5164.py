# The four 3 by 3 corners laid on top of each other.
def solve_bc1d5164(S, I, C):
    right = subtract(width_t(I), 3)
    bottom = subtract(height_t(I), 3)
    above = (crop(I, ORIGIN, THREE_BY_THREE), crop(I, tojvec(right), THREE_BY_THREE))
    below = (crop(I, toivec(bottom), THREE_BY_THREE), crop(I, astuple(bottom, right), THREE_BY_THREE))
    colour = other(palette_t(I), 0)
    return fill(canvas(0, THREE_BY_THREE), colour, mapply(rbind(f_ofcolor, colour), combine(above, below)))
