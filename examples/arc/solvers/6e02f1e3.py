# The number of colours picks a line of 5s: 1 the top row, 2 the falling diagonal, 3 the rising one.
def solve_6e02f1e3(I):
    count = numcolors(I)
    falling_or_rising = branch(equality(count, 2), connect(ORIGIN, (2, 2)), connect((2, 0), (0, 2)))
    line = branch(equality(count, 1), connect(ORIGIN, (0, 2)), falling_or_rising)
    return fill(canvas(0, THREE_BY_THREE), 5, line)
