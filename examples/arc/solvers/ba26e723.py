# In every third column, from the first on, 4 becomes 6.
def solve_ba26e723(I):
    down_to_multiple = chain(rbind(multiply, 3), rbind(divide, 3), last)
    third = fork(equality, last, down_to_multiple)
    return fill(I, 6, sfilter(ofcolor(I, 4), third))
