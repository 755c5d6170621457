/**
 * Lets Node keep battbuild's own code in compiled form beside the store, so that later commands need not compile it.
 * See `module.enableCompileCache` in Node's documentation: entries carry checksums of the source and of themselves, so
 * that a stale or damaged one is ignored, and a folder that cannot be written is no error.
 */
import { codeFolder, isCacheFolder } from '../workspace/cache-folder.js';
import { nodeFileSystem } from '../workspace/node-file-system.js';

/**
 * Concerns what is loaded from now on. Nothing is kept where there is no store yet: a command that only looks writes no
 * folder of its own.
 */
export function enableCodeCache(cache: string): void {
  if (!isCacheFolder(nodeFileSystem, cache)) return;
  process.getBuiltinModule('node:module').enableCompileCache(codeFolder(cache));
}
