# A bar chart: one column for each colour, tallest first, as high as the colour is frequent.
def solve_9af7a82c(S, I, C):
    count = lbind(colorcount_t, I)
    tallest = valmax(palette_t(I), count)
    bar = fork(repeat, identity, count)
    space = chain(lbind(repeat, 0), lbind(subtract, tallest), count)
    return dmirror_t(apply(fork(combine, bar, space), order(palette_t(I), compose(invert, count))))
