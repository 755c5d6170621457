/** Where compiled code is kept: in the cache folder, beside the store. */
import { join } from 'node:path';

export function codeFolder(cache: string): string {
  return join(cache, 'code');
}
