/**
 * A build with a filled shared cache and an empty store, compared with a build with a filled store; and reading a
 * shard from the server, compared with reading it from the store. The server is an nginx on this machine, so the
 * figure does not include a network.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadChecksums } from '../../src/encoding/checksum.js';
import { SharedCache } from '../../src/remote-cache/shared-cache.js';
import { Store } from '../../src/store/store.js';
import type { ShardKey } from '../../src/store/tables/upkeep.js';
import { ServerAddress } from '../../src/workspace/config/server-address.js';
import { discard } from '../measure/discard.js';
import { atMost, type Figure, seen, Unmeasurable } from '../measure/figure.js';
import { NGINX, startNginx } from '../measure/nginx.js';
import { type MeasuredBuild, measureBuild } from '../measure/process.js';
import { alternate, median, timed } from '../measure/statistics.js';
import { type Bench, workspaceOf } from './bench.js';

const REPETITIONS = 3;

export const sharedCache: Bench = async (options) => {
  if (NGINX === null) throw new Unmeasurable('there is no nginx');
  await loadChecksums();
  const workspace = workspaceOf(options);
  const repetitions = Math.min(REPETITIONS, options.repetitions);
  const server = await startNginx();
  process.env['BATTBUILD_CACHE_REMOTE_UPLOAD_SECONDS'] = '600';
  process.env['BATTBUILD_CACHE_REMOTE_MODE'] = 'readwrite';
  try {
    forget(workspace);
    await measureBuild(workspace, '--remote-cache', server.url);
    process.env['BATTBUILD_CACHE_REMOTE_MODE'] = 'read';
    const kept = keepSteps(workspace, options.folder);
    const whole = await builds(workspace, server.url, kept, repetitions);
    process.env['BATTBUILD_PUBLISH_ENABLED'] = 'false';
    const bare = await builds(workspace, server.url, kept, repetitions);
    const { cellsRun, remote } = whole.last.summary;
    const notes = { cellsRun, hits: remote?.hits ?? 0, fetchedBytes: remote?.fetchedBytes ?? 0 };
    const baseline = (value: number) => ({ name: 'own store warm, its records gone', value });
    return [
      {
        ...atMost(
          'build with a warm shared cache and an empty store',
          whole.remote.wallMs,
          baseline(whole.local.wallMs),
          1.5,
          repetitions,
        ),
        notes,
      },
      seen({
        figure: 'the same without publishing: CPU time',
        measured: bare.remote.cpuMs,
        unit: 'ms',
        baseline: baseline(bare.local.cpuMs),
        repetitions,
      }),
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

const storeOf = (workspace: string) => join(workspace, 'cache/battbuild.db');

/** Copies the store without the records of selections; returns its path. */
function keepSteps(workspace: string, folder: string): string {
  const store = Store.open(join(workspace, 'cache'));
  store.write(() => {
    for (const { id } of store.upkeep.selections()) store.upkeep.removeSelection(id);
  });
  store.close();
  const kept = join(folder, 'shared-cache.db');
  copyFileSync(storeOf(workspace), kept);
  return kept;
}

interface Times {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Alternates builds with a filled and with an empty store; medians. */
async function builds(workspace: string, url: string, kept: string, repetitions: number) {
  const local: MeasuredBuild[] = [];
  const remote: MeasuredBuild[] = [];
  for (let k = 0; k < repetitions; k++) {
    forget(workspace);
    mkdirSync(join(workspace, 'cache'));
    copyFileSync(kept, storeOf(workspace));
    local.push(await measureBuild(workspace));
    forget(workspace);
    remote.push(await measureBuild(workspace, '--remote-cache', url));
  }
  const middle = (measured: readonly MeasuredBuild[]): Times => ({
    wallMs: median(measured.map(({ wallMs }) => wallMs)),
    cpuMs: median(measured.map(({ cpuMs }) => cpuMs)),
  });
  return { local: middle(local), remote: middle(remote), last: remote[remote.length - 1] };
}

/** Reads the shards of all phases of the workspace, as many in advance as a build. */
async function shards(workspace: string, url: string, repetitions: number): Promise<Figure> {
  const store = Store.open(join(workspace, 'cache'));
  const keys = store.upkeep.shards();
  const phasesOf = new Map<string, ShardKey[]>();
  for (const key of keys) phasesOf.set(key.shard, [...(phasesOf.get(key.shard) ?? []), key]);
  const wanted = new Map(
    keys.map((key) => [key, [...store.actions.read(key.phase, key.shard).entries.keys()]]),
  );
  const fromStore = () => timed(() => keys.map(({ phase, shard }) => store.actions.read(phase, shard)));
  const fromServer = () =>
    timed(async () => {
      const address = ServerAddress.parse(url, null);
      const cache = new SharedCache({ address, mode: 'read', maxBytes: 64_000_000 });
      cache.expect(
        [...phasesOf].map(([shard, phases]) => ({ shard, phases: phases.map(({ phase }) => phase) })),
      );
      for (const [shard, phases] of phasesOf) {
        for (const key of phases)
          if ((await cache.find(key, wanted.get(key) ?? [])).length === 0)
            throw new Error('a shard is missing');
        cache.finished(shard);
      }
      cache.close();
    });
  const [here, there] = await alternate(repetitions, [fromStore, fromServer]);
  store.close();
  return seen({
    figure: 'a phase of a shard from the shared cache',
    measured: there / keys.length,
    unit: 'ms',
    baseline: { name: 'a phase of a shard from the store', value: here / keys.length },
    repetitions,
    notes: { phases: keys.length, shards: phasesOf.size },
  });
}
