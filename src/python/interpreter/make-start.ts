/**
 * A step of compiling: starts CPython with the harness and the modules that programs may use, isolates it, and writes
 * its memory to a file. An interpreter that begins with this memory need not start CPython. `node make-start.js
 * FOLDER` writes the file to another folder.
 */
import { createHash } from 'node:crypto';
import { constants, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { START_HEAD } from '../interpreter-wire.js';
import { freezeSurroundings } from './frozen-surroundings.js';
import type { Places } from './interpreter.js';
import { endOfMemory, startPython } from './pyodide-module.js';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '../..');
const out = process.argv[2] ?? dist;
const scripts = join(dist, '..', 'src/python/interpreter');
const manifest = createRequire(import.meta.url).resolve('pyodide/package.json');
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };

/** Everything that determines the memory. */
const from = createHash('sha256')
  .update(version)
  .update(readFileSync(join(here, '../interpreter-wire.js')));
for (const folder of [scripts, here]) {
  const names = readdirSync(folder).filter((name) => name.endsWith(folder === here ? '.js' : '.py'));
  for (const name of names.sort()) from.update(`\0${name}\0`).update(readFileSync(join(folder, name)));
}
const source = from.digest('hex');
const name = join(out, 'python-start.from');
const file = join(out, 'python-start.bin');
const isMade = existsSync(file) && existsSync(name) && readFileSync(name, 'utf8').startsWith(`${source} `);
if (!isMade) await make();

async function make(): Promise<void> {
  const [main, ...parts] = ['start.py', 'syntax.py', 'runtime.py', 'offered.py', 'packages.py'].map(
    (script) => readFileSync(join(scripts, script), 'utf8'),
  );
  freezeSurroundings(constants);
  const pyodide = await startPython(dirname(manifest));
  const given = parts.map((text) => JSON.stringify(text)).join(', ');
  const places = JSON.parse(String(pyodide.runPython(`${main}\nstart(${given})`))) as Places;
  const python = pyodide._module;
  for (const address of [places.alive, ...places.kept]) python._Py_IncRef(address);
  for (const type of places.closed) python._PyType_Modified(type);
  const size = endOfMemory(python);
  const head = Buffer.alloc(START_HEAD, ' ');
  head.write(JSON.stringify({ places, stack: python.stackSave(), size }));
  const start = Buffer.concat([head, python.HEAPU8.subarray(0, size)]);
  // Running interpreters keep the old file open.
  rmSync(file, { force: true });
  writeFileSync(file, start);
  writeFileSync(name, `${source} ${createHash('sha256').update(start).digest('hex')}\n`);
}
