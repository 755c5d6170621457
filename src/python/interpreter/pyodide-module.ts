/** Pyodide's Emscripten module, the part of it that is used: memory, files, and the C interface of CPython, by address. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Addresses are numbers; 0 is none. */
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

/** Bytes that programs have, as the process is started with (interpreter-process.ts). */
const MEMORY = 512 * 1024 * 1024;

type CreateModule = (settings: Settings) => Promise<PyodideModule>;

interface Settings {
  readonly preRun: ((module: PyodideModule) => void)[];
  noInitialRun?: boolean;
}

/** Up to here memory is in use. */
export function endOfMemory(python: PyodideModule): number {
  return python.HEAPU32[python._emscripten_get_sbrk_ptr() >> 2];
}

/** CPython, started. */
export async function startPython(folder: string): Promise<Pyodide> {
  const createModule = await moduleOf(folder);
  const load = await loaderOf(folder);
  return load({ ...OPTIONS, indexURL: `${folder}/`, createPyodideModule: withAllMemory(createModule) });
}

/** The module that CPython would start in, for the memory of one that has been started. */
export async function openModule(folder: string): Promise<PyodideModule> {
  const createModule = withAllMemory(await moduleOf(folder));
  const load = await loaderOf(folder);
  return new Promise((resolve, reject) => {
    const create = async (settings: Settings) => {
      settings.noInitialRun = true;
      resolve(await createModule(settings));
      // From here on Pyodide would start CPython.
      return new Promise<PyodideModule>(() => {});
    };
    const options = { ...OPTIONS, indexURL: `${folder}/`, lockFileContents: NEVER };
    // Nothing will ever be imported from the standard library again: any small file will do for it.
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
 * Gives a module all memory that there may be at once, which costs nothing before it is used: how it would grow depends
 * on what ran before.
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
