# Every empty cell beside a filled one: right while objects are rectangles.
def solve(g):
    def beside(i, j):
        return any(g[a][b] for a in range(max(0, i - 1), i + 2) for b in range(max(0, j - 1), j + 2) if a < len(g) and b < len(g[0]))
    return [[c or 4 * beside(i, j) for j, c in enumerate(r)] for i, r in enumerate(g)]
