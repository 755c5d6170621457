/**
 * The interpreter's process: starts CPython, closes it to its surroundings, and answers requests from its standard input
 * on its standard output until that ends. It does one thing after another and never returns to the event loop, so that
 * nothing that a program leaves with JavaScript ever runs.
 */
import { constants, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Kind } from '../interpreter-wire.js';
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

async function start(): Promise<Interpreter> {
  freezeSurroundings(constants);
  const sources = ['syntax.py', 'runtime.py', 'offered.py', 'start.py'].map((name) =>
    readFileSync(join(harnessFolder, name), 'utf8'),
  );
  const path = pathToFileURL(join(pyodideFolder, 'pyodide.mjs')).href;
  const { loadPyodide } = (await import(path)) as {
    loadPyodide(
      options: unknown,
    ): Promise<{ readonly _module: PyodideModule; runPython(code: string): unknown }>;
  };
  const memory = readFileSync(join(harnessFolder, 'start.bin'));
  const pyodide = await loadPyodide({ indexURL: `${pyodideFolder}/`, ...startOptions(memory) });
  const places = pyodide.runPython(
    `${sources[3]}\nstart(${sources
      .slice(0, 3)
      .map((source) => JSON.stringify(source))
      .join(', ')})`,
  );
  return new Interpreter(pyodide._module, String(places));
}

const interpreter = await start();
answer(Buffer.from('ready'));
for (;;) {
  const head = read(5);
  if (head === null) break;
  const body = read(head.readUInt32LE(0));
  if (body === null) break;
  if (head[4] === Kind.load) answer(answerLoad(interpreter, body));
  else answerCells(interpreter, body, answer);
}
process.exit(0);
