/**
 * A second machine with a warm shared cache, compared with a machine whose own store is warm; and a shard from the
 * server, compared with one from the store. The server is an nginx on this machine: the network is not in it.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadChecksums } from '../../src/encoding/checksum.js';
import { SharedCache } from '../../src/remote-cache/shared-cache.js';
import type { ActionKey } from '../../src/store/pack.js';
import { Store } from '../../src/store/store.js';
import { ServerAddress } from '../../src/workspace/server-address.js';
import { discard } from '../measure/discard.js';
import { atMost, type Figure, seen, Unmeasurable } from '../measure/figure.js';
import { NGINX, startNginx } from '../measure/nginx.js';
import { type MeasuredBuild, measureBuild } from '../measure/process.js';
import { alternate, median, timed } from '../measure/statistics.js';
import { type Bench, workspaceOf } from './bench.js';

const REPETITIONS = 5;

export const sharedCache: Bench = async (options) => {
  if (NGINX === null) throw new Unmeasurable('there is no nginx');
  const workspace = workspaceOf(options);
  const repetitions = Math.min(REPETITIONS, options.repetitions);
  await loadChecksums();
  const server = await startNginx();
  // Files are written in the same way by both: they would hide what differs.
  process.env['BATTBUILD_PUBLISH_ENABLED'] = 'false';
  process.env['BATTBUILD_CACHE_REMOTE_UPLOAD_SECONDS'] = '600';
  try {
    process.env['BATTBUILD_CACHE_REMOTE_MODE'] = 'readwrite';
    forget(workspace);
    await measureBuild(workspace, '--remote-cache', server.url);
    process.env['BATTBUILD_CACHE_REMOTE_MODE'] = 'read';
    return [
      await builds(workspace, server.url, options.folder, repetitions),
      await shards(workspace, server.url, repetitions),
    ];
  } finally {
    for (const name of ['PUBLISH_ENABLED', 'CACHE_REMOTE_MODE', 'CACHE_REMOTE_UPLOAD_SECONDS'])
      delete process.env[`BATTBUILD_${name}`];
    await server.stop();
  }
};

function forget(workspace: string): void {
  for (const part of ['cache', 'out']) discard(join(workspace, part));
}

/** By CPU time: the machine may have other work. */
async function builds(workspace: string, url: string, folder: string, repetitions: number): Promise<Figure> {
  const file = join(workspace, 'cache/battbuild.db');
  const kept = join(folder, 'shared-cache.db');
  const store = Store.open(join(workspace, 'cache'));
  store.write(() => {
    for (const { id } of store.upkeep.selections()) store.upkeep.removeSelection(id);
  });
  store.close();
  copyFileSync(file, kept);
  const walls: { local: number[]; remote: number[] } = { local: [], remote: [] };
  let last: MeasuredBuild | null = null;
  const local = async () => {
    forget(workspace);
    mkdirSync(join(workspace, 'cache'));
    copyFileSync(kept, file);
    const { cpuMs, wallMs } = await measureBuild(workspace);
    walls.local.push(wallMs);
    return cpuMs;
  };
  const remote = async () => {
    forget(workspace);
    last = await measureBuild(workspace, '--remote-cache', url);
    walls.remote.push(last.wallMs);
    return last.cpuMs;
  };
  const [localMs, remoteMs] = await alternate(repetitions, [local, remote]);
  const baseline = { name: 'own store warm, its records gone', value: localMs };
  const figure = atMost('warm shared cache, empty store: CPU', remoteMs, baseline, 1.5, repetitions);
  const { summary } = last as unknown as MeasuredBuild;
  const { hits = 0, fetchedBytes = 0 } = summary.remote ?? {};
  const wall = `${Math.round(median(walls.remote))} to ${Math.round(median(walls.local))} ms`;
  return { ...figure, notes: { cellsRun: summary.cellsRun, hits, fetchedBytes, wall } };
}

/** Everything that is known of the workspace: one shard after another, as many ahead as a build has. */
async function shards(workspace: string, url: string, repetitions: number): Promise<Figure> {
  const store = Store.open(join(workspace, 'cache'));
  const keys = store.upkeep.shards();
  const wanted = keys.map(({ phase, shard }): readonly ActionKey[] => [
    ...store.actions.read(phase, shard).entries.keys(),
  ]);
  const fromStore = () => timed(() => keys.map(({ phase, shard }) => store.actions.read(phase, shard)));
  const fromServer = () =>
    timed(async () => {
      const address = ServerAddress.parse(url, null);
      const cache = new SharedCache({ address, mode: 'read', maxBytes: 64_000_000 });
      const subjects = keys.map((shard) => ({ name: JSON.stringify(shard), shards: [shard] }));
      cache.expect(subjects);
      for (const [k, subject] of subjects.entries()) {
        if ((await cache.find(keys[k], wanted[k])).length === 0) throw new Error('a shard is missing');
        cache.finished(subject);
      }
      cache.close();
    });
  const [here, there] = await alternate(repetitions, [fromStore, fromServer]);
  store.close();
  return seen({
    figure: 'a shard from the shared cache',
    measured: there / keys.length,
    unit: 'ms',
    baseline: { name: 'a shard from the store', value: here / keys.length },
    repetitions,
    notes: { shards: keys.length },
  });
}
