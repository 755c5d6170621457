/**
 * Lets Node keep battbuild's own code in compiled form beside the store, so that later commands need not compile it.
 * See `module.enableCompileCache` in Node's documentation: entries carry checksums of the source and of themselves, so
 * that a stale or damaged one is ignored, and a folder that cannot be written is no error.
 */
import { codeFolder, isCacheFolder } from '../workspace/cache-folder.js';
import { nodeFileSystem } from '../workspace/node-file-system.js';

/**
 * Applies to all modules that are loaded later. Without a store nothing is written: a command that only reads creates
 * no folder.
 */
export function enableCodeCache(cache: string): void {
  if (!isCacheFolder(nodeFileSystem, cache)) return;
  process.getBuiltinModule('node:module').enableCompileCache(codeFolder(cache));
}
