/**
 * The interpreter's process: starts CPython, closes it to its surroundings, and answers requests from its standard input
 * on its standard output until that ends. It does one thing after another and never returns to the event loop, so that
 * nothing that a program leaves with JavaScript ever runs.
 */
import { constants, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Kind, WireReader } from '../interpreter-wire.js';
import { freezeSurroundings } from './frozen-surroundings.js';
import { Interpreter } from './interpreter.js';
import { type PyodideModule, startOptions } from './pyodide-module.js';
import { answerCells, answerLoad } from './requests.js';

const [, , pyodideFolder, harnessFolder] = process.argv;

function read(length: number): Buffer | null {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const count = readSync(0, bytes, at, length - at, null);
    if (count === 0) return null;
    at += count;
  }
  return bytes;
}

function write(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}

/** An answer: its length, then itself. */
function answer(bytes: Uint8Array): void {
  const frame = Buffer.allocUnsafe(4 + bytes.length);
  frame.writeUInt32LE(bytes.length, 0);
  frame.set(bytes, 4);
  write(frame);
}

/** The next request; null at the end of the input. */
function nextRequest(): { readonly kind: number; readonly body: Buffer } | null {
  const head = read(5);
  const body = head === null ? null : read(head.readUInt32LE(0));
  return head === null || body === null ? null : { kind: head[4], body };
}

/** Packages that are offered: the names of wheels, and their contents. */
function wheelsIn(body: Uint8Array): (readonly [string, Uint8Array])[] {
  const reader = new WireReader(body);
  return Array.from({ length: reader.number() }, () => [reader.text(), reader.bytes()]);
}

interface Pyodide {
  readonly _module: PyodideModule;
  readonly globals: { set(name: string, value: unknown): void };
  toPy(value: unknown): unknown;
  runPython(code: string): unknown;
}

async function start(wheels: readonly (readonly [string, Uint8Array])[]): Promise<Interpreter> {
  freezeSurroundings(constants);
  const [main, ...parts] = ['start.py', 'syntax.py', 'runtime.py', 'offered.py', 'packages.py'].map((name) =>
    readFileSync(join(harnessFolder, name), 'utf8'),
  );
  const path = pathToFileURL(join(pyodideFolder, 'pyodide.mjs')).href;
  const { loadPyodide } = (await import(path)) as {
    loadPyodide(options: unknown): Promise<Pyodide>;
  };
  const memory = readFileSync(join(harnessFolder, 'start.bin'));
  const pyodide = await loadPyodide({ indexURL: `${pyodideFolder}/`, ...startOptions(memory) });
  // Bytes arrive as views of memory that JavaScript may take back.
  if (wheels.length > 0) pyodide.globals.set('wheels', pyodide.toPy(wheels));
  const offered = wheels.length > 0 ? '[(name, bytes(content)) for name, content in wheels]' : '[]';
  const given = parts.map((source) => JSON.stringify(source)).join(', ');
  const places = pyodide.runPython(`${main}\nstart(${given}, ${offered})`);
  return new Interpreter(pyodide._module, String(places));
}

const first = nextRequest();
if (first === null) process.exit(0);
const interpreter = await start(wheelsIn(first.body));
answer(Buffer.from('ready'));
for (let request = nextRequest(); request !== null; request = nextRequest()) {
  if (request.kind === Kind.load) answer(answerLoad(interpreter, request.body));
  else answerCells(interpreter, request.body, answer);
}
process.exit(0);
