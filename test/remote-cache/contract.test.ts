/** The store's contract, held by a shared cache: on a server of the test, and on an nginx. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { NGINX, type Nginx, startNginx } from '../../bench/measure/nginx.js';
import { SharedCache } from '../../src/remote-cache/shared-cache.js';
import type { ActionKey, BlobKey, Pack, PackEntry } from '../../src/store/pack.js';
import { ServerAddress } from '../../src/workspace/config/server-address.js';
import { type ContractStore, describeStore } from '../store/contract.js';
import { CacheServer } from './cache-server.js';

/** A process that may write. */
function storeAt(url: string): ContractStore {
  const address = ServerAddress.parse(url, null);
  const cache = new SharedCache({ address, mode: 'readwrite', maxBytes: 8_000_000 });
  onTestFinished(() => cache.close());
  return {
    async put(phase, shard, pack) {
      cache.offer({ phase, shard }, pack);
      await cache.settle(60_000);
    },
    async find(phase, shard, keys) {
      const packs = await cache.find({ phase, shard }, keys);
      return unionOf(packs.toReversed());
    },
  };
}

/** The outputs of the last count. */
function unionOf(packs: readonly Pack[]) {
  const entries = new Map<ActionKey, PackEntry>();
  const blobs = new Map<BlobKey, Uint8Array>();
  for (const pack of packs) {
    for (const entry of pack.entries) entries.set(entry.key, entry);
    for (const [key, blob] of pack.blobs) blobs.set(key, blob);
  }
  return { entries, blobs };
}

/** The last byte is that of a bundle, also of one that stands in its manifest. */
function changed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] ^= 1;
  return copy;
}

describeStore('a shared cache', async () => {
  const server = await CacheServer.start();
  onTestFinished(() => server.stop());
  return {
    open: async () => storeAt(server.url),
    async damage() {
      for (const [path, bytes] of server.objects) server.objects.set(path, changed(bytes));
    },
  };
});

describe.skipIf(NGINX === null)('on a real server (skipped where there is no nginx)', () => {
  let server: Nginx;
  let places = 0;
  beforeAll(async () => {
    server = await startNginx();
  });
  afterAll(() => server.stop());

  describeStore('a shared cache', async () => {
    // Names of shards of its own: the server is the same for all.
    const prefix = `${places++} `;
    return {
      async open() {
        const store = storeAt(server.url);
        return {
          put: (phase, shard, pack) => store.put(phase, prefix + shard, pack),
          find: (phase, shard, keys) => store.find(phase, prefix + shard, keys),
        };
      },
      async damage() {
        for (const kind of ['ac', 'cas'] as const) {
          for (const name of server.stored(kind)) {
            const path = join(server.folder, 'data', kind, name);
            writeFileSync(path, changed(readFileSync(path)));
          }
        }
      },
    };
  });
});
