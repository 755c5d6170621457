# The square with the most blue cells.
def solve_ae4f1146(I):
    squares = objects(I, F, F, T)
    return subgrid(argmax(squares, rbind(colorcount, 1)), I)
