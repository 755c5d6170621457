# A bar chart: one column for each colour, tallest first, as high as the colour is frequent.
def solve_9af7a82c(I):
    count = lbind(colorcount, I)
    tallest = valmax(palette(I), count)
    bar = fork(repeat, identity, count)
    space = chain(lbind(repeat, 0), lbind(subtract, tallest), count)
    return dmirror(apply(fork(combine, bar, space), order(palette(I), compose(invert, count))))
