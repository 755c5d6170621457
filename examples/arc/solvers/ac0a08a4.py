# Every cell grows to a block whose side is the number of coloured cells.
def solve_ac0a08a4(I):
    return upscale(I, size(sfilter(asobject(I), first)))
