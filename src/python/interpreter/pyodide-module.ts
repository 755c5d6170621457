/** The part of Pyodide's Emscripten module that is used: the C interface of CPython, by address. */

/** How CPython is started; `memory` is what it begins with, null for a start from nothing. */
export function startOptions(memory: Uint8Array | null) {
  const silent = () => {};
  return {
    env: { PYTHONHASHSEED: '0' },
    jsglobals: Object.create(null) as object,
    stdin: () => null,
    stdout: silent,
    stderr: silent,
    ...(memory === null ? {} : { _loadSnapshot: memory }),
  };
}

/** Addresses are numbers; 0 is none. */
export interface PyodideModule {
  HEAPU8: Uint8Array;
  HEAPU32: Uint32Array;
  readonly FS: Record<string, unknown> & {
    currentPath: string;
    readonly streams: (object | null | undefined)[];
    readonly ErrnoError: new (errno: number) => Error;
  };
  stackSave(): number;
  stackRestore(pointer: number): void;
  _emscripten_get_sbrk_ptr(): number;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
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
