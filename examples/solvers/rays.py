# Each 6 shines down to the right, behind whatever stands there.


def rays_behind(I):
    x1 = ofcolor(I, SIX)
    x2 = rbind(shoot, UNITY)
    x3 = mapply(x2, x1)
    O = underfill(I, SIX, x3)
    return O


def rays_then_blocks(I):
    x1 = ofcolor(I, SIX)
    x2 = rbind(shoot, UNITY)
    x3 = mapply(x2, x1)
    x4 = fill(I, SIX, x3)
    x5 = ofcolor(I, FIVE)
    O = fill(x4, FIVE, x5)
    return O


# The same program as rays_behind: (1, 1) is UNITY.
def rays_behind_literal(I):
    seeds = ofcolor(I, 6)
    light = mapply(rbind(shoot, (1, 1)), seeds)
    return underfill(I, 6, light)


# Near miss: through the blocks.
def rays_in_front(I):
    x1 = ofcolor(I, SIX)
    x2 = rbind(shoot, UNITY)
    x3 = mapply(x2, x1)
    O = fill(I, SIX, x3)
    return O


# Near miss: one ray only.
def one_ray(I):
    x1 = ofcolor(I, SIX)
    x2 = first(x1)
    x3 = shoot(x2, UNITY)
    O = underfill(I, SIX, x3)
    return O


# Runs away: pairs of pairs of pairs of cells. It ends over budget before it asks for the memory.
def every_pair_of_pairs(I):
    x1 = asindices(I)
    x2 = product(x1, x1)
    x3 = product(x2, x2)
    x4 = product(x3, x3)
    x5 = size(x4)
    O = canvas(x5, UNITY)
    return O
