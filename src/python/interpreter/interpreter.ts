/**
 * Calls CPython through its C interface, so that the call stack of a program has no Python frame of ours. The memory can
 * be restored to the state after the start: then nothing is left of earlier programs.
 */
import { endOfMemory, type PyodideModule } from './pyodide-module.js';

/** Addresses in the memory of the started CPython (start.py). */
export interface Places {
  readonly kept: readonly number[];
  readonly on: number;
  readonly off: number;
  readonly closed: readonly number[];
  readonly alive: number;
}

/** CPython after its start. */
export interface Start {
  readonly places: Places;
  readonly stack: number;
  /** Size of the saved memory. */
  readonly size: number;
  /** Copies the saved memory to the beginning of these bytes. */
  copyTo(memory: Uint8Array): void;
}

/** The part of WebAssembly that Node's types lack. */
interface WithWebAssembly {
  readonly WebAssembly: { readonly Memory: { readonly prototype: { grow: () => never } } };
}

/** Bytes. */
const MUCH = 64_000_000;

/** An unexpected exception of Python: a bug of battbuild. */
class Unexpected extends Error {}

export class Interpreter {
  private readonly places: Places;
  private readonly stack: number;
  /** The memory to restore, once that has been necessary; the first time it is read from the file. */
  private snapshot: Uint8Array | null = null;
  private size: number;
  private readonly folder: string;
  private readonly streams: number;
  /** How often the memory was restored; everything that was loaded before is gone. */
  restores = 0;
  /** Whether a program that is not plain may have left something. */
  isDirty = false;
  /** Whether an allocation has failed since the memory was restored. */
  ranShort = false;
  /** Whether anything has run since the memory was restored. */
  private isTouched = false;
  private readonly readSnapshot: () => Uint8Array;

  constructor(
    private readonly python: PyodideModule,
    start: Start,
  ) {
    this.places = start.places;
    this.stack = start.stack;
    this.size = start.size;
    this.folder = python.FS.currentPath;
    this.streams = python.FS.streams.length;
    closeFiles(python);
    const memories = (globalThis as unknown as WithWebAssembly).WebAssembly.Memory.prototype;
    memories.grow = () => {
      this.ranShort = true;
      throw new RangeError('there is no more memory');
    };
    start.copyTo(python.HEAPU8);
    python.stackRestore(start.stack);
    this.readSnapshot = () => {
      const snapshot = new Uint8Array(start.size);
      start.copyTo(snapshot);
      return snapshot;
    };
  }

  /** The end of the memory in use. */
  private get end(): number {
    return endOfMemory(this.python);
  }

  /** Loads packages (packages.py), which belong to the restored memory from now on. */
  offer(wheels: Uint8Array): void {
    this.answerOf(this.places.kept[6], this.bytes(wheels));
    this.snapshot = this.python.HEAPU8.slice(0, this.end);
    this.size = this.snapshot.length;
  }

  /** Whether programs left so much garbage that the memory should be restored. */
  get isLarge(): boolean {
    return this.end > this.size + MUCH;
  }

  /** Restores the state after the start. */
  restore(): void {
    if (!this.isTouched) return;
    this.isTouched = false;
    this.isDirty = false;
    this.ranShort = false;
    const { python } = this;
    this.snapshot ??= this.readSnapshot();
    const { snapshot } = this;
    const used = Math.min(this.end, python.HEAPU8.length);
    python.stackRestore(this.stack);
    python.HEAPU8.set(snapshot);
    // New memory is zero.
    if (used > snapshot.length) python.HEAPU8.fill(0, snapshot.length, used);
    python.FS.currentPath = this.folder;
    python.FS.streams.length = Math.min(python.FS.streams.length, this.streams);
    this.restores++;
  }

  load(request: Uint8Array): Uint8Array {
    return this.answerOf(this.places.kept[0], this.bytes(request));
  }

  /**
   * Runs a cell; runtime.py describes the bytes of its arguments and results. What a plain program leaves is dropped
   * at once; what another program leaves, `restore` removes.
   */
  run(cell: Uint8Array, isPlain: boolean): Uint8Array {
    const { python } = this;
    const [, prepare, entryAndArguments, finished, failed, setEvents] = this.places.kept;
    const request = this.bytes(cell);
    const prepared = this.expect(python._PyObject_CallOneArg(prepare, request));
    const code = python._PyTuple_GetItem(prepared, 0);
    const namespace = python._PyTuple_GetItem(prepared, 1);
    if (!isPlain) this.expect(python._PyObject_CallObject(setEvents, this.places.on));
    let result = python._PyEval_EvalCode(code, namespace, namespace);
    let call = 0;
    if (result !== 0) {
      this.drop(result);
      result = 0;
      call = python._PyObject_CallNoArgs(entryAndArguments);
      if (call !== 0) {
        result = python._PyObject_CallObject(
          python._PyTuple_GetItem(call, 0),
          python._PyTuple_GetItem(call, 1),
        );
      }
    }
    const exception = result === 0 ? python._PyErr_GetRaisedException() : 0;
    if (!isPlain) this.expect(python._PyObject_CallObject(setEvents, this.places.off));
    const told = result === 0 ? this.tell(failed, exception) : this.tell(finished, result);
    if (isPlain) for (const object of [request, prepared, call, result, exception]) this.drop(object);
    return told;
  }

  private tell(how: number, what: number): Uint8Array {
    const told = this.python._PyObject_CallOneArg(how, what);
    // A returned value may break the code that examines it: this counts as an error of the program, reported once.
    if (told === 0 && how !== this.places.kept[4])
      return this.tell(this.places.kept[4], this.python._PyErr_GetRaisedException());
    return this.take(this.expect(told));
  }

  private answerOf(callable: number, argument: number): Uint8Array {
    const answer = this.expect(this.python._PyObject_CallOneArg(callable, argument));
    this.drop(argument);
    return this.take(answer);
  }

  private take(bytes: number): Uint8Array {
    const { python } = this;
    const at = python._PyBytes_AsString(bytes);
    if (at === 0) throw new Unexpected('an answer is no bytes');
    const copy = python.HEAPU8.slice(at, at + python._PyBytes_Size(bytes));
    this.drop(bytes);
    return copy;
  }

  private bytes(content: Uint8Array): number {
    const { python } = this;
    this.isTouched = true;
    const bytes = this.expect(python._PyBytes_FromStringAndSize(0, content.length));
    python.HEAPU8.set(content, python._PyBytes_AsString(bytes));
    return bytes;
  }

  private expect(object: number): number {
    if (object !== 0) return object;
    this.python._PyErr_Clear();
    throw new Unexpected('the harness failed');
  }

  private drop(object: number): void {
    if (object !== 0) this.python._Py_DecRef(object);
  }
}

/** From now on files can be read, but not created, changed or removed. */
function closeFiles({ FS }: PyodideModule): void {
  const refuse = () => {
    throw new FS.ErrnoError(READ_ONLY_FILE_SYSTEM);
  };
  for (const name of CHANGING) if (name in FS) FS[name] = refuse;
  const open = FS['open'] as (path: unknown, flags: unknown, ...more: unknown[]) => unknown;
  FS['open'] = (path: unknown, flags: unknown, ...more: unknown[]) => {
    if (typeof flags !== 'number' || (flags & (WRITING | CREATING)) !== 0) refuse();
    return open.call(FS, path, flags, ...more);
  };
}

const READ_ONLY_FILE_SYSTEM = 69;
const WRITING = 3;
const CREATING = 0o1100;
const CHANGING =
  'mkdir mkdev mknod create symlink rename rmdir unlink truncate ftruncate chmod fchmod lchmod chown fchown lchown utime mount unmount write writeFile createDataFile createLazyFile createPreloadedFile createDevice'.split(
    ' ',
  );
