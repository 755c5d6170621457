# Waits for something that never comes: over budget, at the same count on every machine.
def p(g):
    while any(4 not in row for row in g):
        g = [row[:] for row in g]
    return g
