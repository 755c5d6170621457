# Upside down.
def solve_68b16354(I):
    return hmirror(I)
