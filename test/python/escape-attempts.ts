/** Attempts of a program in Python to get out of its cell: each returns [[1]] if it got what it wanted. */

/** What several attempts begin with: the real modules behind those that are offered, as far as they can be reached. */
const REACH = `
import collections, random, json, re, enum, dataclasses, typing, functools, contextlib, statistics, decimal, types
def reach(name):
    seen = set()
    todo = [collections, random, json, re, enum, dataclasses, typing, functools, contextlib, statistics, decimal, types]
    while todo:
        m = todo.pop()
        if id(m) in seen:
            continue
        seen.add(id(m))
        for k, v in list(vars(m).items()):
            if type(v) is type(collections):
                if v.__name__ == name:
                    return v
                todo.append(v)
    return None
`;

const body = (lines: string, before = '') =>
  `${before}\ndef p(g):\n${lines
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n`;

/** By what is attempted. `FILE` and `PORT` stand for a file and a port of the machine. */
export const ATTEMPTS: Readonly<Record<string, string>> = {
  'open a file': body('return [[int(len(open("FILE").read()) > 0)]]'),
  'open a file of the system': body('return [[int(len(open("/etc/passwd").read()) > 0)]]'),
  'open by io': body('io = reach("io")\nreturn [[int(len(io.open("FILE").read()) > 0)]]', REACH),
  'open by _io.FileIO': body('io = reach("io")\nreturn [[int(len(io.FileIO("FILE").read()) > 0)]]', REACH),
  'open by the class of a stream': body(
    'for c in object.__subclasses__():\n    for d in c.__subclasses__() if c is not type else []:\n        for e in d.__subclasses__():\n            if e.__name__ == "FileIO":\n                return [[int(len(e("FILE").read()) > 0)]]\nreturn [[0]]',
  ),
  'write a file': body('io = reach("io")\nio.FileIO("/tmp/left", "w").write(b"x")\nreturn [[1]]', REACH),
  'open for writing without saying so': body(
    'io = reach("io")\nio.open("/tmp/left", "a").write("x")\nreturn [[1]]',
    REACH,
  ),
  'make a folder': body('reach("os").mkdir("/tmp/left")\nreturn [[1]]', REACH),
  'list folders': body('return [[int("FILE"[1:4] in str(reach("os").listdir("/")))]]', REACH),
  'list folders by posix': body('return [[int(len(reach("posix").listdir("/")) > 99)]]', REACH),
  'read the environment': body(
    'os = reach("os")\nreturn [[int(any(k not in ("HOME", "PATH", "PYTHONHASHSEED", "LANG", "USER", "LOGNAME", "_", "PWD", "PYTHONINSPECT") for k in os.environ))]]',
    REACH,
  ),
  'import os': body('import os\nos.listdir("/")\nreturn [[1]]'),
  'import posix': body('import posix\nreturn [[1]]'),
  'import subprocess': body('import subprocess\nreturn [[1]]'),
  'import socket': body('import socket\nreturn [[1]]'),
  'import urllib': body('import urllib.request\nreturn [[1]]'),
  'import js': body('import js\nreturn [[1]]'),
  'import pyodide': body('import pyodide.code\npyodide.code.run_js("process.exit(3)")\nreturn [[1]]'),
  'import pyodide_js': body('import pyodide_js\nreturn [[1]]'),
  'import _pyodide_core': body('import _pyodide_core\nreturn [[1]]'),
  'import ctypes': body('import ctypes\nctypes.CDLL(None)\nreturn [[1]]'),
  'import gc': body('import gc\nreturn [[len(gc.get_objects()) and 1]]'),
  'import signal': body('import signal\nreturn [[1]]'),
  'import threading': body('import threading\nreturn [[1]]'),
  'import importlib': body('import importlib\nreturn [[1]]'),
  'import builtins': body('import builtins\nreturn [[1]]'),
  'import sys, the real one': body(
    'import sys\nreturn [[int(hasattr(sys, "monitoring") or hasattr(sys, "_getframe"))]]',
  ),
  'modules that sys has': body('import sys\nreturn [[int(len(sys.modules) > 0)]]'),
  'modules that the real sys has': body(
    'sys = reach("sys")\nreturn [[int(any(n in sys.modules for n in ("js", "gc", "_pyodide_core", "importlib", "subprocess", "socket", "ctypes", "_imp", "marshal")))]]',
    REACH,
  ),
  '__import__ by name': body('__import__("os").listdir("/")\nreturn [[1]]'),
  'the import of the builtins of a module': body(
    'm = random.__builtins__\nm = m if isinstance(m, dict) else vars(m)\nm["__import__"]("socket").socket()\nreturn [[1]]',
    'import random',
  ),
  'the open of the builtins of a module': body(
    'm = random.__builtins__\nm = m if isinstance(m, dict) else vars(m)\nreturn [[int(len(m["open"]("FILE").read()) > 0)]]',
    'import random',
  ),
  'the loader of a module': body('random.__loader__.load_module("gc")\nreturn [[1]]', 'import random'),
  'the loader of a builtin module': body(
    'math.__loader__.load_module("_socket").socket()\nreturn [[1]]',
    'import math',
  ),
  'a spec and its loader': body(
    's = math.__spec__\nm = s.loader.create_module(s)\nm2 = type(s)("gc", s.loader)\ng2 = s.loader.create_module(m2)\ns.loader.exec_module(g2)\nreturn [[int(len(g2.get_objects()) > 0)]]',
    'import math',
  ),
  'globals of a function': body('f = random.choice\nreturn [[int("_os" in f.__globals__)]]', 'import random'),
  'globals of a function by its type': body('t = type(p)\nreturn [[int("p" in t.__globals__.__get__(p))]]'),
  'the closure of a function': body(
    'f = lru_cache(None)(p)\nreturn [[int(len((lambda: f).__closure__) > 0)]]',
    'from functools import lru_cache',
  ),
  'the frame of a traceback': body(
    'try:\n    1 / 0\nexcept Exception as e:\n    return [[int(e.__traceback__.tb_frame is not None)]]',
  ),
  'the frame below': body(
    'try:\n    1 / 0\nexcept Exception as e:\n    return [[int(e.__traceback__.tb_frame.f_back is None)]]',
  ),
  'the frame of a generator': body('def f():\n    yield 1\nx = f()\nreturn [[int(x.gi_frame is not None)]]'),
  'the frame of a coroutine': body(
    'async def f():\n    pass\nx = f()\ny = x.cr_frame\nx.close()\nreturn [[int(y is not None)]]',
  ),
  'sys._getframe': body('reach("sys")._getframe(0)\nreturn [[1]]', REACH),
  'sys.settrace': body('reach("sys").settrace(lambda *a: None)\nreturn [[1]]', REACH),
  'sys.setprofile': body('reach("sys").setprofile(lambda *a: None)\nreturn [[1]]', REACH),
  'sys.setrecursionlimit': body('reach("sys").setrecursionlimit(10**6)\nreturn [[1]]', REACH),
  'sys.addaudithook': body('reach("sys").addaudithook(lambda *a: None)\nreturn [[1]]', REACH),
  'sys.monitoring, switched off': body(
    'm = reach("sys").monitoring\nm.set_events(3, 0)\nwhile True:\n    pass',
    REACH,
  ),
  'sys.monitoring, the tool freed': body(
    'm = reach("sys").monitoring\nm.free_tool_id(3)\nwhile True:\n    pass',
    REACH,
  ),
  'sys.monitoring, another callback': body(
    'm = reach("sys").monitoring\nm.register_callback(3, 256, None)\nwhile True:\n    pass',
    REACH,
  ),
  'gc, behind a module': body('return [[int(len(reach("gc").get_objects()) > 0)]]', REACH),
  'the counter, by the traceback of its exception': body(
    'while True:\n    try:\n        while True:\n            pass\n    except BaseException as e:\n        t = e.__traceback__\n        while t is not None:\n            t.tb_frame.f_globals.clear()\n            t = t.tb_next',
  ),
  'the counter, caught again and again': body(
    'def f(n):\n    try:\n        while True:\n            pass\n    except BaseException:\n        return f(n + 1)\nreturn f(0)',
  ),
  'os.system': body('return [[int(reach("os").system("true") == 0)]]', REACH),
  'os._exit': body('reach("os")._exit(0)\nreturn [[1]]', REACH),
  'os.fork': body('return [[int(reach("os").fork() >= 0)]]', REACH),
  'os.kill': body('reach("os").kill(1, 0)\nreturn [[1]]', REACH),
  'os.getpid': body('return [[int(reach("os").getpid() > 0)]]', REACH),
  'posix, whole': body(
    'p = reach("posix")\nreturn [[int(any(hasattr(p, n) for n in ("system", "_exit", "open", "fork", "kill", "unlink", "putenv")))]]',
    REACH,
  ),
  'posix in modules': body(
    'p = reach("sys").modules["posix"]\nreturn [[int(hasattr(p, "open") or hasattr(p, "system"))]]',
    REACH,
  ),
  'a thread': body('reach("_thread").start_new_thread(p, (g,))\nreturn [[1]]', REACH),
  'a thread by dataclasses': body(
    'dataclasses._thread.start_new_thread(p, (g,))\nreturn [[1]]',
    'import dataclasses',
  ),
  'exec with other builtins': body(
    'exec("import os", {"__builtins__": {"__import__": __import__}})\nreturn [[1]]',
  ),
  'eval of an import': body("return [[int(len(eval(\"__import__('os').listdir('/')\")) > 0)]]"),
  exit: body('import sys\nsys.exit(0)\nreturn [[1]]'),
  'an exit that is raised': body('raise SystemExit(0)'),
  'an interruption': body('raise KeyboardInterrupt'),
  'the end of a generator': body('raise GeneratorExit'),
  'code made by hand': body('c = p.__code__.replace(co_code=bytes([255] * 64))\nreturn type(p)(c, {})()'),
  'the audit of everything': body('reach("sys").audit("x")\nreturn [[0]]', REACH),
  'the stack in C': body('import json\nreturn json.loads("[" * 10**5)'),
  'a deep repr': body('x = []\nfor _ in range(10**5):\n    x = [x]\nreturn [[len(repr(x))]]'),
  'a deep comparison': body(
    'x, y = [], []\nfor _ in range(10**5):\n    x, y = [x], [y]\nreturn [[int(x == y)]]',
  ),
  'a deep deletion': body('x = ()\nfor _ in range(10**6):\n    x = (x,)\ndel x\nreturn [[0]]'),
  'all memory': body('x = []\nwhile True:\n    x.append(bytearray(10**7))'),
  'all memory, asked for at once': body('return [[len(bytearray(2**31 - 1))]]'),
  'a class that lies about what it is': body(
    'class L(list):\n    __class__ = int\n    def __iter__(self):\n        while True:\n            yield [1]\n    def __len__(self):\n        return 10**9\nreturn L([[0]])',
  ),
  'an integer that lies': body(
    'class I(int):\n    def __int__(self):\n        return 1\n    def __index__(self):\n        return 1\n    def __eq__(self, o):\n        return True\n    def __hash__(self):\n        return 1\nreturn [[I(0)]]',
  ),
  'an exception that lies': body(
    'class E(Exception):\n    def __str__(self):\n        while True:\n            pass\nraise E()',
  ),
  'an exception without an end': body(
    'class M(type):\n    @property\n    def __name__(cls):\n        while True:\n            pass\nclass E(Exception, metaclass=M):\n    pass\nraise E()',
  ),
};
