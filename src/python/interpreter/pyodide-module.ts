/** The used part of Pyodide's Emscripten module: memory, files, and CPython's C interface, by address. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Addresses are numbers; 0 is the null pointer. */
export interface PyodideModule {
  HEAPU8: Uint8Array;
  HEAPU32: Uint32Array;
  readonly FS: Record<string, unknown> & {
    currentPath: string;
    readonly streams: (object | null | undefined)[];
    readonly ErrnoError: new (errno: number) => Error;
  };
  /** In bytes. */
  growMemory(size: number): unknown;
  stackSave(): number;
  stackRestore(pointer: number): void;
  _emscripten_get_sbrk_ptr(): number;
  _PyBytes_FromStringAndSize(from: number, length: number): number;
  _PyBytes_AsString(bytes: number): number;
  _PyBytes_Size(bytes: number): number;
  _PyObject_CallNoArgs(callable: number): number;
  _PyObject_CallOneArg(callable: number, argument: number): number;
  _PyObject_CallObject(callable: number, tuple: number): number;
  _PyEval_EvalCode(code: number, globals: number, locals: number): number;
  _PyTuple_GetItem(tuple: number, index: number): number;
  _PyErr_GetRaisedException(): number;
  _PyErr_Clear(): void;
  _PyType_Modified(type: number): void;
  _Py_IncRef(object: number): void;
  _Py_DecRef(object: number): void;
}

export interface Pyodide {
  readonly _module: PyodideModule;
  runPython(code: string): unknown;
}

/** The memory of programs in bytes; the process is started with the same limit (interpreter-process.ts). */
const MEMORY = 512 * 1024 * 1024;

type CreateModule = (settings: Settings) => Promise<PyodideModule>;

interface Settings {
  readonly preRun: ((module: PyodideModule) => void)[];
  noInitialRun?: boolean;
}

/** The end of the memory in use. */
export function endOfMemory(python: PyodideModule): number {
  return python.HEAPU32[python._emscripten_get_sbrk_ptr() >> 2];
}

/** Starts CPython. */
export async function startPython(folder: string): Promise<Pyodide> {
  const createModule = await moduleOf(folder);
  const load = await loaderOf(folder);
  return load({ ...OPTIONS, indexURL: `${folder}/`, createPyodideModule: withAllMemory(createModule) });
}

/** The module before the start of CPython, for the memory of a started CPython. */
export async function openModule(folder: string): Promise<PyodideModule> {
  const createModule = withAllMemory(await moduleOf(folder));
  const load = await loaderOf(folder);
  return new Promise((resolve, reject) => {
    const create = async (settings: Settings) => {
      settings.noInitialRun = true;
      resolve(await createModule(settings));
      // After this, Pyodide would start CPython.
      return new Promise<PyodideModule>(() => {});
    };
    const options = { ...OPTIONS, indexURL: `${folder}/`, lockFileContents: NEVER };
    // Nothing is imported from the standard library any more, so any small file can replace it.
    const stdLibURL = join(folder, 'package.json');
    load({ ...options, stdLibURL, createPyodideModule: create }).catch(reject);
  });
}

const NEVER = new Promise<never>(() => {});

const silent = () => {};

const OPTIONS = {
  env: { PYTHONHASHSEED: '0' },
  jsglobals: Object.create(null) as object,
  stdin: () => null,
  stdout: silent,
  stderr: silent,
};

/**
 * Gives a module the maximum memory at once, which costs nothing until it is used. Otherwise the growth of the memory
 * would depend on earlier programs.
 */
function withAllMemory(createModule: CreateModule): CreateModule {
  return (settings) => {
    settings.preRun.unshift((module) => void module.growMemory(MEMORY));
    return createModule(settings);
  };
}

async function moduleOf(folder: string): Promise<CreateModule> {
  const path = pathToFileURL(join(folder, 'pyodide.asm.mjs')).href;
  return ((await import(path)) as { default: CreateModule }).default;
}

async function loaderOf(folder: string): Promise<(options: unknown) => Promise<Pyodide>> {
  const path = pathToFileURL(join(folder, 'pyodide.mjs')).href;
  return ((await import(path)) as { loadPyodide(options: unknown): Promise<Pyodide> }).loadPyodide;
}
