/** Opens the shared cache of a workspace. */
import { filePhases, taskPhases } from '../../phases/phases.js';
import type { SharedCache } from '../../remote-cache/shared-cache.js';
import type { Pack } from '../../store/pack.js';
import type { Store } from '../../store/store.js';
import type { Shard } from '../../store/tables/action-cache.js';
import type { Workspace } from '../../workspace/workspace.js';

/** Null if none is configured: then none of its modules is loaded. */
export async function openSharedCache(
  workspace: Workspace,
  store: Store,
  timeoutMs?: number,
): Promise<SharedCache | null> {
  const { remote: address, settings } = workspace;
  if (address === null) return null;
  const { SharedCache: Cache } = await import('../../remote-cache/shared-cache.js');
  return new Cache({
    address,
    mode: settings['cache.remote.mode'].value,
    maxBytes: settings['cache.remote.maxMegabytes'].value * 1_000_000,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    isHere: ({ phase, shard }) => store.actions.has(phase, shard),
    held: (shard) => {
      const phases = [...filePhases, ...taskPhases].filter(({ kind }) => kind === 'steps');
      return new Map(phases.map(({ name }) => [name, packOf(store.actions.read(name, shard))]));
    },
  });
}

function packOf({ entries, blobs }: Shard): Pack {
  return { entries: [...entries.values()], blobs };
}
