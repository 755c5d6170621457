# One cell: 1 if the grid is its own left-right mirror image, else 7.
def solve_44f52bb0(I):
    answer = branch(equality(I, vmirror(I)), 1, 7)
    return canvas(answer, UNITY)
