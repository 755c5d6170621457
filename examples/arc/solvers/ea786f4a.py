# Both diagonals become 0.
def solve_ea786f4a(I):
    falling = shoot(ORIGIN, UNITY)
    rising = shoot(tojvec(decrement(width(I))), DOWN_LEFT)
    return fill(I, 0, combine(falling, rising))
