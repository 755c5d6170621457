# The grid mirrored to the left, and that stripe three times, the outer ones upside down.
def solve_8d5021e8(I):
    stripe = hconcat(vmirror(I), I)
    return vconcat(vconcat(hmirror(stripe), stripe), hmirror(stripe))
