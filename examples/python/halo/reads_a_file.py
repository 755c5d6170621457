# Wants to know more than the grid: there are no files, so this is an error.
def transform(grid):
    with open("/etc/passwd") as file:
        return [[len(line) for line in file]]
