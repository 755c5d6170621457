# Three pictures side by side: the grid, a quarter turn on, a half turn on.


def three_turns(I):
    x1 = rot90(I)
    x2 = rot180(I)
    x3 = hconcat(I, x1)
    O = hconcat(x3, x2)
    return O


def turn_the_turn(I):
    x1 = rot90(I)
    x2 = rot90(x1)
    x3 = hconcat(I, x1)
    O = hconcat(x3, x2)
    return O


# The same program as turn_the_turn: rot90(I) is written twice and shared.
def turn_the_turn_nested(I):
    return hconcat(hconcat(I, rot90(I)), rot90(rot90(I)))


# Another program: the right pair first.
def right_pair_first(I):
    x1 = rot90(I)
    x2 = rot180(I)
    x3 = hconcat(x1, x2)
    O = hconcat(I, x3)
    return O


# Near miss: the third picture is the first, right where a half turn changes nothing.
def back_again(I):
    x1 = rot90(I)
    x2 = hconcat(I, x1)
    O = hconcat(x2, I)
    return O


# Near miss by far: stacked instead of side by side.
def film_upright(I):
    x1 = rot90(I)
    x2 = rot180(I)
    x3 = vconcat(I, x1)
    O = vconcat(x3, x2)
    return O
