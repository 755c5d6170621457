"""Starts the harness: creates its modules, loads the offered ones, isolates the interpreter, and returns addresses."""


def start(syntax_source, runtime_source, offered_source, packages_source):
    import gc
    import json
    import sys
    import types

    def module_from(name, source):
        content = {"__name__": name, "__builtins__": dict(vars(__import__("builtins")))}
        exec(compile(source, name, "exec"), content)
        return types.SimpleNamespace(**content), content

    monitoring = sys.monitoring
    monitoring.use_tool_id(3, "budget")
    syntax, syntax_content = module_from("syntax", syntax_source)
    offered, offered_content = module_from("offered", offered_source)
    runtime, runtime_content = module_from("runtime", runtime_source)
    modules, program_builtins = offered.offer()
    runtime_content["PROGRAM_BUILTINS"] = program_builtins
    for event in (runtime.JUMP, runtime.PY_START):
        monitoring.register_callback(3, event, runtime.tick)
    set_limit = sys.setrecursionlimit
    set_events = monitoring.set_events
    dumps = json.dumps

    def load(request):
        length = int.from_bytes(request[:4], "little")
        wanted = request[4 : 4 + length].decode()
        set_limit(50000)
        try:
            told, code = syntax.load(request[4 + length :], wanted, names, refused)
        finally:
            set_limit(1000)
        text = dumps(told).encode()
        return len(text).to_bytes(4, "little") + text + code

    set_limit(1000)
    kept = [load, runtime.prepare, runtime.arguments, runtime.finished, runtime.failed, set_events]
    on = (3, runtime.EVENTS)
    off = (3, 0)
    closed = [kind for kind, _ in offered.DOORS]
    alive = [modules, program_builtins, syntax_content, offered_content, runtime_content, kept, on, off, closed]
    packages, packages_content = module_from("packages", packages_source)
    names = set(modules)
    refused = {}
    collect, freeze = gc.collect, gc.freeze

    def guarded(function, argument, most):
        runtime.begin(most)
        set_events(3, runtime.EVENTS)
        try:
            function(argument)
        finally:
            set_events(3, 0)

    def offer(request):
        refused.update(packages.offer_packages(packages.wheels_in(request), modules, program_builtins, guarded))
        modules["random"].seed(0)
        names.update(modules)
        collect()
        freeze()
        return b""

    kept.append(offer)
    alive.append(packages_content)
    alive.append(offered.close_doors(lambda kind: gc.get_referents(kind.__dict__)[0]))
    main = sys.modules["__main__"]
    vars(main).clear()
    gc.collect()
    gc.freeze()
    places = {
        "kept": [id(one) for one in kept],
        "on": id(on),
        "off": id(off),
        "closed": [id(kind) for kind in closed],
        "alive": id(alive),
    }
    gc.__dict__.clear()
    alive.append(alive)
    return dumps(places)
