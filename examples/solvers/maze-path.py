# The shortest way from 2 to 3 through a maze, in colour 8: nobody has solved it yet.


def straight_line(I):
    x1 = ofcolor(I, TWO)
    x2 = ofcolor(I, THREE)
    x3 = first(x1)
    x4 = first(x2)
    x5 = connect(x3, x4)
    O = fill(I, EIGHT, x5)
    return O


def flood_everything(I):
    O = replace(I, ZERO, EIGHT)
    return O


# Fills dead ends once; the maze would have to be walked until nothing changes.
def one_round_of_dead_ends(I):
    x1 = replace(I, ZERO, EIGHT)
    x2 = ofcolor(I, ZERO)
    x3 = ofcolor(I, FIVE)
    x4 = lbind(intersection, x3)
    x5 = chain(size, x4, dneighbors)
    x6 = matcher(x5, THREE)
    x7 = sfilter(x2, x6)
    O = fill(x1, ZERO, x7)
    return O


# The same program as flood_everything.
def flood_everything_again(I):
    water = replace(grid=I, replacee=0, replacer=8)
    return water
