/** The quick tests: those that start no program, no browser and no long-running check. `npm test` runs all tests. */
import { defineConfig } from 'vitest/config';
import all from './vitest.config.js';

/** Excluded: whole builds, commands and documents end to end, and tests with many random or hostile inputs. */
const LONG = [
  'test/*.test.ts',
  'test/bench/**',
  'test/build/*.test.ts',
  'test/build/{causes,explain,graph,upkeep}/**',
  'test/build/run/evaluator*.test.ts',
  'test/cli/*.test.ts',
  'test/cli/commands/**',
  'test/cli/live/watch/keys.test.ts',
  'test/crash/**',
  'test/determinism/**',
  'test/distribution/{builds,contract,failures,network,python,step-cache,terminal,tls}.test.ts',
  'test/dsl/{conformance,dialect-conformance,limits}.test.ts',
  'test/dsl/primitives/{layouts,patches/patch-layouts}.test.ts',
  'test/encoding/**',
  'test/engine/{merged-equals-plain,output,required,runaway}.test.ts',
  'test/fingerprint/compiled.test.ts',
  'test/lang/{inline,rewriting,size}.test.ts',
  'test/launch/**',
  'test/nodes/**',
  'test/poison/**',
  'test/python/**',
  'test/remote-cache/**',
  'test/report/**',
  'test/search/{mutation,population}/**',
  'test/search/mutations.test.ts',
  'test/search/submission/submit.test.ts',
  'test/search/types/inference.test.ts',
  'test/store/{opening,read-only,sharing,unclean-end}.test.ts',
  'test/trouble/**',
  'test/watch/{broken-sample,rebuilder,run-watch}.test.ts',
  'test/watch/files/{chokidar-trouble,chokidar-watcher,tricks}.test.ts',
  'test/workers/{ahead,answers,contexts,contract,ending,lost,outlet}.test.ts',
];

export default defineConfig({ ...all, test: { ...all.test, exclude: LONG, retry: 0 } });
