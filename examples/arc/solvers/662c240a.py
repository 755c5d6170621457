# Of three blocks, the one that is not symmetric about its main diagonal.
def solve_662c240a(I):
    symmetric = fork(equality, identity, dmirror)
    return extract(vsplit(I, 3), compose(flip, symmetric))
