# From left to right, every second bar turns red. No program here counts the bars, so the task is solved only partly.


def last_bar(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, leftmost)
    O = fill(I, TWO, x2)
    return O


# The same program as last_bar.
def last_bar_again(I):
    bars = objects(I, T, F, T)
    return fill(I, 2, argmax(bars, leftmost))


def second_bar(I):
    x1 = objects(I, T, F, T)
    x2 = order(x1, leftmost)
    x3 = remove(first(x2), x2)
    x4 = first(x3)
    O = fill(I, TWO, x4)
    return O


def second_and_last(I):
    x1 = objects(I, T, F, T)
    x2 = order(x1, leftmost)
    x3 = remove(first(x2), x2)
    x4 = first(x3)
    x5 = last(x3)
    x6 = combine(x4, x5)
    O = fill(I, TWO, x6)
    return O


def highest_bar(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    O = fill(I, TWO, x2)
    return O
