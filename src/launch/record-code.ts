/**
 * Preloaded (`--import`) when the program is compiled: stores the compiled code of the program's files beside them,
 * for `compiled-code.ts`, with all functions that have run in this process or in those before it.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import vm from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { FULL_YOUNG_SPACE, MANY_CLASSES } from '../v8-options.js';

/** Milliseconds between two records of a worker, because a worker is ended without notice. */
const INTERVAL_MS = 20;

const loaded = new Map<string, vm.Script>();

class Recorded extends vm.Script {
  constructor(code: string, options?: vm.ScriptOptions | string) {
    super(code, options);
    const file = typeof options === 'object' ? options.filename : undefined;
    if (file !== undefined) loaded.set(file, this);
  }
}

Object.assign(vm, { Script: Recorded });

/** V8's default of the option that a long build sets (build/session/young-space.ts). */
const GROWING = '--semi-space-growth-factor=2';

/** The options under which the files of a thread are loaded: V8's defaults, or what is set with the first worker. */
const AT_START = isMainThread
  ? [GROWING, '--min-semi-space-size=0', '--max-valid-polymorphic-map-count=4']
  : [GROWING, FULL_YOUNG_SPACE, MANY_CLASSES];

function record(): void {
  // V8 takes code only under the options under which it was stored.
  for (const option of AT_START) setFlagsFromString(option);
  for (const [file, script] of loaded) {
    const code = `${file}.code`;
    writeFileSync(`${code}.new`, script.createCachedData());
    renameSync(`${code}.new`, code);
  }
}

if (isMainThread) process.on('exit', record);
else setInterval(record, INTERVAL_MS).unref();
