/**
 * The interpreter's process: begins with the memory of a started CPython, and answers requests until its standard
 * input ends. It handles one request after another and never returns to the event loop, so nothing that a program
 * schedules in JavaScript ever runs.
 */
import { constants, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Kind, START_HEAD } from '../interpreter-wire.js';
import { freezeSurroundings } from './frozen-surroundings.js';
import { Interpreter, type Start } from './interpreter.js';
import { openModule } from './pyodide-module.js';
import { answerCells, answerLoad } from './requests.js';

const [, , pyodideFolder, harnessFolder] = process.argv;

/** Length of an empty list of packages. */
const NOTHING_OFFERED = 4;

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

/** Writes an answer, preceded by its length. */
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

/** CPython in the state in which make-start.ts saved it. */
function startIn(folder: string): Start {
  const file = openSync(join(folder, 'start.bin'), 'r');
  const head = Buffer.alloc(START_HEAD);
  readSync(file, head, 0, START_HEAD, 0);
  const { places, stack, size } = JSON.parse(head.toString()) as Omit<Start, 'copyTo'>;
  const copyTo = (memory: Uint8Array) => {
    for (let at = 0; at < size; ) {
      const count = readSync(file, memory, at, size - at, START_HEAD + at);
      if (count === 0) throw new RangeError('the memory of the start is incomplete');
      at += count;
    }
  };
  return { places, stack, size, copyTo };
}

const first = nextRequest();
if (first === null) process.exit(0);
freezeSurroundings(constants);
// Functions that are never called are not compiled: this saves a tenth of the CPU time.
setFlagsFromString('--wasm-lazy-validation');
const interpreter = new Interpreter(await openModule(pyodideFolder), startIn(harnessFolder));
if (first.body.length > NOTHING_OFFERED) interpreter.offer(first.body);
answer(Buffer.from('ready'));
for (let request = nextRequest(); request !== null; request = nextRequest()) {
  if (request.kind === Kind.load) answer(answerLoad(interpreter, request.body));
  else answerCells(interpreter, request.body, answer);
}
process.exit(0);
