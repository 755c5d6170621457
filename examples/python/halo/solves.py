"""A frame of colour 4 around every object, as a language model writes it."""

from collections import deque


def objects(grid):
    height, width = len(grid), len(grid[0])
    seen = set()
    for i in range(height):
        for j in range(width):
            if grid[i][j] == 0 or (i, j) in seen:
                continue
            cells, queue = [], deque([(i, j)])
            seen.add((i, j))
            while queue:
                a, b = queue.popleft()
                cells.append((a, b))
                for c in range(max(0, a - 1), min(height, a + 2)):
                    for d in range(max(0, b - 1), min(width, b + 2)):
                        if (c, d) not in seen and grid[c][d] == grid[i][j]:
                            seen.add((c, d))
                            queue.append((c, d))
            yield cells


def transform(grid):
    result = [row[:] for row in grid]
    for cells in objects(grid):
        top, bottom = min(a for a, _ in cells) - 1, max(a for a, _ in cells) + 1
        left, right = min(b for _, b in cells) - 1, max(b for _, b in cells) + 1
        for a in range(top, bottom + 1):
            for b in range(left, right + 1):
                on_frame = a in (top, bottom) or b in (left, right)
                if on_frame and 0 <= a < len(grid) and 0 <= b < len(grid[0]):
                    result[a][b] = 4
    return result
