"""Runs solver files with a reference implementation of the primitives and times every cell.

    python3 reference.py DIR < request.json > answer.json

DIR holds the package `arc_dsl`, or the module `dsl` and, if there is one, the module `constants`; what they export is
what the names in the solver files mean. The request: a list of {"file", "function", "demonstrations", "inputs"}, the
demonstrations null where the function takes the input grid alone. The answer, one list a solver: per input {"micros",
"rows": the grid that came out, else null}. Every cell runs once: what a reference remembers of a cell is not to count.
"""

import importlib
import importlib.util
import json
import sys
from time import perf_counter_ns


def reference_names(folder):
    sys.path.insert(0, folder)
    if importlib.util.find_spec("arc_dsl"):
        modules = ["arc_dsl"]
    else:
        modules = ["dsl", *(["constants"] if importlib.util.find_spec("constants") else [])]
    names = {}
    for name in modules:
        module = importlib.import_module(name)
        exported = getattr(module, "__all__", None) or [one for one in vars(module) if not one.startswith("_")]
        names.update((one, getattr(module, one)) for one in exported)
    return names


def grid(rows):
    return tuple(map(tuple, rows))


def rows_of(value):
    is_grid = isinstance(value, tuple) and value != () and all(
        isinstance(row, tuple) and all(isinstance(entry, int) for entry in row) for row in value
    )
    return [[int(entry) for entry in row] for row in value] if is_grid else None


def function_of(solver, names):
    with open(solver["file"], encoding="utf-8") as file:
        source = file.read()
    defined = dict(names)
    exec(compile(source, solver["file"], "exec"), defined)
    return defined[solver["function"]]


def timed(function, arguments):
    started = perf_counter_ns()
    try:
        result = function(*arguments)
    except Exception:
        result = None
    return {"micros": (perf_counter_ns() - started) / 1000, "rows": rows_of(result)}


def cells_of(solver, names):
    function = function_of(solver, names)
    shown = solver["demonstrations"]
    demonstrations = None if shown is None else tuple((grid(a), grid(b)) for a, b in shown)
    answers = []
    for rows in solver["inputs"]:
        arguments = (grid(rows),) if demonstrations is None else (demonstrations, grid(rows), None)
        answers.append(timed(function, arguments))
    return answers


def main():
    sys.setrecursionlimit(20000)
    names = reference_names(sys.argv[1])
    json.dump([cells_of(solver, names) for solver in json.load(sys.stdin)], sys.stdout)


main()
