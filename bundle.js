import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'rolldown';

/**
 * The last step of compiling: a few files instead of two hundred, since loading modules one by one is most of what a
 * null build takes. `program` is what every command loads to find its workspace and to say how it ended, `quick` what a
 * null build loads then, `inputs` and `work` what a build loads that has something to do; `commands` is what reads other command
 * lines, `search` what generates candidates. What only some commands load stands apart.
 */
const program = loadedWith(
  'dist/cli/main.js',
  'dist/cli/live/build-runner.js',
  'dist/cli/render/build/summary.js',
  'dist/cli/render/problem.js',
);
const quick = loadedWith('dist/build/build.js');
const work = loadedWith(
  'dist/build/changed-build.js',
  'dist/build/selection/selection.js',
  'dist/cli/live/progress-view.js',
);
const commands = loadedWith('dist/cli/parse-command.js', 'dist/cli/commands/workspace-command.js');
const generation = loadedWith('dist/search/population/card.js');
const search = new Set([...generation, ...loadedWith('dist/search/population/evolve.js')]);

/** The modules that are loaded together with these: their static imports, but not their dynamic ones. */
function loadedWith(...entries) {
  const modules = new Set(entries.map((entry) => resolve(entry)));
  for (const module of modules) {
    for (const [, path] of readFileSync(module, 'utf8').matchAll(
      /^(?:import|export)\b[^;]*?\bfrom '(\.[^']+)';$/gm,
    ))
      modules.add(resolve(dirname(module), path));
  }
  return modules;
}

/** Installed packages are not bundled, except for those that most commands load: dozens of small files. */
const bundled =
  'better-sqlite3|xxhash-wasm|clipanion|typanion|threads|callsites|debug|ms|is-observable|observable-fns';
const external = [new RegExp(`^(?!(${bundled})(/|$))[^./\0]`)];
const COMMAND_LINE = /node_modules.(clipanion|typanion)\b/;

/** Our modules that load a package by a `require` that only Node understands. */
const required = {
  name: 'required',
  transform(code, id) {
    if (id.endsWith(join('cli', 'clipanion.js'))) return "export { Cli, Command, Option } from 'clipanion';";
    if (!id.endsWith(join('workers', 'threads.js'))) return null;
    const halves = "(half === 'threads' ? require('threads') : require('threads/worker'))";
    return code.replace('createRequire(import.meta.url)(half)', halves);
  },
};

/**
 * The file of better-sqlite3 that finds its compiled part beside itself, so it must be loaded from where it is
 * installed: usually beside this folder, and Node needs 1.5 ms to find that out.
 */
const installedBinding = {
  name: 'installed-binding',
  load(id) {
    if (!id.endsWith(join('better-sqlite3', 'lib', 'binding.js'))) return null;
    return `const { existsSync } = require('node:fs');
      const { dirname, join } = require('node:path');
      const usual = join(__dirname, '..', '..', 'node_modules', 'better-sqlite3');
      const folder = () => dirname(require.resolve('better-sqlite3/package.json'));
      module.exports = require(join(existsSync(usual) ? usual : folder(), 'lib', 'binding.js'));`;
  },
};

/**
 * Only ASCII: V8 holds a text with any other character in two bytes for each, and Node needs ten times as long to read
 * it.
 */
const ascii = {
  name: 'ascii',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
      if (file.type === 'chunk') file.code = file.code.replace(/[^\0-\x7f]/g, escaped);
    }
  },
};

const output = {
  dir: 'dist/bundle',
  format: 'cjs',
  chunkFileNames: '[name].js',
  entryFileNames: '[name].js',
};

/** The style of the report's page, next to its script. */
const pageStyle = {
  name: 'page-style',
  generateBundle() {
    const parts = ['frame', 'overview', 'task'].map((name) =>
      readFileSync(`src/report/page/${name}.css`, 'utf8'),
    );
    this.emitFile({ type: 'asset', fileName: 'report-page.css', source: parts.join('\n') });
  },
};

const bundles = [
  { input: { main: 'dist/launch/main.js' }, plugins: [ascii], platform: 'node', output },
  {
    input: { program: 'dist/cli/main.js' },
    external,
    plugins: [installedBinding, required, ascii],
    platform: 'node',
    // Some modules are loaded dynamically by one module and statically by another, on purpose.
    checks: { ineffectiveDynamicImport: false, eval: false },
    output: {
      ...output,
      codeSplitting: {
        groups: [
          { name: 'program', test: (id) => program.has(id), priority: 5 },
          { name: 'quick', test: (id) => quick.has(id), priority: 4 },
          { name: 'inputs', test: (id) => work.has(id) && generation.has(id), priority: 3.5 },
          { name: 'work', test: (id) => work.has(id), priority: 3 },
          { name: 'commands', test: (id) => commands.has(id) || COMMAND_LINE.test(id), priority: 2 },
          { name: 'search', test: (id) => search.has(id), priority: 1 },
        ],
      },
    },
  },
  // Its body is a file of its own, so that it has compiled code, too.
  { input: { 'worker-main': 'dist/launch/worker.js' }, plugins: [ascii], platform: 'node', output },
  {
    input: { evaluation: 'dist/workers/worker-main.js' },
    external,
    plugins: [required, ascii],
    platform: 'node',
    // The library of threads uses it to be bundled.
    checks: { eval: false },
    output,
  },
  {
    // A module: it waits for CPython to be there. In a folder of its own, which is all that its process may read.
    input: { interpreter: 'dist/python/interpreter/interpreter-main.js' },
    external,
    platform: 'node',
    output: { ...output, dir: 'dist/bundle/python', format: 'es', entryFileNames: '[name].mjs' },
  },
  {
    // No chunk of the program may have this name, because all are in one folder.
    input: { 'report-thread-main': 'dist/report/live/thread-main.js' },
    external,
    plugins: [installedBinding, required, ascii],
    platform: 'node',
    output,
  },
  {
    input: { 'report-page': 'dist/report/page/main.js' },
    platform: 'browser',
    plugins: [pageStyle],
    // One classic script, which is embedded in a page.
    output: { ...output, format: 'iife', minify: true },
  },
];

// Not by rolldown's own command line, which lists every file that it writes.
rmSync('dist/bundle', { recursive: true, force: true });
const written = new Set();
for (const bundle of bundles) {
  const { output: files } = await build({ ...bundle, logLevel: 'warn' });
  for (const { fileName, dynamicImports = [] } of files) {
    // `import()` of our own files becomes `require`; Node cannot load others for code of `vm.Script`.
    const outside = dynamicImports.filter((name) => !files.some((file) => file.fileName === name));
    if (outside.length > 0) throw new Error(`${fileName} imports on demand: ${outside.join(', ')}`);
    if (written.has(fileName))
      throw new Error(`two bundles write ${fileName}: the one would replace the other`);
    written.add(fileName);
  }
}

// 31 MB, once.
linkSync('dist/python-start.bin', 'dist/bundle/python/start.bin');

// The document that `battbuild explain CODE` prints from.
copyFileSync('docs/errors.md', 'dist/bundle/errors.md');

// Node starts CommonJS faster than ES modules: 15 of the 150 ms of a null build of 59,600 candidates.
writeFileSync('dist/bundle/package.json', '{ "type": "commonjs" }\n');

// The program in package.json must be executable: `npx battbuild` runs it directly.
chmodSync('dist/bundle/main.js', 0o755);

/**
 * Runs what most people run, so that its compiled code is stored (src/launch/record-code.ts): a first build, a search,
 * a build of what changed, and one of what did not.
 */
function recordCode() {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-code-'));
  // Settings of the user's are not of this workspace.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('BATTBUILD_')),
  );
  const run = (command, ...args) => {
    const inputs = ['tasks', 'solvers', 'differs'].flatMap((name) => [
      `--${name}`,
      resolve('examples', name),
    ]);
    const outputs = ['--cache', join(folder, 'cache'), '--out', join(folder, 'out')];
    const recorded = ['--import', resolve('dist/launch/record-code.js'), resolve('dist/bundle/main.js')];
    execFileSync(process.execPath, [...recorded, command, ...inputs, ...outputs, ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  };
  const generated = join(folder, 'generated');
  mkdirSync(generated);
  const builds = ['--solvers', generated, '--jobs', '1'];
  run('build', ...builds);
  run('card', '--per-task', '4', '--into', generated);
  run('build', ...builds);
  run('build', ...builds);
  rmSync(folder, { recursive: true });
}
recordCode();
