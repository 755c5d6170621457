"""What programs may use: modules and builtins. Removes everything that leads out of the interpreter."""

import builtins
import gc
import sys
import types

# Modules that a program may import. All are loaded before the first program runs.
MODULES = tuple(
    """__future__ abc array base64 binascii bisect cmath collections collections.abc contextlib copy dataclasses
    decimal enum fractions functools heapq itertools json math numbers operator random re statistics string struct
    sys textwrap time typing types zlib""".split()
)


# Encodings by which texts and files may be read. They are modules, too.
ENCODINGS = """ascii charmap cp037 cp437 cp850 cp858 cp866 cp1250 cp1251 cp1252 cp1253 cp1254 cp1257 idna iso8859_2 iso8859_5
    iso8859_7 iso8859_9 iso8859_15 koi8_r koi8_u latin_1 mac_roman punycode raw_unicode_escape unicode_escape utf_7 utf_8
    utf_8_sig utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le base64_codec hex_codec quopri_codec rot_13 zlib_codec""".split()


def refuse(*_, **__):
    raise PermissionError("programs have no access to this")


def nothing(*_, **__):
    return None


def module_of(name, **content):
    module = types.ModuleType(name)
    module.__dict__.update(content)
    return module


def zero():
    return 0.0


def make_sys():
    def leave(code=None):
        raise SystemExit(code)

    names = "maxsize version version_info byteorder float_info int_info hash_info maxunicode hexversion implementation intern getsizeof getrecursionlimit".split()
    return module_of(
        "sys",
        **{name: getattr(sys, name) for name in names},
        argv=[""],
        path=[],
        modules={},
        platform="linux",
        exit=leave,
        setrecursionlimit=nothing,
        stdin=types.SimpleNamespace(read=lambda *_: "", readline=lambda *_: "", buffer=None, __iter__=nothing),
        stdout=types.SimpleNamespace(write=lambda text: len(text), flush=nothing, buffer=None),
        stderr=types.SimpleNamespace(write=lambda text: len(text), flush=nothing, buffer=None),
    )


def make_time():
    import time

    return module_of(
        "time",
        time=zero,
        perf_counter=zero,
        monotonic=zero,
        process_time=zero,
        thread_time=zero,
        time_ns=lambda: 0,
        perf_counter_ns=lambda: 0,
        monotonic_ns=lambda: 0,
        process_time_ns=lambda: 0,
        sleep=nothing,
        strftime=lambda *_: "",
        gmtime=lambda *_: time.struct_time((1970, 1, 1, 0, 0, 0, 3, 1, 0)),
    )


def make_import(offered):
    def import_(name, globals=None, locals=None, fromlist=(), level=0):
        if level:
            raise ImportError("attempted relative import with no known parent package")
        module = offered.get(name)
        if module is None:
            raise ModuleNotFoundError("No module named " + repr(str(name)))
        return module if fromlist else offered[name.partition(".")[0]]

    return import_


def program_builtins(offered):
    real_print = builtins.print

    def show(*values, sep=" ", end="\n", file=None, flush=False):
        if file is not None:
            real_print(*values, sep=sep, end=end, file=file)

    def no_input(prompt=None):
        raise EOFError("programs have no input")

    def no_file(file, *_, **__):
        raise FileNotFoundError(2, "No such file or directory")

    own = dict(vars(builtins))
    for name in ("breakpoint", "help", "exit", "quit", "copyright", "credits", "license"):
        own.pop(name, None)
    own["__import__"] = make_import(offered)
    own["print"] = show
    own["input"] = no_input
    own["open"] = no_file
    return own


def load_modules():
    """Loads the modules that programs and the harness need, so that the memory after the start has them."""
    for name in (*MODULES, "ast", "marshal", "warnings", "gc", "unicodedata"):
        __import__(name)
    for name in ENCODINGS:
        __import__("encodings." + name)


def offer():
    """Loads the offered modules; returns them by name, and the builtins of programs."""
    load_modules()
    offered = {}
    for name in MODULES:
        offered[name] = sys.modules[name]
    offered["sys"] = make_sys()
    offered["time"] = make_time()
    import random

    random.seed(0)
    return offered, program_builtins(offered)


# Attributes that lead from a frame, a function or a class to things that programs must not reach.
DOORS = (
    (types.FrameType, ("f_back", "f_globals", "f_locals", "f_builtins", "f_code", "f_trace", "f_generator")),
    (types.TracebackType, ("tb_frame", "tb_next")),
    (types.FunctionType, ("__globals__", "__builtins__", "__closure__")),
    (types.CellType, ("cell_contents",)),
    (types.GeneratorType, ("gi_frame", "gi_code")),
    (types.CoroutineType, ("cr_frame", "cr_code")),
    (types.AsyncGeneratorType, ("ag_frame", "ag_code")),
)

SYS_KEPT = frozenset(
    """__name__ __doc__ modules maxsize version version_info byteorder float_info int_info hash_info flags
    float_repr_style implementation maxunicode hexversion platform intern getsizeof getrecursionlimit exc_info exception
    is_finalizing getrefcount path meta_path path_hooks path_importer_cache stdin stdout stderr __stdin__ __stdout__
    __stderr__ warnoptions displayhook excepthook unraisablehook getdefaultencoding getfilesystemencoding
    getfilesystemencodeerrors builtin_module_names get_int_max_str_digits getswitchinterval audit""".split()
)

OS_KEPT = frozenset(
    """__name__ __doc__ fspath PathLike path sep altsep curdir pardir extsep pathsep linesep name devnull environ
    error stat_result DirEntry terminal_size fsencode fsdecode _exists""".split()
)

# Modules that are emptied completely.
EMPTIED = (
    """gc _imp _thread threading signal _signal faulthandler ctypes _ctypes subprocess multiprocessing socket _socket select
    atexit inspect importlib._bootstrap importlib._bootstrap_external zipimport runpy pkgutil site linecache tokenize dis
    _opcode opcode marshal tempfile shutil glob pathlib _pyodide_core js pyodide_js pyodide _pyodide
    _asyncio asyncio webbrowser tracemalloc _tracemalloc code codeop pdb symtable _symtable syntax""".split()
)


def close_doors(dictionary_of):
    """Removes what programs must not reach. `dictionary_of` returns the dictionary of a builtin type."""
    keep_alive = []
    for kind, names in DOORS:
        own = dictionary_of(kind)
        for name in names:
            own.pop(name, None)
    for name in list(vars(sys)):
        if name not in SYS_KEPT:
            keep_alive.append(vars(sys)[name])
            delattr(sys, name)
    for system in ("os", "posix"):
        content = vars(sys.modules[system])
        for name in list(content):
            if name not in OS_KEPT and callable(content[name]):
                del content[name]
        content.get("environ", {}).clear() if system == "posix" else None
    for name in ("open", "input", "breakpoint", "help", "exit", "quit"):
        vars(builtins).pop(name, None)
    # These load a builtin module again.
    importing = vars(sys.modules["_imp"])
    for name in list(importing):
        if name.startswith(("create_", "exec_", "get_frozen", "init_", "is_frozen", "find_frozen")):
            keep_alive.append(importing.pop(name))
    sys.meta_path.clear()
    sys.path.clear()
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    for name in list(sys.modules):
        if name in EMPTIED or name.split(".")[0] in ("pyodide", "_pyodide", "js", "pyodide_js", "importlib", "asyncio", "ast"):
            module = sys.modules.pop(name)
            keep_alive.append(dict(vars(module)) if hasattr(module, "__dict__") else module)
            keep_alive.append(module)
    return keep_alive
