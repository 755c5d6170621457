# The 2 bursts into its four diagonal neighbours: 3, 6, 8 and 7.
def solve_a9f96cdd(I):
    seed = ofcolor(I, 2)
    empty = cover(I, seed)
    upper = fill(fill(empty, 3, shift(seed, NEG_UNITY)), 6, shift(seed, UP_RIGHT))
    return fill(fill(upper, 8, shift(seed, DOWN_LEFT)), 7, shift(seed, UNITY))
