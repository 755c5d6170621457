/** The shared cache as a build or a worker sees it: what was offered is found, and what goes wrong is a miss. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256Binary } from '../../src/encoding/digest.js';
import { MOST_FAILURES } from '../../src/remote-cache/gate.js';
import { decodeManifest, encodeManifest, type Manifest } from '../../src/remote-cache/manifest.js';
import { SharedCache, type SharedCacheOptions } from '../../src/remote-cache/shared-cache.js';
import { type ActionKey, NO_RUN, type Pack } from '../../src/store/pack.js';
import { ServerAddress } from '../../src/workspace/config/server-address.js';
import { CacheServer, FAULTS } from './cache-server.js';

const SHARD = { phase: 'validate', shard: 'some task' };

const keyOf = (name: string) => sha256Binary(name) as ActionKey;

/** Steps whose outputs are their names, and a blob for each. */
function packOf(...names: readonly string[]): Pack {
  return {
    entries: names.map((name) => ({ key: keyOf(name), micros: 7, run: 3, value: Buffer.from(name) })),
    blobs: new Map(names.map((name) => [name.padEnd(16), Buffer.from(`blob of ${name}`)])),
  };
}

let server: CacheServer;
const opened: SharedCache[] = [];

beforeEach(async () => {
  server = await CacheServer.start();
});
afterEach(async () => {
  for (const cache of opened.splice(0)) cache.close();
  await server.stop();
});

function open(options: Partial<SharedCacheOptions> = {}): SharedCache {
  const address = ServerAddress.parse(server.url, null);
  const cache = new SharedCache({ address, mode: 'readwrite', maxBytes: 1_000_000, ...options });
  opened.push(cache);
  return cache;
}

/** Offers steps, as a machine that does nothing else, and waits until they are sent. */
async function share(...names: readonly string[]): Promise<void> {
  const cache = open();
  cache.offer(SHARD, packOf(...names));
  await cache.settle(10_000);
  expect(cache.counts).toMatchObject({ failures: 0, unsent: 0 });
  cache.close();
}

/** The values of the steps that are found, by a machine that never asked before. */
async function foundBy(cache: SharedCache, ...names: readonly string[]): Promise<string[]> {
  const packs = await cache.find(SHARD, names.map(keyOf));
  const values = packs.flatMap(({ entries }) => entries.map(({ value }) => Buffer.from(value).toString()));
  return [...new Set(values)].sort();
}

const gets = (kind: 'ac' | 'cas') =>
  server.requests.filter(({ method, path }) => method === 'GET' && path.startsWith(`/${kind}/`)).length;

function manifest(): Manifest {
  const [path] = server.paths('ac');
  return decodeManifest(server.objects.get(path) as Buffer) as Manifest;
}

/** Takes the newest bundle out of the manifest, which names it as before. */
function withoutContent(): void {
  const [path] = server.paths('ac');
  const content = server.objects.get(path) as Buffer;
  server.objects.set(path, content.subarray(0, content.indexOf('\n') + 1));
}

describe('what was offered', () => {
  it('is found by others, with its blobs, and as made by no run of theirs', async () => {
    await share('a', 'b');
    const [pack] = await open().find(SHARD, [keyOf('a')]);
    expect(pack.entries).toEqual(
      ['a', 'b'].map((name) => ({
        key: keyOf(name),
        micros: 7,
        run: NO_RUN,
        value: new Uint8Array(Buffer.from(name)),
      })),
    );
    expect([...pack.blobs.keys()]).toEqual(['a'.padEnd(16), 'b'.padEnd(16)]);
  });

  it('is found in its own shard only', async () => {
    await share('a');
    const other = open();
    expect(await other.find({ ...SHARD, phase: 'score' }, [keyOf('a')])).toEqual([]);
    expect(await other.find({ ...SHARD, shard: 'another' }, [keyOf('a')])).toEqual([]);
    expect(other.counts.failures).toBe(0);
  });

  it('of all phases of a shard is sent together, and each phase finds its own', async () => {
    const cache = open();
    cache.offer(SHARD, packOf('a', 'b'));
    cache.offer({ ...SHARD, phase: 'score' }, packOf('c'));
    await cache.settle(10_000);
    expect(manifest().map(({ keys }) => keys.length)).toEqual([3]);
    const other = open();
    expect(await foundBy(other, 'a', 'c')).toEqual(['a', 'b']);
    const [scored] = await other.find({ ...SHARD, phase: 'score' }, [keyOf('c')]);
    expect([...scored.blobs.keys()]).toEqual(['c'.padEnd(16)]);
    expect(await other.find({ ...SHARD, phase: 'inline' }, [keyOf('c')])).toEqual([]);
  });

  it('stands beside what others offered', async () => {
    await share('a');
    await share('b');
    await share('c');
    expect(await foundBy(open(), 'a', 'b', 'c')).toEqual(['a', 'b', 'c']);
  });

  it('is sent once', async () => {
    await share('a', 'b');
    await share('a', 'b');
    await share('b', 'c');
    expect(server.paths('cas')).toHaveLength(2);
    expect(manifest().map(({ keys }) => keys.length)).toEqual([1, 2]);
  });

  it('is fetched by those who miss some of it, and by no others', async () => {
    await share('a');
    await share('b');
    const cache = open();
    expect(await foundBy(cache, 'a')).toEqual(['a']);
    expect(gets('cas')).toBe(1);
    expect(await foundBy(cache, 'x')).toEqual([]);
    expect(gets('cas')).toBe(1);
  });

  it('comes with the list of what there is, when it is the newest and small', async () => {
    const large = Buffer.from(Array.from({ length: 40_000 }, (_, k) => ((k * k * 31) % 251) ^ (k >> 7)));
    const cache = open();
    cache.offer(SHARD, { ...packOf('a'), blobs: new Map([['large'.padEnd(16), large]]) });
    await cache.settle(10_000);
    await share('b');
    const other = open();
    expect(await foundBy(other, 'b')).toEqual(['b']);
    expect(gets('cas')).toBe(0);
    const [pack] = await other.find(SHARD, [keyOf('a')]);
    expect(gets('cas')).toBe(1);
    expect(Buffer.from(pack.blobs.get('large'.padEnd(16)) as Uint8Array)).toEqual(large);
  });

  it('is put together when the server has it in many parts', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const name of names) await share(name);
    expect(manifest()).toHaveLength(8);
    const cache = open({ held: () => new Map([[SHARD.phase, packOf(...names.slice(1), 'new')]]) });
    cache.offer(SHARD, packOf('new'));
    await cache.settle(10_000);
    // What is not here stays as it was.
    expect(manifest().map(({ keys }) => keys.length)).toEqual([8, 1]);
    expect(await foundBy(open(), ...names, 'new')).toEqual([...names, 'new']);
  });

  it('is entered again when another wrote the manifest at the same time', async () => {
    const caches = ['a', 'b'].map((name) => {
      const cache = open();
      cache.offer(SHARD, packOf(name));
      return cache;
    });
    // Both have read the manifest before one is written, and both are written before one is read again.
    const held: Record<string, (() => void)[]> = { GET: [], PUT: [] };
    server.fault = ({ method, path }, response, _, body) => {
      if (!path.startsWith('/ac/') || held[method].length === 2) return false;
      held[method].push(() => {
        if (method === 'PUT') server.objects.set(path, body);
        response.writeHead(method === 'PUT' ? 201 : 404).end();
      });
      if (held[method].length === 2) for (const answer of held[method]) answer();
      return true;
    };
    await Promise.all(caches.map((cache) => cache.settle(10_000)));
    expect(await foundBy(open(), 'a', 'b')).toEqual(['a', 'b']);
  });

  it('of one shard in many parts is entered one after another', async () => {
    const cache = open();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      cache.offer(SHARD, packOf(name));
      cache.finished(SHARD.shard);
    }
    await cache.settle(10_000);
    expect(manifest()).toHaveLength(6);
  });

  it.each([
    ['lost', () => void server.objects.delete(server.paths('cas')[0])],
    ['damaged', () => void server.objects.set(server.paths('cas')[0], Buffer.from('?'))],
  ])('is sent again by who may write, and misses it, when the server has %s it', async (_, harm) => {
    await share('a', 'b');
    withoutContent();
    harm();
    const cache = open();
    expect(await foundBy(cache, 'a', 'b')).toEqual([]);
    cache.offer(SHARD, packOf('a', 'b', 'c'));
    await cache.settle(10_000);
    expect(manifest().map(({ keys }) => keys.length)).toEqual([3]);
    expect(await foundBy(open(), 'a', 'b', 'c')).toEqual(['a', 'b', 'c']);
    // The same bytes, too, are there again.
    const same = server.paths('cas').filter((path) => path.endsWith(manifest()[0].digest));
    for (const path of same) server.objects.delete(path);
    withoutContent();
    const other = open();
    expect(await foundBy(other, 'c')).toEqual([]);
    other.offer(SHARD, packOf('a', 'b', 'c'));
    await other.settle(10_000);
    expect(await foundBy(other, 'c')).toEqual(['a', 'b', 'c']);
  });

  it('in a form that is unknown here stays listed, and is sent in one that is known', async () => {
    await share('a', 'b');
    const [path] = server.paths('ac');
    const unknown = manifest().map(({ content: _, ...bundle }) => ({ ...bundle, coding: 'unheard-of' }));
    server.objects.set(path, Buffer.from(encodeManifest(unknown)));
    expect(await foundBy(open(), 'a')).toEqual([]);
    await share('c');
    expect(manifest().map(({ coding }) => coding === 'unheard-of')).toEqual([false, true]);
    await share('a', 'b');
    expect(manifest().map(({ keys }) => keys.length)).toEqual([2, 1]);
    expect(await foundBy(open(), 'a', 'b', 'c')).toEqual(['a', 'b', 'c']);
  });

  it('is not sent where the cache is only read', async () => {
    const cache = open({ mode: 'read' });
    cache.offer(SHARD, packOf('a'));
    await cache.settle(10_000);
    expect(server.requests).toEqual([]);
  });

  it('is not sent when it is larger than what is taken', async () => {
    const cache = open({ maxBytes: 100 });
    cache.offer(SHARD, packOf('a', 'b', 'c'));
    await cache.settle(10_000);
    expect([server.paths('cas'), cache.counts.unsent]).toEqual([[], 1]);
  });
});

describe('what a build waits for at its end', () => {
  it('ends with the time for it, and what is left is counted', async () => {
    server.fault = FAULTS['answers nothing'];
    const cache = open();
    for (const shard of ['1', '2', '3', '4', '5', '6']) cache.offer({ ...SHARD, shard }, packOf('a'));
    await cache.settle(50);
    cache.close();
    expect(cache.counts).toMatchObject({ sent: 0, unsent: 6 });
    // Nothing went wrong: no time was left.
    expect(cache.trouble()).toBeNull();
  });

  it('ends when it is told to', async () => {
    server.fault = FAULTS['answers nothing'];
    const cache = open();
    cache.offer(SHARD, packOf('a'));
    const stop = new AbortController();
    const settled = cache.settle(60_000, stop.signal);
    stop.abort();
    await settled;
    cache.close();
    expect(cache.counts.unsent).toBe(1);
  });
});

describe('a server that fails', () => {
  beforeEach(() => share('a'));

  it.each(Object.keys(FAULTS))('%s: is a miss, and is told of', async (name) => {
    server.fault = FAULTS[name];
    const cache = open({ timeoutMs: 200 });
    expect(await foundBy(cache, 'a')).toEqual([]);
    expect(cache.trouble()).toContain(`the shared cache ${server.url} failed once (`);
    expect(cache.trouble()).toBeNull();
  });

  it('is asked no more after so many failures in a row', async () => {
    server.fault = FAULTS['answers 500'];
    const before = server.requests.length;
    const cache = open();
    for (let k = 0; k < 20; k++) await cache.find({ ...SHARD, shard: String(k) }, [keyOf('a')]);
    expect(server.requests.length - before).toBe(MOST_FAILURES);
    expect(cache.counts.off).toBe(true);
    expect(cache.trouble()).toContain('it is left alone for the rest of this run');
  });

  it('now and then is asked on', async () => {
    const cache = open();
    let asked = 0;
    server.fault = (request, response, content, body) =>
      ++asked % 2 === 0 && FAULTS['answers 500'](request, response, content, body);
    for (let k = 0; k < 20; k++) await cache.find({ ...SHARD, shard: String(k) }, [keyOf('a')]);
    expect(cache.counts).toMatchObject({ failures: 10, off: false });
  });

  it('to take anything is still read', async () => {
    server.fault = (request, response, content, body) =>
      request.method === 'PUT' && FAULTS['answers 401'](request, response, content, body);
    const cache = open();
    for (let k = 0; k < 10; k++) cache.offer({ ...SHARD, shard: String(k) }, packOf('x'));
    await cache.settle(10_000);
    expect(await foundBy(cache, 'a')).toEqual(['a']);
    expect(cache.counts.unsent).toBe(10);
    expect(cache.trouble()).toContain('(it answers 401 to PUT): nothing more is sent to it in this run');
  });

  it('once costs a phase of a shard what it lacks: the next phase asks again', async () => {
    const sender = open();
    sender.offer({ ...SHARD, phase: 'score' }, packOf('b'));
    await sender.settle(10_000);
    const cache = open();
    cache.expect([{ shard: SHARD.shard, phases: [SHARD.phase, 'score'] }]);
    server.fault = FAULTS['answers 500'];
    expect(await foundBy(cache, 'a')).toEqual([]);
    server.fault = () => false;
    expect(await cache.find({ ...SHARD, phase: 'score' }, [keyOf('b')])).toHaveLength(1);
    expect(cache.trouble()).toContain('failed once');
  });

  it('is not to blame when this process was stopped for longer than it has time', async () => {
    const cache = open({ timeoutMs: 2000 });
    // The connection is there: from now on, the request is on its way when `find` returns.
    await cache.find({ ...SHARD, shard: 'another' }, [keyOf('x')]);
    const found = foundBy(cache, 'a');
    await new Promise(setImmediate);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
    expect(await found).toEqual(['a']);
  });

  it('lets nobody wait who waits for an answer when it is given up', async () => {
    server.fault = (request, response, content, body) => {
      const isSilent = request.path.startsWith('/ac/') && server.requests.length % 2 === 0;
      return FAULTS[isSilent ? 'answers nothing' : 'answers 500'](request, response, content, body);
    };
    const cache = open({ timeoutMs: 3_600_000 });
    const asked = Array.from({ length: 16 }, (_, k) => cache.find({ ...SHARD, shard: `${k}` }, [keyOf('a')]));
    await Promise.all(asked);
    expect(cache.counts.off).toBe(true);
  });
});

describe('a redirect', () => {
  it('to another place of the same server is followed', async () => {
    await share('a');
    server.fault = ({ path }, response) => {
      if (path.includes('?')) return false;
      response.writeHead(307, { location: `${path}?moved` }).end();
      return true;
    };
    for (const [path, content] of [...server.objects]) server.objects.set(`${path}?moved`, content);
    expect(await foundBy(open(), 'a')).toEqual(['a']);
  });

  it('to another one is refused: nobody else gets the credentials', async () => {
    const other = await CacheServer.start();
    server.fault = ({ path }, response) => {
      response.writeHead(302, { location: `${other.url}${path}` }).end();
      return true;
    };
    const cache = open({ address: ServerAddress.parse(server.url, 'secret') });
    expect(await foundBy(cache, 'a')).toEqual([]);
    expect(cache.trouble()).toContain('it redirects to another server');
    expect(other.requests).toEqual([]);
    await other.stop();
  });
});

describe('credentials', () => {
  it.each([
    ['a token', 'http://', 'abc', 'Bearer abc'],
    ['user and password', 'http://us%40er:p%3Aw@', null, `Basic ${btoa('us@er:p:w')}`],
    ['user and password before a token', 'http://u:p@', 'abc', `Basic ${btoa('u:p')}`],
    ['none', 'http://', null, undefined],
  ])('%s go with every request, and stand nowhere else', async (_, prefix, token, header) => {
    const address = ServerAddress.parse(server.url.replace('http://', prefix), token);
    const cache = open({ address });
    cache.offer(SHARD, packOf('a'));
    await cache.settle(10_000);
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual(Array(4).fill(header));
    expect(address.url).toBe(server.url);
    expect(JSON.stringify(address)).toBe(JSON.stringify({ url: server.url }));
  });
});

describe('what is expected', () => {
  const names = Array.from({ length: 50 }, (_, k) => `${k}`);
  const subjects = names.map((shard) => ({ shard, phases: ['validate', 'score'] }));

  it('is fetched ahead, a part at a time, and asked for once', async () => {
    const sender = open();
    for (const shard of names) {
      sender.offer({ phase: 'validate', shard }, packOf('a'));
      sender.offer({ phase: 'score', shard }, packOf('b'));
    }
    await sender.settle(10_000);
    const before = gets('ac');
    const cache = open();
    cache.expect(subjects);
    for (const shard of names) {
      expect(await cache.find({ phase: 'validate', shard }, [keyOf('a')])).toHaveLength(1);
      expect(await cache.find({ phase: 'score', shard }, [keyOf('b')])).toHaveLength(1);
      expect(gets('ac') - before).toBeLessThanOrEqual(Number(shard) + 16);
      cache.finished(shard);
    }
    expect(gets('ac') - before).toBe(50);
    expect(gets('cas')).toBe(0);
  });

  it('is asked for once, too, where more are built at once than are fetched ahead', async () => {
    const cache = open();
    cache.expect(subjects);
    for (const phase of ['validate', 'score'])
      for (const shard of names) await cache.find({ phase, shard }, [keyOf('a')]);
    expect(gets('ac')).toBe(50);
  });

  it('is fetched ahead when a phase of it is not here at all', async () => {
    const cache = open({ isHere: ({ phase }) => phase === 'validate' });
    cache.expect(subjects);
    await vi.waitUntil(() => gets('ac') === 16);
  });

  it('is not fetched when some of each phase is here, until it is asked for', async () => {
    await share('a');
    const asked = server.requests.length;
    const cache = open({ isHere: () => true });
    cache.expect([{ shard: SHARD.shard, phases: [SHARD.phase, 'score'] }, ...subjects]);
    await cache.settle(0);
    expect(server.requests.length - asked).toBe(0);
    expect(await foundBy(cache, 'a')).toEqual(['a']);
    expect(await cache.find({ ...SHARD, phase: 'score' }, [keyOf('b')])).toEqual([]);
    expect(server.requests.length - asked).toBe(1);
  });
});
