/**
 * A step of compiling: the memory of CPython right after its start, with the modules that programs may use, as a file.
 * An interpreter that begins with it needs a sixth of the time. `node make-start.js FOLDER` writes it elsewhere.
 */
import { createHash } from 'node:crypto';
import { constants, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { freezeSurroundings } from './frozen-surroundings.js';
import { startOptions } from './pyodide-module.js';

const dist = fileURLToPath(new URL('../../', import.meta.url));
const scripts = join(dist, '..', 'src/python/interpreter');
for (const name of readdirSync(scripts).filter((one) => one.endsWith('.py'))) {
  copyFileSync(join(scripts, name), join(dist, 'python/interpreter', name));
}
const script = readFileSync(join(scripts, 'offered.py'), 'utf8');
const manifest = createRequire(import.meta.url).resolve('pyodide/package.json');
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
const surroundings = readFileSync(fileURLToPath(new URL('frozen-surroundings.js', import.meta.url)));
const from = createHash('sha256')
  .update(`${version}\0${script}\0${JSON.stringify(startOptions(null))}\0`)
  .update(surroundings)
  .digest('hex');
const out = process.argv[2] ?? dist;
const name = join(out, 'python-start.from');
const file = join(out, 'python-start.bin');
const isMade = existsSync(file) && existsSync(name) && readFileSync(name, 'utf8').startsWith(`${from} `);
if (!isMade) await make();

async function make(): Promise<void> {
  freezeSurroundings(constants);
  const folder = dirname(manifest);
  const { loadPyodide } = (await import(pathToFileURL(join(folder, 'pyodide.mjs')).href)) as {
    loadPyodide(
      options: unknown,
    ): Promise<{ runPython(code: string): unknown; makeMemorySnapshot(): Uint8Array }>;
  };
  const { jsglobals: _, ...options } = startOptions(null);
  const pyodide = await loadPyodide({ indexURL: `${folder}/`, ...options, _makeSnapshot: true });
  pyodide.runPython(`${script}\nload_modules()\nglobals().clear()`);
  const memory = pyodide.makeMemorySnapshot();
  writeFileSync(file, memory);
  writeFileSync(name, `${from} ${createHash('sha256').update(memory).digest('hex')}\n`);
}
