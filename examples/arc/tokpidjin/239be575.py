# 8 if one connected shape joins all the 2s, else 0.
def solve_239be575(S, I, C):
    reds = f_ofcolor(I, 2)
    holds_all = compose(flip, chain(size, lbind(difference, reds), toindices))
    joined = sfilter(o_g(I, R3), holds_all)
    return canvas(branch(joined, 8, 0), UNITY)
