/** What a worker finds in the shared cache it does not evaluate, and what it evaluates goes there. */

import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { answerOf, type BatchAnswer, readOutcomes, readOutputs, shareOut } from '../engine/batch.js';
import { isCacheable, type Outcome, readOutcome, writeOutcome } from '../engine/outcome.js';
import type { OutputDigest } from '../engine/output.js';
import type { Reply } from '../engine/reply.js';
import { validate } from '../phases/validate.js';
import type { SharedCache } from '../remote-cache/shared-cache.js';
import { type ActionKey, NO_RUN, type Pack, type PackEntry } from '../store/pack.js';
import type { EvaluationRequest, WorkerAnswer, WorkerRequest } from '../workers/protocol.js';

/** A task of which nothing came for so long is sent, milliseconds: it comes in several requests. */
const QUIET_MS = 1000;

/** How long leaving waits for what is on its way, milliseconds. */
const LEAVE_MS = 5000;

/** An outcome that somebody else came to. */
interface Known {
  readonly outcome: Outcome;
  readonly micros: number;
  /** Null where the outcome names none. */
  readonly output: Uint8Array | null;
}

type Evaluate = (request: WorkerRequest) => Promise<Reply<WorkerAnswer>>;

export class StepCache {
  /** Tasks of which something is to be sent. */
  private readonly open = new Map<string, NodeJS.Timeout>();

  constructor(private readonly cache: SharedCache) {}

  /** Answers a request: from the cache as far as it can, the rest by `evaluate`. */
  async answer(request: WorkerRequest, evaluate: Evaluate): Promise<Reply<WorkerAnswer>> {
    // With required outputs, whether a cell is needed depends on the others.
    if (request.kind !== 'cells' || request.steps === undefined || request.required !== undefined)
      return evaluate(request);
    const { shard, keys } = request.steps;
    const known = await this.find(shard, keys as readonly ActionKey[]);
    const missing = keys.flatMap((key, k) => (known.has(key) ? [] : [k]));
    const takenAt = performance.now();
    const reply = missing.length === 0 ? null : await evaluate(onlyCells(request, missing));
    if (reply !== null && reply.kind !== 'answer') return known.size === 0 ? reply : evaluate(request);
    const evaluated = reply === null ? NOTHING : (reply.answer as BatchAnswer);
    const outcomes = readOutcomes(evaluated);
    const outputs = readOutputs(evaluated);
    if (reply !== null)
      this.offer(
        shard,
        packOf(
          missing.map((k) => keys[k]),
          outcomes,
          outputs,
          reply.busyMs,
        ),
      );
    const found = new Set(keys.filter((key) => known.has(key)));
    const spared = [...found].reduce((sum, key) => sum + (known.get(key)?.micros ?? 0), 0) / 1000;
    const at = new Map(missing.map((k, n) => [k, outcomes[n]]));
    const answer = answerOf(
      keys.map((key, k) => at.get(k) ?? (known.get(key) as Known).outcome),
      new Map([...outputs, ...[...found].flatMap((key) => outputIn(known.get(key) as Known))]),
    );
    const times = reply ?? { busyMs: 0, cpuMs: 0, takenAt, wallMs: performance.now() - takenAt, slot: 0 };
    return { ...times, kind: 'answer', answer, busyMs: times.busyMs + spared };
  }

  /** Sends what is left, and ends. */
  async close(): Promise<void> {
    for (const shard of [...this.open.keys()]) this.send(shard);
    await this.cache.settle(LEAVE_MS);
    this.cache.close();
  }

  /** Says what went wrong since it was asked last; null when nothing did. */
  trouble(): string | null {
    return this.cache.trouble();
  }

  private async find(shard: string, keys: readonly ActionKey[]): Promise<Map<string, Known>> {
    const known = new Map<string, Known>();
    const wanted = new Set<string>(keys);
    for (const { entries, blobs } of await this.cache.find({ phase: validate.name, shard }, keys)) {
      for (const { key, micros, value } of entries) {
        if (!wanted.has(key) || known.has(key)) continue;
        const outcome = outcomeIn(value);
        if (outcome === null) continue;
        const output = outcome.output === '' ? null : blobs.get(outcome.output);
        if (output !== undefined) known.set(key, { outcome, micros, output });
      }
    }
    return known;
  }

  private offer(shard: string, pack: Pack): void {
    if (pack.entries.length === 0) return;
    this.cache.offer({ phase: validate.name, shard }, pack);
    clearTimeout(this.open.get(shard));
    this.open.set(
      shard,
      setTimeout(() => this.send(shard), QUIET_MS),
    );
  }

  private send(shard: string): void {
    clearTimeout(this.open.get(shard));
    this.open.delete(shard);
    this.cache.finished({ name: `task ${shard}`, shards: [{ phase: validate.name, shard }] });
  }
}

const NOTHING: BatchAnswer = { outcomes: new Uint8Array(), outputs: new Uint8Array() };

function outcomeIn(value: Uint8Array): Outcome | null {
  try {
    const outcome = readOutcome(new ByteReader(value));
    return isCacheable(outcome) ? outcome : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function outputIn({ outcome, output }: Known): [OutputDigest, Uint8Array][] {
  return output === null || outcome.output === '' ? [] : [[outcome.output, output]];
}

/** The request for some of its cells, in their order; programs that none of them needs stay in it. */
function onlyCells(request: EvaluationRequest, cells: readonly number[]): EvaluationRequest {
  if (cells.length === request.cellPrograms.length) return request;
  return {
    ...request,
    cellPrograms: Int32Array.from(cells, (k) => request.cellPrograms[k]),
    cellSamples: Int32Array.from(cells, (k) => request.cellSamples[k]),
  };
}

function packOf(
  keys: readonly string[],
  outcomes: readonly Outcome[],
  outputs: ReadonlyMap<OutputDigest, Uint8Array>,
  busyMs: number,
): Pack {
  const micros = shareOut(busyMs * 1000, outcomes);
  const entries: PackEntry[] = [];
  const blobs = new Map<string, Uint8Array>();
  outcomes.forEach((outcome, k) => {
    if (!isCacheable(outcome)) return;
    const writer = new ByteWriter(64);
    writeOutcome(outcome, writer);
    entries.push({ key: keys[k] as ActionKey, micros: micros[k], run: NO_RUN, value: writer.finish() });
    if (outcome.output !== '') blobs.set(outcome.output, outputs.get(outcome.output) as Uint8Array);
  });
  return { entries, blobs };
}
