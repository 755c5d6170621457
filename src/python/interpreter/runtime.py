"""Runs programs on grids: prepares cells, and encodes their results.

Nothing here is on the stack while a program runs: the host calls `prepare`, then the program's code, then `arguments`,
then the entry, then `finished` or `failed`. The namespace in which this file runs is dropped from all that programs see.
"""

import gc
import marshal
import re
import sys
import types

MONITORING = sys.monitoring
TOOL = 3
JUMP = MONITORING.events.JUMP
PY_START = MONITORING.events.PY_START
EVENTS = JUMP | PY_START

# Maximum size of a grid. No task has a larger one, and it would have to be sent to the host.
MOST_CELLS = 1_000_000
LARGEST_INTEGER = 2**53 - 1
LONGEST_MESSAGE = 300
ADDRESS = re.compile("0x[0-9a-f]+")


class BudgetExceeded(BaseException):
    """Raised in a program that exceeds its number of events. It does not matter whether the program catches it."""

    __module__ = "builtins"


def make_counter():
    count = 0
    limit = 0

    def tick(code, offset, destination=None):
        nonlocal count
        count += 1
        if count > limit:
            raise BudgetExceeded

    def begin(most):
        nonlocal count, limit
        count = 0
        limit = most

    def counted():
        return count, count > limit

    return tick, begin, counted


tick, begin, counted = make_counter()
set_events = MONITORING.set_events
set_local_events = MONITORING.set_local_events
tb_frame = types.TracebackType.tb_frame.__get__
tb_next = types.TracebackType.tb_next.__get__
f_code = types.FrameType.f_code.__get__
CodeType = types.CodeType

# Instrumented code by number, until the memory is restored.
codes = {}
state = None


def instrument(code):
    set_local_events(TOOL, code, EVENTS)
    for constant in code.co_consts:
        if type(constant) is CodeType:
            instrument(constant)


def grid_at(blob, at):
    height = int.from_bytes(blob[at : at + 4], "little")
    width = int.from_bytes(blob[at + 4 : at + 8], "little")
    at += 8
    return [list(blob[at + k * width : at + (k + 1) * width]) for k in range(height)], at + height * width


def number(blob, at):
    return int.from_bytes(blob[at : at + 4], "little")


def prepare(blob):
    """Prepares a cell; returns the code and its namespace.

    A cell: is it plain, parameters, limit (2 words), number of the code, lengths of code, entry, grid and samples.
    """
    global state
    parameters = number(blob, 4)
    limit = number(blob, 8) | number(blob, 12) << 32
    key = number(blob, 16)
    lengths = [number(blob, at) for at in (20, 24, 28, 32)]
    at = 36
    parts = []
    for length in lengths:
        parts.append(blob[at : at + length])
        at += length
    code, entry, grid, samples = parts
    known = codes.get(key)
    if known is None:
        known = marshal.loads(code)
        if blob[0]:
            instrument(known)
            codes[key] = known
    arguments = (grid_at(grid, 0)[0],)
    if parameters > 1:
        pairs = []
        at = 4
        for _ in range(number(samples, 0)):
            given, at = grid_at(samples, at)
            wanted, at = grid_at(samples, at)
            pairs.append((given, wanted))
        arguments = (pairs, arguments[0], None)[:parameters]
    namespace = {"__name__": "program", "__builtins__": PROGRAM_BUILTINS}
    state = (namespace, entry.decode(), arguments)
    begin(limit)
    return known, namespace


def arguments():
    """The entry and its arguments, after the module's code has run."""
    namespace, entry, given = state
    function = namespace.get(entry)
    if function is None:
        raise NameError("there is no function " + entry)
    return function, given


def word(value):
    return value.to_bytes(4, "little")


def told(kind, text=b"", line=0):
    count, _ = counted()
    return kind + count.to_bytes(8, "little") + word(line) + text


def finished(result):
    """Encodes a result: its kind, the number of events, a line, and what the kind requires."""
    if counted()[1]:
        return told(b"B")
    kind = type(result)
    if not issubclass(kind, (list, tuple)):
        return told(b"N", described(result))
    rows = []
    cells = 0
    for row in sequence(result):
        kind = type(row)
        if not issubclass(kind, (list, tuple)):
            return told(b"N", b"rows that are " + named(kind))
        row = sequence(row)
        cells += len(row)
        if cells > MOST_CELLS:
            return told(b"N", b"more than a million cells")
        entries = []
        for entry in row:
            kind = type(entry)
            if kind is not int:
                if not issubclass(kind, int):
                    return told(b"N", b"a grid with " + named(kind) + b" in it")
                entry = int.__add__(entry, 0)
            if not -LARGEST_INTEGER <= entry <= LARGEST_INTEGER:
                return told(b"N", b"a grid with an integer beyond 2^53 in it")
            entries.append(entry)
        rows.append(entries)
    if not rows:
        return told(b"N", b"an empty " + named(type(result)))
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        return told(b"N", b"rows of different lengths")
    if width == 0:
        return told(b"N", b"empty rows")
    size = word(len(rows)) + word(width)
    if all(0 <= min(row) and max(row) < 128 for row in rows):
        return told(b"G", size + b"".join(map(bytes, rows)))
    text = ",".join([",".join(map(str, row)) for row in rows])
    return told(b"R", size + text.encode())


def sequence(value):
    return list(list.__iter__(value) if issubclass(type(value), list) else tuple.__iter__(value))


def described(value):
    return b"None" if value is None else named(type(value))


def named(kind):
    name = type_name(kind)
    text = name if type(name) is str else "object"
    return text[:100].encode("utf-8", "replace")


type_name = type.__dict__["__name__"].__get__


def failed(error):
    """Encodes the exception that ended a program."""
    line = line_of(error)
    if counted()[1]:
        return told(b"B", b"", line)
    name = type_name(type(error))
    text = message_of(error)
    message = name if not text else name + ": " + text
    message = ADDRESS.sub("0x...", message.split("\n")[0][:LONGEST_MESSAGE])
    return told(b"E", message.encode("utf-8", "replace"), line)


args_of = BaseException.__dict__["args"].__get__
SHOWN = (str, int, float, bool, type(None))


def message_of(error):
    """The message of an exception. No code of the program runs, although an argument may be an object of it."""
    args = args_of(error)
    if type(error) is KeyError and len(args) == 1 and type(args[0]) in SHOWN:
        return repr(args[0])
    if type(error) is MemoryError:
        return ""
    parts = []
    for argument in args[:4]:
        kind = type(argument)
        parts.append(str(argument) if kind in SHOWN and not is_long(argument) else "a " + type_name(kind))
        if len(args) > 1 and isinstance(error, SyntaxError):
            break
    return ", ".join(parts)


def is_long(value):
    return type(value) is int and value.bit_length() > 1000


traceback_of = BaseException.__dict__["__traceback__"].__get__


def line_of(error):
    line = 0
    at = traceback_of(error)
    while at is not None:
        if f_code(tb_frame(at)).co_filename == "program":
            line = at.tb_lineno or line
        at = tb_next(at)
    return line
