/**
 * Loads the program's own files together with their compiled code, which `bundle.js` stores beside them: V8 need not
 * compile what is known to run, and Node need not search for files. Node's own cache of compiled code has no functions
 * that run later than their file is loaded.
 */
import type * as Vm from 'node:vm';

interface Module {
  exports: unknown;
}

const HEAD = '(function (exports, require, module, __filename, __dirname) {';

/**
 * Loads a file in the folder of `from` (a file URL), and every other one there on demand. What is not the program's own
 * is left to Node.
 */
export function loadWithCode(file: string, from: string): void {
  // No imports: this file is part of what an older Node reads.
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const { dirname, sep } = process.getBuiltinModule('node:path');
  const { createRequire } = process.getBuiltinModule('node:module');
  const { fileURLToPath } = process.getBuiltinModule('node:url');
  const vm = process.getBuiltinModule('node:vm');

  const folder = dirname(fileURLToPath(from));
  const modules = new Map<string, Module>();

  const load = (name: string): unknown => {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const module: Module = { exports: {} };
    modules.set(name, module);
    const path = folder + sep + name;
    try {
      bodyOf(path).call(module.exports, module.exports, require, module, path, folder);
    } catch (error) {
      // As Node does: whoever loads it again gets the error again.
      modules.delete(name);
      throw error;
    }
    return module.exports;
  };

  const bodyOf = (path: string) => {
    const options: Vm.ScriptOptions = {
      filename: path,
      columnOffset: -HEAD.length,
    };
    try {
      options.cachedData = readFileSync(`${path}.code`);
    } catch {
      // Then V8 compiles what runs. So it does if the code was made by another V8, or with other flags.
    }
    return new vm.Script(`${HEAD}${readFileSync(path, 'utf8')}\n})`, options).runInThisContext();
  };

  const outside = createRequire(from);
  const require = Object.assign(
    (id: string) => (id.startsWith('./') ? load(id.slice(2)) : outside(id)),
    outside,
  );
  load(file);
}
