/** Turns reports of the store into diagnostics for the user. */
import type { Diagnostic } from '../../diagnostic.js';
import type { StoreNotice } from '../../store/database.js';
import type { Store } from '../../store/store.js';
import type { Workspace } from '../../workspace/workspace.js';

export function storeNotice(notice: StoreNotice): Diagnostic {
  const place = { file: notice.file, line: null, column: null };
  if (notice.kind === 'set-aside') {
    const message = `the store could not be used, ${notice.reason}; it was kept as ${notice.kept} and begun anew`;
    return {
      code: 'STORE001',
      severity: 'warning',
      ...place,
      message,
      hint: 'delete the kept file when you do not need it',
    };
  }
  if (notice.kind === 'read-only') {
    const message = `the store can only be read (${notice.reason}): this build is not remembered`;
    return { code: 'STORE005', severity: 'warning', ...place, message, hint: null };
  }
  const message = `the store cannot be written (${notice.reason}): this build is not remembered`;
  return { code: 'STORE002', severity: 'error', ...place, message, hint: 'choose another folder (--cache)' };
}

export function writeTrouble(store: Store): Diagnostic {
  const place = { file: store.file, line: null, column: null };
  if (store.damaged) {
    return {
      code: 'STORE004',
      severity: 'warning',
      ...place,
      message: `the store could not be used any further, ${store.writeTrouble}; it is kept under another name, and the next build begins anew`,
      hint: 'delete the kept file when you do not need it',
    };
  }
  return {
    code: 'STORE003',
    severity: 'error',
    ...place,
    message: `the store could no longer be written (${store.writeTrouble}): what came after is not remembered`,
    hint: 'make room, or choose another folder (--cache)',
  };
}

/** `message` describes a problem of the shared cache. A build does not need the cache, so this is not an error. */
export function sharedTrouble(message: string, { settings }: Workspace): Diagnostic {
  const { origin } = settings['cache.remote'];
  const place =
    origin.kind === 'file'
      ? { file: origin.file, line: origin.line }
      : { file: origin.kind === 'flag' ? origin.flag : 'BATTBUILD_CACHE_REMOTE', line: null };
  const hint = 'nothing depends on it: look at the server, or leave out "cache.remote"';
  return { code: 'CACHE001', severity: 'warning', ...place, column: null, message, hint };
}
