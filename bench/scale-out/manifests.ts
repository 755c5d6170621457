/**
 * What it costs to keep the lists of packs of a shared cache right, without a compare-and-swap of the server, in four ways:
 * `node dist-bench/bench/scale-out/manifests.js [--machines N] [--packs N] [--shards N]`. Needs an installed nginx.
 * Prints one JSON line for each way and pace: packs that got lost of those that machines entered into one list at the
 * same time, and what a reader pays a shard.
 */
import { parseArgs } from 'node:util';
import { sha256Hex } from '../../src/encoding/digest.js';
import { Gate } from '../../src/remote-cache/gate.js';
import { HttpCache } from '../../src/remote-cache/http-cache.js';
import { ShardReader } from '../../src/remote-cache/shard-reader.js';
import { ShardWriter } from '../../src/remote-cache/shard-writer.js';
import { Transfer } from '../../src/remote-cache/transfer.js';
import { type ActionKey, NO_RUN, type Pack } from '../../src/store/pack.js';
import { ServerAddress } from '../../src/workspace/config/server-address.js';
import { NGINX, startNginx } from '../measure/nginx.js';
import { timed } from '../measure/statistics.js';

const { values } = parseArgs({
  options: {
    machines: { type: 'string', default: '4' },
    packs: { type: 'string', default: '8' },
    shards: { type: 'string', default: '400' },
  },
});
const [machines, packs, shards] = [values.machines, values.packs, values.shards].map(Number);

/** Milliseconds between two packs of one machine. */
const PACES = [0, 1000];

/** As many requests at once as a build. */
const UNDER_WAY = 16;

const ROUNDS = 7;

const MAX_BYTES = 64_000_000;

interface Way {
  readonly name: string;
  /** The lists of a shard. */
  readonly slots: number;
  slotOf(machine: number): number;
  /** How often a writer checks that its pack is still listed; if absent, as often as battbuild. */
  readonly checks?: number;
}

const WAYS: readonly Way[] = [
  { name: 'one list, written once', slots: 1, slotOf: () => 0, checks: 0 },
  { name: 'one list, looked at again', slots: 1, slotOf: () => 0 },
  {
    name: 'eight lists, by the digest of the machine',
    slots: 8,
    slotOf: (machine) => Number.parseInt(sha256Hex(`machine ${machine}`).slice(0, 8), 16) % 8,
    checks: 0,
  },
  { name: 'a list for each machine', slots: machines, slotOf: (machine) => machine, checks: 0 },
];

function shardOf(way: Way, shard: string, slot: number): string {
  return [way.name, shard, ...(way.slots === 1 ? [] : [slot])].join('\0');
}

/** A machine's connection to the server; counts the requests. */
function machineAt(url: string) {
  const address = ServerAddress.parse(url, null);
  const http = new HttpCache(address, { timeoutMs: 5000, maxBytes: MAX_BYTES, connections: UNDER_WAY });
  const gate = new Gate();
  const reader = new ShardReader(http, gate, new Transfer(), MAX_BYTES);
  return { http, gate, reader };
}

function writerAt(url: string, checks: number | undefined) {
  const { http, gate, reader } = machineAt(url);
  let requests = 0;
  for (const method of ['get', 'put'] as const) {
    const send = http[method].bind(http) as (...args: unknown[]) => ReturnType<HttpCache['get']>;
    http[method] = (...args: unknown[]) => {
      requests++;
      return send(...args);
    };
  }
  const writer = new ShardWriter({
    ...{ http, gate, reader, bundles: reader, maxBytes: MAX_BYTES, transfer: new Transfer() },
    ...{ held: null, sent: () => {} },
    ...(checks === undefined ? {} : { checks }),
  });
  const close = () => {
    writer.close();
    http.close();
  };
  return { writer, close, requests: () => requests };
}

function packOf(name: string): Pack {
  const key = Buffer.from(sha256Hex(name), 'hex').toString('latin1') as ActionKey;
  return { entries: [{ key, micros: 1, run: NO_RUN, value: Buffer.from(name) }], blobs: new Map() };
}

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** All machines enter their packs into the lists of one shard; returns what is listed, and the requests a pack. */
async function write(url: string, way: Way, paceMs: number) {
  const shard = `pace ${paceMs}`;
  const writers = Array.from({ length: machines }, () => writerAt(url, way.checks));
  await Promise.all(
    writers.map(async ({ writer }, machine) => {
      const name = shardOf(way, shard, way.slotOf(machine));
      for (let k = 0; k < packs; k++) {
        writer.offer({ phase: 'phase', shard: name }, packOf(`${way.name} ${shard} ${machine} ${k}`));
        writer.release(name);
        await pass(paceMs);
      }
      await writer.drained();
    }),
  );
  const requests = writers.reduce((sum, one) => sum + one.requests(), 0);
  for (const one of writers) one.close();
  const { http, reader } = machineAt(url);
  let listed = 0;
  for (let slot = 0; slot < way.slots; slot++)
    listed += (await reader.manifest(shardOf(way, shard, slot)))?.length ?? 0;
  http.close();
  return { listed, requestsPerPack: requests / (machines * packs) };
}

/**
 * Time of a reader that asks for all lists of so many shards, a shard; each has one pack, of the first machine. The
 * fastest of several rounds: what else the machine does only adds.
 */
async function read(url: string, way: Way): Promise<number> {
  const { writer, close } = writerAt(url, 0);
  for (let k = 0; k < shards; k++) {
    const shard = shardOf(way, `${k}`, way.slotOf(0));
    writer.offer({ phase: 'phase', shard }, packOf(`${way.name} ${k}`));
  }
  await writer.drained();
  close();
  const { http, reader } = machineAt(url);
  let fastestMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const asked = Array.from({ length: shards }, (_, k) => k);
    const ask = async () => {
      for (let k = asked.shift(); k !== undefined; k = asked.shift()) {
        const lists = Array.from({ length: way.slots }, (_, slot) => shardOf(way, `${k}`, slot));
        await Promise.all(lists.map((list) => reader.manifest(list)));
      }
    };
    const ms = await timed(() => Promise.all(Array.from({ length: UNDER_WAY }, ask)));
    fastestMs = Math.min(fastestMs, ms);
  }
  http.close();
  return fastestMs / shards;
}

if (NGINX === null) throw new Error('there is no nginx');
const server = await startNginx();
try {
  for (const way of WAYS) {
    const readMs = await read(server.url, way);
    for (const paceMs of PACES) {
      const { listed, requestsPerPack } = await write(server.url, way, paceMs);
      const line = {
        ...{ figure: 'lists of packs', way: way.name, machines, packs: machines * packs, paceMs },
        ...{ lost: machines * packs - listed, requestsPerPack: Number(requestsPerPack.toFixed(1)) },
        ...{ readMsPerShard: Number(readMs.toFixed(3)), readRequestsPerShard: way.slots },
      };
      console.log(JSON.stringify(line));
    }
  }
} finally {
  await server.stop();
}
