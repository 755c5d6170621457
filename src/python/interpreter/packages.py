"""Packages of pure Python that the user offers: wheels, whose modules are loaded like programs, with what those may use.

Everything that can be loaded is loaded before the first program runs, so that an import gives the same at any time. What
cannot be offered is remembered with the reason, for those who need it.
"""

import types
import zlib

# Maximum unpacked size of a wheel; larger ones are refused.
MOST_BYTES = 64_000_000

# Maximum number of events for loading the modules of a package.
MOST_EVENTS = 20_000_000

COMPILED = (".so", ".pyd", ".wasm", ".dylib", ".dll")


class Unfit(Exception):
    """Why a wheel cannot be offered."""


def word(blob, at):
    return int.from_bytes(blob[at : at + 2], "little")


def long(blob, at):
    return int.from_bytes(blob[at : at + 4], "little")


def wheels_in(request):
    """Decodes the names and contents of wheels."""
    wheels = []
    at = 4
    for _ in range(long(request, 0)):
        parts = []
        for _ in range(2):
            size = long(request, at)
            parts.append(request[at + 4 : at + 4 + size])
            at += 4 + size
        wheels.append((parts[0].decode(), parts[1]))
    return wheels


def files_in(blob):
    """The files of a zip archive, by name."""
    end = blob.rfind(b"PK\5\6")
    if end < 0:
        raise Unfit("is no wheel")
    files = {}
    total = 0
    at = long(blob, end + 16)
    for _ in range(word(blob, end + 10)):
        if blob[at : at + 4] != b"PK\1\2":
            raise Unfit("is damaged")
        method, check, size, full = word(blob, at + 10), long(blob, at + 16), long(blob, at + 20), long(blob, at + 24)
        named, start = word(blob, at + 28), long(blob, at + 42)
        name = blob[at + 46 : at + 46 + named].decode()
        at += 46 + named + word(blob, at + 30) + word(blob, at + 32)
        start += 30 + word(blob, start + 26) + word(blob, start + 28)
        content = blob[start : start + size]
        total += full
        if total > MOST_BYTES:
            raise Unfit("unpacks to more than 64 MB")
        if method == 8:
            content = zlib.decompressobj(-15).decompress(content, full + 1)
        if len(content) != full or zlib.crc32(content) != check:
            raise Unfit("is damaged")
        files[name] = content
    return files


def modules_in(files):
    """The modules among the files, by name: whether each is a package, and its source."""
    if any(name.endswith(COMPILED) for name in files):
        raise Unfit("has compiled parts")
    modules = {}
    for name in sorted(files):
        parts = name.removesuffix(".py").split("/")
        if not name.endswith(".py") or not all(part.isidentifier() for part in parts) or parts[-1] == "__main__":
            continue
        is_package = parts[-1] == "__init__"
        if is_package:
            parts.pop()
        for k in range(1, len(parts)):
            modules.setdefault(".".join(parts[:k]), (True, b""))
        if parts:
            modules[".".join(parts)] = (is_package, files[name])
    return modules


def tops_of(wheel, files):
    """The names by which programs may import the contents of a refused wheel."""
    tops = {name.partition("/")[0].removesuffix(".py") for name in files}
    return {wheel.partition("-")[0], wheel.partition("-")[0].lower(), *filter(str.isidentifier, tops)}


def offer_packages(wheels, offered, program_builtins, guarded):
    """Loads the modules of wheels into `offered`; returns the reasons for missing modules, by name."""
    sources = {}
    refused = {}
    failures = {}
    for wheel, blob in wheels:
        files = {}
        try:
            files = files_in(blob)
            for name, module in modules_in(files).items():
                if name not in offered:
                    sources.setdefault(name, module)
        except Exception as error:
            why = str(error) if isinstance(error, Unfit) else "is damaged"
            for top in tops_of(wheel, files):
                refused[top] = wheel + " " + why

    def need(name):
        module = offered.get(name)
        if module is not None:
            return module
        if name not in sources or name in failures:
            raise ModuleNotFoundError("No module named " + repr(name), name=name)
        parent, _, last = name.rpartition(".")
        if parent:
            need(parent)
            if name in offered:
                return offered[name]
        is_package, source = sources[name]
        file = "/packages/" + name.replace(".", "/") + ("/__init__.py" if is_package else ".py")
        module = types.ModuleType(name)
        content = module.__dict__
        content["__builtins__"] = own
        content["__file__"] = file
        content["__package__"] = name if is_package else parent
        if is_package:
            content["__path__"] = []
        offered[name] = module
        try:
            exec(compile(source, file, "exec", dont_inherit=True), content)
        except BaseException as error:
            # No call here: the next event would raise again.
            del offered[name]
            failures[name] = error
            raise
        if parent:
            setattr(offered[parent], last, module)
        return module

    def import_(name, globals=None, locals=None, fromlist=(), level=0):
        if level:
            base = (globals or {}).get("__package__") or ""
            parts = base.split(".") if base else []
            if level > len(parts):
                raise ImportError("attempted relative import beyond top-level package")
            parts = parts[: len(parts) - level + 1]
            name = ".".join([*parts, name] if name else parts)
        module = need(name)
        if not fromlist:
            return module if level else need(name.partition(".")[0])
        for item in fromlist:
            if name + "." + item in sources and not hasattr(module, item):
                need(name + "." + item)
        return module

    own = {**program_builtins, "__import__": import_}
    for name in sorted(sources):
        try:
            guarded(need, name, MOST_EVENTS)
        except BaseException as error:
            failures.setdefault(name, error)
    for name in sorted(failures):
        refused.setdefault(name, reason_of(name, failures[name]))
    for name in sorted(sources):
        # A module cannot be imported without the package that contains it.
        if name in offered and any(above not in offered for above in parents_of(name)):
            del offered[name]
    sources.clear()
    failures.clear()
    return refused


def parents_of(name):
    parts = name.split(".")
    return [".".join(parts[:k]) for k in range(1, len(parts))]


type_name = type.__dict__["__name__"].__get__
args_of = BaseException.__dict__["args"].__get__


def reason_of(name, error):
    """The reason why a module did not load, without running any of its code."""
    kind = type(error)
    if kind is ModuleNotFoundError and error.name:
        return "%s needs %s" % (name, error.name)
    if type_name(kind) == "BudgetExceeded":
        return name + " takes too long to load"
    said = [argument for argument in args_of(error)[:1] if type(argument) is str]
    return "%s does not load: %s" % (name, ": ".join([type_name(kind), *said]).split("\n")[0][:200])
