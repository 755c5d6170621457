/**
 * `npm run dev`: compiles whenever a source changes, and runs the affected tests: those that import the changed file,
 * and those with the same path below `test`, which may run the compiled program.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { watch } from 'chokidar';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
process.chdir(ROOT);

/** Milliseconds after the last of several changes. */
const QUIET_MS = 200;

const changed = new Set();
let timer = null;
let running = false;

/** Runs a command in this terminal; resolves to whether it succeeded. */
function run(command, ...args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/**
 * Tests whose names are, or begin with, the name of a changed source: for `gc.ts`, `gc.test.ts` and
 * `gc-plan.test.ts`.
 */
function testsBeside(files) {
  return files.flatMap((file) => {
    const folder = join('test', dirname(file).replace(/^src\/?/, ''));
    if (!file.startsWith('src/') || !existsSync(folder)) return [];
    const name = basename(file, '.ts');
    return readdirSync(folder)
      .filter((test) => test.endsWith('.test.ts') && test.startsWith(name))
      .map((test) => join(folder, test));
  });
}

async function round() {
  if (running) return;
  running = true;
  while (changed.size > 0) {
    const files = [...changed].filter((file) => existsSync(file));
    changed.clear();
    const startedAt = performance.now();
    console.log(`\n${files.join(' ')}: compiling`);
    if (!(await run('npm', 'run', '--silent', 'build'))) continue;
    console.log(`compiled in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    const code = files.filter((file) => file.endsWith('.ts'));
    const beside = testsBeside(code);
    if (code.length > 0) await run('vitest', 'related', '--run', '--passWithNoTests', ...code, ...beside);
    if (changed.size === 0) console.log('waiting for changes');
  }
  running = false;
}

const watcher = watch(['src', 'test'], { ignoreInitial: true });
watcher.on('all', (event, path) => {
  if (event !== 'add' && event !== 'change' && event !== 'unlink') return;
  changed.add(path);
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(round, QUIET_MS);
});
watcher.on('ready', () => console.log('waiting for changes'));
