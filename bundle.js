import { chmodSync, copyFileSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'rolldown';

/**
 * The last step of compiling: a few files instead of two hundred, since loading modules one by one is most of what a
 * null build takes. `start` is what every command loads to find its workspace, `quick` what a null build loads then,
 * with what Node kept of its compiled form, `work` what a build loads that has something to do; what only
 * other commands load stands apart.
 */
const start = loadedWith('dist/cli/main.js', 'dist/cli/live/build-runner.js');
const quick = loadedWith('dist/build/build.js');
const work = loadedWith('dist/build/changed-build.js', 'dist/build/selection/selection.js');

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

/** Installed packages are not bundled, except for the two that every build loads: a dozen small files. */
const external = [/^(?!better-sqlite3|xxhash-wasm)[^./]/];

/**
 * The file of better-sqlite3 that finds its compiled part beside itself, so it must be loaded from where it is
 * installed.
 */
const installedBinding = {
  name: 'installed-binding',
  load(id) {
    if (!id.endsWith(join('better-sqlite3', 'lib', 'binding.js'))) return null;
    return `const { dirname, join } = require('node:path');
      const manifest = require.resolve('better-sqlite3/package.json');
      module.exports = require(join(dirname(manifest), 'lib', 'binding.js'));`;
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
  {
    input: { main: 'dist/launch/main.js' },
    external,
    plugins: [installedBinding],
    platform: 'node',
    // Some modules are loaded dynamically by one module and statically by another, on purpose.
    checks: { ineffectiveDynamicImport: false },
    output: {
      ...output,
      codeSplitting: {
        groups: [
          { name: 'start', test: (id) => start.has(id), priority: 3 },
          { name: 'quick', test: (id) => quick.has(id), priority: 2 },
          { name: 'work', test: (id) => work.has(id), priority: 1 },
        ],
      },
    },
  },
  { input: { 'worker-main': 'dist/workers/worker-main.js' }, external, platform: 'node', output },
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
    plugins: [installedBinding],
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
  for (const { fileName } of files) {
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
