/** A module for `--require`: it prints at the end which files of the program a process has loaded, see there. */
import { fileURLToPath } from 'node:url';

export const LOADED = fileURLToPath(new URL('fixtures/loaded.cjs', import.meta.url));
