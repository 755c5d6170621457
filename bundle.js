import { chmodSync, copyFileSync, readFileSync } from 'node:fs';
import { build } from 'rolldown';

/**
 * The last step of compiling: a few files instead of two hundred, since loading modules one by one is most of what a
 * null build takes. `quick` is what a null build needs, `work` what all others do.
 */
const quick = [
  /dist\/(store|workspace|encoding|text)\//,
  /dist\/build\/(build|phase-counters|published-state|scan|selection|selection-state|session|store-diagnostics)\.js/,
  /dist\/cli\/(command-line|build-face|context|exit|guard|quick-arguments|workspace)\.js/,
  /dist\/cli\/render\/(amounts|phase-order|printable|style|summary|table)\.js/,
  /dist\/(lang\/suggest|phases\/fingerprints|task\/json-(file|source|value))\.js/,
];
const work = /dist\/(build|phases|engine|lang|dsl|task|workers|observe|search)\//;

/** Installed packages stay what they are. */
const external = [/^[^./]/];
const output = {
  dir: 'dist/bundle',
  format: 'esm',
  chunkFileNames: '[name].js',
  entryFileNames: '[name].js',
};

/** The style of the report's page, beside its script. */
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
    input: { main: 'dist/cli/main.js' },
    external,
    platform: 'node',
    // That a module is loaded lazily by one and eagerly by another is as it should be.
    checks: { ineffectiveDynamicImport: false },
    output: {
      ...output,
      codeSplitting: {
        groups: [
          { name: 'quick', test: (id) => quick.some((pattern) => pattern.test(id)), priority: 2 },
          { name: 'work', test: work, priority: 1 },
        ],
      },
    },
  },
  { input: { 'worker-main': 'dist/workers/worker-main.js' }, external, platform: 'node', output },
  {
    input: { 'report-page': 'dist/report/page/main.js' },
    platform: 'browser',
    plugins: [pageStyle],
    // One classic script: it stands in a page.
    output: { ...output, format: 'iife', minify: true },
  },
];

// Not by rolldown's own command line, which lists every file that it writes.
for (const bundle of bundles) await build({ ...bundle, logLevel: 'warn' });

// What `battbuild explain CODE` prints.
copyFileSync('docs/errors.md', 'dist/bundle/errors.md');

// What package.json names as the program must be executable: `npx battbuild` runs it as it is.
chmodSync('dist/bundle/main.js', 0o755);
