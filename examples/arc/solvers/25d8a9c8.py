# A row of one colour becomes 5s, any other row becomes 0s.
def solve_25d8a9c8(I):
    uniform = matcher(compose(size, dedupe), 1)
    grey_or_black = compose(lbind(multiply, 5), uniform)
    return apply(compose(rbind(repeat, width(I)), grey_or_black), I)
