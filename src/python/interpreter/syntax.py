"""Loads a Python file: finds its entries, their identities (by the syntax tree) and compiled code, or its problem.

The tree that is compiled has no docstrings, its local names are numbered, and its lines are the numbers of its
statements: so the code of equal programs is equal, whatever they are called inside and however they are laid out.
"""

import ast
import builtins
import marshal
import re
import warnings

BUILTINS = frozenset(dir(builtins))

# Functions that see the names of a scope. If a file uses one of them, no name is replaced.
SEEING = frozenset(("locals", "vars", "dir", "eval", "exec", "globals", "compile", "__import__", "breakpoint"))

# Builtins that neither reach shared state nor reveal an address.
PLAIN_BUILTINS = frozenset(
    """abs all any bin bool bytes bytearray chr complex dict divmod enumerate filter float frozenset hex int isinstance
    len list map max min next oct ord pow print range reversed round set slice sorted sum tuple zip True False None
    NotImplemented Ellipsis __name__ iter""".split()
) | frozenset(
    name
    for name in dir(builtins)
    if isinstance(getattr(builtins, name), type) and issubclass(getattr(builtins, name), BaseException)
)

# Builtins that do not keep their arguments if these are functions or iterators.
CONSUMING = frozenset(
    """all any dict enumerate filter frozenset list map max min next reversed set sorted sum tuple zip reduce starmap
    chain deque Counter defaultdict accumulate takewhile dropwhile islice product permutations combinations pairwise
    zip_longest cycle from_iterable sort extend update join""".split()
)

# Functions that return an iterator, whose hash is its address.
ITERATING = frozenset(
    "enumerate filter map reversed zip iter starmap chain accumulate takewhile dropwhile islice product permutations "
    "combinations pairwise zip_longest cycle from_iterable count repeat combinations_with_replacement".split()
)

# Modules that a plain program may import, with the names that do not affect other programs.
PLAIN_MODULES = {
    "math": None,
    "bisect": None,
    "heapq": None,
    "typing": frozenset(("List", "Dict", "Tuple", "Set", "Optional", "Any", "Union", "Callable", "Iterable", "Sequence")),
    "collections": frozenset(("deque", "defaultdict", "Counter", "OrderedDict")),
    "itertools": frozenset(
        """product permutations combinations combinations_with_replacement chain accumulate count cycle islice repeat
        zip_longest starmap takewhile dropwhile pairwise""".split()
    ),
    "functools": frozenset(("reduce",)),
    "copy": frozenset(("copy", "deepcopy")),
    "__future__": None,
}

# Attributes that a plain program may not use, because formatting may show addresses.
SHOWING = frozenset(("format", "format_map", "default_factory", "nan", "inf"))

# The hash of not-a-number is its address.
NO_NUMBER = re.compile("nan|inf", re.IGNORECASE)

# Names that replace local ones.
GIVEN = re.compile(r"_v\d+")

# Maximum length of a name in messages.
LONGEST_NAME = 100

ENTRIES = ("transform", "solve", "main", "p")


class Scope:
    __slots__ = ("kind", "parent", "bound", "parameters", "globals", "nonlocals", "renamed")

    def __init__(self, kind, parent):
        self.kind = kind
        self.parent = parent
        self.bound = set()
        self.parameters = set()
        self.globals = set()
        self.nonlocals = set()
        self.renamed = {}


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class File:
    """The first walk over the tree: collects facts about the file."""

    def __init__(self, tree):
        self.scopes = {}
        self.sees = False
        self.has_given = False
        self.is_plain = True
        self.keywords = set()
        self.has_open_keywords = False
        self.names = set()
        self.own = set()
        self.imported = set()
        self.functions = set()
        self.classes = set()
        self.modules = {}
        self.imports = []
        self.nodes = 0
        self.module = Scope("module", None)
        self.handlers = set()
        self.loaded = set()
        self.statements(tree.body, self.module)
        if self.loaded & self.handlers:
            # A message may contain names.
            self.sees = True
            self.is_plain = False

    def statements(self, body, scope):
        for statement in body:
            self.visit(statement, scope)

    def visit(self, node, scope):
        method = VISITORS.get(type(node))
        self.nodes += 1
        if method is not None:
            method(self, node, scope)
        else:
            self.children(node, scope)

    def children(self, node, scope):
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                for item in value:
                    if isinstance(item, ast.AST):
                        self.visit(item, scope)
            elif isinstance(value, ast.AST):
                self.visit(value, scope)

    def bind(self, name, scope):
        self.names.add(name)
        self.own.add(name)
        if name not in scope.globals and name not in scope.nonlocals:
            scope.bound.add(name)

    def name(self, node, scope):
        name = node.id
        self.names.add(name)
        if isinstance(node.ctx, ast.Load):
            self.loaded.add(name)
            if name in SEEING:
                self.sees = True
            elif name.startswith("__") and name not in ("__name__", "__debug__"):
                self.sees = True
                self.is_plain = False
        else:
            self.bind(name, scope)

    def walrus(self, node, scope):
        target = scope
        while target.kind == "comprehension":
            target = target.parent
        self.bind(node.target.id, target)
        self.visit(node.value, scope)

    def arguments(self, node, scope):
        for group in (node.posonlyargs, node.args, node.kwonlyargs):
            for argument in group:
                self.bind(argument.arg, scope)
                scope.parameters.add(argument.arg)
        for argument in (node.vararg, node.kwarg):
            if argument is not None:
                self.bind(argument.arg, scope)

    def function(self, node, scope):
        if node.type_params:
            self.sees = True
        self.bind(node.name, scope)
        self.functions.add(node.name)
        for decorator in node.decorator_list:
            self.is_plain = False
            self.visit(decorator, scope)
        self.defaults(node, scope)
        inner = Scope("function", scope)
        self.scopes[node] = inner
        self.arguments(node.args, inner)
        self.annotations(node, scope)
        self.statements(node.body, inner)

    def annotations(self, node, scope):
        a = node.args
        for argument in (*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg):
            if argument is not None and argument.annotation is not None:
                self.visit(argument.annotation, scope)
        if node.returns is not None:
            self.visit(node.returns, scope)

    def defaults(self, node, scope):
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self.visit(default, scope)

    def function_value(self, node, scope):
        self.defaults(node, scope)
        inner = Scope("function", scope)
        self.scopes[node] = inner
        self.arguments(node.args, inner)
        self.visit(node.body, inner)

    def class_(self, node, scope):
        self.is_plain = False
        if node.type_params:
            self.sees = True
        self.bind(node.name, scope)
        self.classes.add(node.name)
        for part in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(part, scope)
        inner = Scope("class", scope)
        self.scopes[node] = inner
        self.statements(node.body, inner)

    def comprehension(self, node, scope):
        inner = Scope("comprehension", scope)
        self.scopes[node] = inner
        for k, generator in enumerate(node.generators):
            self.visit(generator.iter, scope if k == 0 else inner)
            self.visit(generator.target, inner)
            for test in generator.ifs:
                self.visit(test, inner)
        if isinstance(node, ast.DictComp):
            self.visit(node.key, inner)
            if node.value is not None:
                self.visit(node.value, inner)
        else:
            self.visit(node.elt, inner)

    def global_(self, node, scope):
        for name in node.names:
            scope.globals.add(name)
            scope.bound.discard(name)
            self.names.add(name)
            self.module.bound.add(name)

    def nonlocal_(self, node, scope):
        for name in node.names:
            scope.nonlocals.add(name)
            scope.bound.discard(name)

    def import_name(self, name, scope):
        self.names.add(name)
        self.imported.add(name)
        if name not in scope.globals and name not in scope.nonlocals:
            scope.bound.add(name)

    def import_(self, node, scope):
        for alias in node.names:
            self.imports.append((alias.name, node))
            self.import_name(alias.asname or alias.name.split(".")[0], scope)
            if alias.name in PLAIN_MODULES:
                self.modules[alias.asname or alias.name] = alias.name
            else:
                self.is_plain = False

    def import_from(self, node, scope):
        module = ("." * node.level) + (node.module or "")
        self.imports.append((module, node))
        allowed = PLAIN_MODULES.get(module, frozenset())
        for alias in node.names:
            if alias.name == "*":
                self.sees = True
                self.is_plain = False
                continue
            self.import_name(alias.asname or alias.name, scope)
            if allowed is not None and alias.name not in allowed:
                self.is_plain = False
            if alias.asname is not None:
                self.is_plain = False

    def handler(self, node, scope):
        if node.type is not None:
            self.visit(node.type, scope)
        if node.name is not None:
            self.bind(node.name, scope)
            self.handlers.add(node.name)
        self.statements(node.body, scope)

    def attribute(self, node, scope):
        name = node.attr
        if name.startswith("_"):
            self.is_plain = False
            if name.startswith("__"):
                self.sees = True
        if name in SHOWING or not isinstance(node.ctx, ast.Load):
            self.is_plain = False
        if isinstance(node.value, ast.Name) and node.value.id in self.modules:
            allowed = PLAIN_MODULES[self.modules[node.value.id]]
            if allowed is not None and name not in allowed:
                self.is_plain = False
        self.visit(node.value, scope)

    def assign(self, node, scope):
        if isinstance(node.value, ast.Lambda):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self.functions.add(target.id)
        self.children(node, scope)

    def call(self, node, scope):
        for keyword in node.keywords:
            keyword.call = node
            if keyword.arg is None:
                self.has_open_keywords = True
            else:
                self.keywords.add(keyword.arg)
        self.children(node, scope)

    def match(self, node, scope):
        for name in (getattr(node, "name", None), getattr(node, "rest", None)):
            if name is not None:
                self.bind(name, scope)
        if isinstance(node, ast.MatchClass):
            self.is_plain = False
        self.children(node, scope)

    def unusual(self, node, scope):
        self.is_plain = False
        self.sees = True
        self.children(node, scope)

    def shown(self, node, scope):
        self.is_plain = False
        self.children(node, scope)

    def constant(self, node, scope):
        value = node.value
        if isinstance(value, str):
            if "%" in value or NO_NUMBER.search(value):
                self.is_plain = False
            # A message may contain it, and is shown with the names of the file.
            self.has_given = self.has_given or GIVEN.search(value) is not None
        elif isinstance(value, bytes) and b"%" in value:
            self.is_plain = False
        elif isinstance(value, float) and not abs(value) < 1e100:
            self.is_plain = False


VISITORS = {
    ast.Name: File.name,
    ast.NamedExpr: File.walrus,
    ast.FunctionDef: File.function,
    ast.AsyncFunctionDef: File.function,
    ast.Lambda: File.function_value,
    ast.ClassDef: File.class_,
    ast.ListComp: File.comprehension,
    ast.SetComp: File.comprehension,
    ast.DictComp: File.comprehension,
    ast.GeneratorExp: File.comprehension,
    ast.Global: File.global_,
    ast.Nonlocal: File.nonlocal_,
    ast.Import: File.import_,
    ast.ImportFrom: File.import_from,
    ast.ExceptHandler: File.handler,
    ast.Attribute: File.attribute,
    ast.Assign: File.assign,
    ast.Call: File.call,
    ast.MatchAs: File.match,
    ast.MatchStar: File.match,
    ast.MatchMapping: File.match,
    ast.MatchClass: File.match,
    ast.Constant: File.constant,
    ast.JoinedStr: File.shown,
    ast.TypeAlias: File.unusual,
    ast.With: File.shown,
    ast.AsyncWith: File.shown,
    ast.AsyncFor: File.shown,
    ast.Await: File.shown,
    ast.Yield: File.shown,
    ast.YieldFrom: File.shown,
}


STATEMENTS = (ast.stmt, ast.ExceptHandler)


class Canonical:
    """The second walk: numbers local names and statements, encodes the tree, and decides whether the file is plain."""

    def __init__(self, tree, file):
        self.file = file
        self.out = []
        self.lines = []
        # The original names of `_v0`, `_v1`, and so on.
        self.names = []
        self.is_plain = file.is_plain and not file.sees
        # New names must be different from all others.
        self.replaces = not (file.sees or file.has_given) and not any(
            GIVEN.fullmatch(name) for name in file.names | file.keywords
        )
        self.write_node(tree, file.module, 0, None)

    def canonical(self, name, scope):
        """The new name of `name`, as used in `scope`."""
        if not self.replaces or name.startswith("__"):
            return name
        file = self.file
        at = scope
        if name in at.globals:
            at = file.module
        else:
            first = True
            while at is not None:
                if at.kind != "class" or first:
                    if name in at.bound and name not in at.nonlocals:
                        break
                    if name in at.globals:
                        at = file.module
                        break
                first = False
                at = at.parent
        if at is None or at.kind == "class" or name not in at.bound:
            return name
        known = at.renamed.get(name)
        if known is not None:
            return known
        if (
            (name in at.parameters and (name in file.keywords or file.has_open_keywords))
            or name in file.imported
            or name in file.classes
            or (at is file.module and name in BUILTINS)
        ):
            at.renamed[name] = name
            return name
        given = "_v%d" % len(self.names)
        self.names.append(name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "...")
        at.renamed[name] = given
        return given

    def write_node(self, node, scope, ordinal, parent):
        kind = type(node)
        out = self.out
        if isinstance(node, STATEMENTS):
            self.lines.append(node.lineno)
            ordinal = len(self.lines)
        inner = self.file.scopes.get(node)
        if hasattr(node, "lineno"):
            node.lineno = node.end_lineno = ordinal
            node.col_offset = node.end_col_offset = 0
        if self.is_plain and not self.may_stand(node, kind, parent):
            self.is_plain = False
        out.append(kind.__name__)
        out.append("(")
        if kind is ast.Name:
            node.id = self.canonical(node.id, scope)
            out.append(node.id)
        elif kind is ast.Constant:
            out.append(type(node.value).__name__)
            out.append(repr(node.value))
        elif kind is ast.arg:
            node.arg = self.canonical(node.arg, scope)
            out.append(node.arg)
            if node.annotation is not None:
                self.write_node(node.annotation, scope.parent, ordinal, node)
        elif kind in FUNCTIONS:
            if self.replaces:
                without_docstring(node)
            node.name = self.canonical(node.name, scope)
            out.append(node.name)
            self.write_arguments(node, scope, inner, ordinal)
            self.write_list(node.decorator_list, scope, ordinal, node)
            if node.returns is not None:
                self.write_node(node.returns, scope, ordinal, node)
            self.write_list(node.type_params, scope, ordinal, node)
            self.write_list(node.body, inner, ordinal, node)
        elif kind is ast.Lambda:
            self.write_arguments(node, scope, inner, ordinal)
            self.write_node(node.body, inner, ordinal, node)
        elif kind is ast.ClassDef:
            if self.replaces:
                without_docstring(node)
            node.name = self.canonical(node.name, scope)
            out.append(node.name)
            self.write_list(node.bases, scope, ordinal, node)
            self.write_list(node.keywords, scope, ordinal, node)
            self.write_list(node.decorator_list, scope, ordinal, node)
            self.write_list(node.type_params, scope, ordinal, node)
            self.write_list(node.body, inner, ordinal, node)
        elif kind in COMPREHENSIONS:
            for k, generator in enumerate(node.generators):
                out.append("async" if generator.is_async else "for")
                self.write_node(generator.iter, scope if k == 0 else inner, ordinal, generator)
                self.write_node(generator.target, inner, ordinal, generator)
                self.write_list(generator.ifs, inner, ordinal, generator)
            for part in ("key", "value", "elt"):
                value = getattr(node, part, None)
                if value is not None:
                    self.write_node(value, inner, ordinal, node)
        elif kind is ast.NamedExpr:
            target = scope
            while target.kind == "comprehension":
                target = target.parent
            self.write_node(node.target, target, ordinal, node)
            self.write_node(node.value, scope, ordinal, node)
        elif kind is ast.Global:
            node.names = [self.canonical(name, self.file.module) for name in node.names]
            out.append(repr(node.names))
        elif kind is ast.Nonlocal:
            node.names = [self.canonical(name, scope) for name in node.names]
            out.append(repr(node.names))
        else:
            if kind is ast.Module and self.replaces:
                without_docstring(node)
            for field in node._fields:
                value = getattr(node, field, None)
                if value is None:
                    out.append("-")
                elif isinstance(value, list):
                    self.write_list(value, scope, ordinal, node)
                elif isinstance(value, ast.AST):
                    self.write_node(value, scope, ordinal, node)
                elif field in ("asname", "rest") or (field == "name" and kind is not ast.alias):
                    value = self.canonical(value, scope)
                    setattr(node, field, value)
                    out.append(value)
                else:
                    out.append(repr(value))
                out.append(",")
        out.append(")")

    def write_list(self, nodes, scope, ordinal, parent):
        self.out.append("[")
        for node in nodes:
            if isinstance(node, ast.AST):
                self.write_node(node, scope, ordinal, parent)
            else:
                self.out.append(repr(node))
            self.out.append(",")
        self.out.append("]")

    def write_arguments(self, node, scope, inner, ordinal):
        a = node.args
        for group in (a.posonlyargs, a.args, a.kwonlyargs):
            self.write_list(group, inner, ordinal, a)
        for argument in (a.vararg, a.kwarg):
            if argument is None:
                self.out.append("-")
            else:
                self.write_node(argument, inner, ordinal, a)
        self.write_list(a.defaults, scope, ordinal, a)
        for default in a.kw_defaults:
            if default is None:
                self.out.append("-")
            else:
                self.write_node(default, scope, ordinal, a)

    def may_stand(self, node, kind, parent):
        """Whether the node, in its position, neither keeps nor shows a value whose hash is its address."""
        file = self.file
        if kind is ast.Name:
            if not isinstance(node.ctx, ast.Load):
                return True
            name = node.id
            if type(parent) is ast.Call and parent.func is node:
                return True
            if name in file.functions or (name in ITERATING and name not in file.own):
                return name not in ITERATING and self.is_consumed(node, parent, True)
            return name in PLAIN_BUILTINS or name not in BUILTINS or name in file.own
        if kind is ast.Call:
            callee = node.func
            if type(callee) is ast.Name:
                name = callee.id
                if name in BUILTINS and name not in file.own:
                    if name not in PLAIN_BUILTINS:
                        return False
                    if name in EXCEPTIONS:
                        return type(parent) is ast.Raise
                    if name == "chr":
                        return False
                gives = name in ITERATING and name not in file.own
            elif type(callee) is ast.Attribute:
                gives = callee.attr in ITERATING and callee.attr != "count"
                if callee.attr == "count" and type(callee.value) is ast.Name:
                    gives = callee.value.id in file.modules
            else:
                # The callee is computed, so its result is unknown.
                return type(callee) is ast.Call or type(callee) is ast.Lambda
            return not gives or self.is_consumed(node, parent)
        if kind is ast.GeneratorExp:
            return self.is_consumed(node, parent)
        if kind is ast.Lambda:
            if type(parent) is ast.Assign:
                return type(parent.targets[0]) is ast.Name and len(parent.targets) == 1
            return self.is_consumed(node, parent, True)
        if kind is ast.Attribute:
            if type(parent) is ast.Call and parent.func is node:
                return True
            if type(node.value) is ast.Name and node.value.id in file.modules:
                return node.attr not in ITERATING
            return self.is_consumed(node, parent, True)
        return True

    def is_consumed(self, node, parent, is_function=False):
        """Whether the function or iterator is used only in this position."""
        kind = type(parent)
        if kind is ast.keyword:
            return parent.arg == "key" and name_of(parent.call, self.file) in ("sorted", "sort", "min", "max")
        if kind is ast.Call:
            name = name_of(parent, self.file)
            if is_function:
                at = TAKING.get(name)
                return at is not None and len(parent.args) > at and parent.args[at] is node
            if name == "next" or name == "reduce":
                at = 0 if name == "next" else 1
                return len(parent.args) > at and parent.args[at] is node
            return name in CONSUMING
        if kind is ast.For or kind is ast.comprehension:
            return parent.iter is node
        if kind is ast.Starred:
            return True
        if kind is ast.Assign:
            return type(parent.targets[0]) in (ast.Tuple, ast.List)
        return False


# Functions that take a function and do not pass it on, with the position of that argument.
TAKING = {
    "map": 0,
    "filter": 0,
    "reduce": 0,
    "takewhile": 0,
    "dropwhile": 0,
    "starmap": 0,
    "accumulate": 1,
    "defaultdict": 0,
}


def name_of(call, file):
    """The name of the callee if it is a builtin, an import or a method; else the empty string."""
    callee = call.func
    if type(callee) is ast.Name:
        return "" if callee.id in file.own else callee.id
    return callee.attr if type(callee) is ast.Attribute else ""


EXCEPTIONS = frozenset(
    name
    for name in BUILTINS
    if isinstance(getattr(builtins, name), type) and issubclass(getattr(builtins, name), BaseException)
)


def without_docstring(node):
    body = node.body
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        if isinstance(body[0].value.value, str):
            if len(body) > 1 or isinstance(node, ast.Module):
                del body[0]
            else:
                body[0] = ast.copy_location(ast.Pass(), body[0])


class Refused(Exception):
    """A problem that makes a file unusable: its code (docs/errors.md), position, message and hint."""

    def __init__(self, code, node, message, hint=None):
        self.problem = {
            "code": code,
            "line": getattr(node, "lineno", None),
            "column": None if node is None else getattr(node, "col_offset", -1) + 1 or None,
            "message": message,
            "hint": hint,
        }


def functions_of(tree):
    """The top-level functions of a module by name, each with its parameters and line. The last definition counts."""
    found = {}
    for node in tree.body:
        if isinstance(node, FUNCTIONS):
            found.pop(node.name, None)
            found[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.pop(target.id, None)
                    found[target.id] = node.value
    return found


def entries_of(functions, wanted, sees):
    """The names of the functions that are candidates."""
    if wanted:
        if wanted in functions or sees:
            return [wanted]
        raise Refused("PY002", None, "there is no function %s%s" % (wanted, listed(functions)), ENTRY_HINT)
    for name in ENTRIES:
        if name in functions:
            return [name]
    solvers = [name for name in functions if name.startswith("solve_")]
    if solvers:
        return solvers
    if len(functions) == 1:
        return list(functions)
    if sees and not functions:
        return ["p"]
    if not functions:
        raise Refused("PY002", None, "there is no function in this file", ENTRY_HINT)
    raise Refused("PY002", None, "none of the functions is an entry" + listed(functions), ENTRY_HINT)


ENTRY_HINT = "an entry is called transform, solve, main, p or solve_<task>, or is the only function; or name it by python.entry"


def listed(functions):
    names = list(functions)
    if not names:
        return ""
    more = "" if len(names) <= 8 else " and %d more" % (len(names) - 8)
    return ": there are " + ", ".join(names[:8]) + more


def parameters_of(name, node):
    """The number of arguments of the entry: 1 for the grid, 2 for (S, I), 3 for (S, I, C)."""
    if node is None:
        return 1
    a = node.args
    positional = len(a.posonlyargs) + len(a.args)
    required = positional - len(a.defaults)
    if any(default is None for default in a.kw_defaults):
        raise Refused("PY002", node, "%s cannot be called: it needs an argument by name" % name, PARAMETERS_HINT)
    if isinstance(node, ast.AsyncFunctionDef):
        raise Refused("PY002", node, "%s cannot be called: it is async" % name, PARAMETERS_HINT)
    if positional == 0 and a.vararg is None:
        raise Refused("PY002", node, "%s takes no grid" % name, PARAMETERS_HINT)
    if required > 3:
        raise Refused("PY002", node, "%s needs %d arguments" % (name, required), PARAMETERS_HINT)
    return max(1, required)


PARAMETERS_HINT = "an entry takes the grid, or the samples and the grid, or samples, grid and None"


def refuse_what_cannot_run(tree, modules, missing):
    """The problem if loading the module certainly fails, because it needs a package or reads input."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [("." * node.level) + (node.module or "")]
        else:
            if isinstance(node, (ast.Expr, ast.Assign)):
                for call in ast.walk(node.value):
                    if isinstance(call, ast.Lambda):
                        break
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "input":
                        raise Refused("PY004", call, "reads input when it is loaded", INPUT_HINT)
            continue
        for name in names:
            if name not in modules:
                raise Refused("PY003", node, "needs %s, which %s" % (name, why_not(name, missing)), PACKAGE_HINT)


def why_not(name, missing):
    parts = name.split(".")
    for k in range(1, len(parts) + 1):
        reason = missing.get(".".join(parts[:k]))
        if reason is not None:
            return "cannot be offered: " + reason
    return "is not offered"


INPUT_HINT = "a candidate is a function of the grid"
PACKAGE_HINT = "programs have a part of the standard library; python.packages offers wheels of pure Python (README)"


def load(source, wanted, modules, missing):
    """Loads a file; returns the answer and the code. There is at most one problem."""
    if b"\0" in source:
        return refused(Refused("PY001", None, "this is no text: it has a zero byte").problem)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_tree(ast.parse(source), wanted, modules, missing)
    except Refused as problem:
        return refused(problem.problem)
    except SyntaxError as error:
        return refused(syntax_problem(error))
    except (RecursionError, MemoryError):
        return refused(Refused("PY001", None, "this is nested too deeply, or too large").problem)
    except ValueError as error:
        return refused(Refused("PY001", None, str(error)).problem)


def refused(problem):
    return {"functions": [], "problems": [problem], "identity": "", "plain": False, "lines": [], "names": []}, b""


def syntax_problem(error):
    message = error.msg or "this is not Python"
    hint = None
    if message.startswith("Missing parentheses in call to"):
        hint = "this is Python 2; write it for Python 3"
    elif "codec can't decode" in message or "encoding problem" in message or "utf-8" in message.lower():
        hint = "write the file in UTF-8, or name its encoding in its first line"
    return {
        "code": "PY001",
        "line": error.lineno or None,
        "column": error.offset or None,
        "message": message,
        "hint": hint,
    }


def load_tree(tree, wanted, modules, missing):
    functions = functions_of(tree)
    file = File(tree)
    refuse_what_cannot_run(tree, modules, missing)
    names = entries_of(functions, wanted, file.sees)
    places = [(name, functions.get(name)) for name in names]
    parameters = [parameters_of(name, node) for name, node in places]
    starts = [1 if node is None else node.lineno for _, node in places]
    canonical = Canonical(tree, file)
    code = marshal.dumps(compile(tree, "program", "exec", dont_inherit=True))
    entries = [
        {"name": name, "line": line, "parameters": count, "entry": file.module.renamed.get(name, name)}
        for name, line, count in zip(names, starts, parameters)
    ]
    told = {
        "functions": entries,
        "problems": [],
        "identity": "".join(canonical.out),
        "plain": canonical.is_plain,
        "lines": canonical.lines,
        "names": canonical.names,
    }
    return told, code
