# The 3 moves one step towards the 4.
def solve_dc433765(I):
    walker = recolor(3, ofcolor(I, 3))
    return move(I, walker, position(walker, ofcolor(I, 4)))
