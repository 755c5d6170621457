/** A worker's use of the shared cache: it evaluates only cells that the cache lacks, and adds their outcomes to it. */

import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { answerOf, type BatchAnswer, readOutcomes, readOutputs, shareOut } from '../engine/batch.js';
import { isCacheable, type Outcome, readOutcome, writeOutcome } from '../engine/outcome.js';
import type { OutputDigest } from '../engine/output.js';
import type { Reply } from '../engine/reply.js';
import { validate } from '../phases/validate.js';
import type { SharedCache } from '../remote-cache/shared-cache.js';
import { stopwatch } from '../stopwatch.js';
import { type ActionKey, NO_RUN, type Pack, type PackEntry } from '../store/pack.js';
import type { EvaluationRequest, WorkerAnswer, WorkerRequest } from '../workers/protocol.js';

/** A task comes in several requests. Its outcomes are sent this many milliseconds after the last one. */
const QUIET_MS = 1000;

/** Maximum milliseconds for uploads when a worker leaves. */
const LEAVE_MS = 5000;

/** An outcome from the cache. */
interface CachedOutcome {
  readonly outcome: Outcome;
  readonly micros: number;
  /** Null if the outcome has none. */
  readonly output: Uint8Array | null;
}

type Evaluate = (request: WorkerRequest) => Promise<Reply<WorkerAnswer>>;

export class StepCache {
  /** Tasks with outcomes that have not been sent. */
  private readonly open = new Map<string, NodeJS.Timeout>();

  constructor(private readonly cache: SharedCache) {}

  /** Answers a request from the cache; `evaluate` is called for the cells that the cache lacks. */
  async answer(request: WorkerRequest, evaluate: Evaluate): Promise<Reply<WorkerAnswer>> {
    // With required outputs, whether a cell is needed depends on the others.
    if (request.kind !== 'cells' || request.steps === undefined || request.required !== undefined)
      return evaluate(request);
    const { shard, keys } = request.steps;
    const cached = await this.find(shard, keys as readonly ActionKey[]);
    const missing = keys.flatMap((key, k) => (cached.has(key) ? [] : [k]));
    const takenAt = stopwatch.now();
    const reply = missing.length === 0 ? null : await evaluate(onlyCells(request, missing));
    if (reply !== null && reply.kind !== 'answer') return cached.size === 0 ? reply : evaluate(request);
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
    const found = new Set(keys.filter((key) => cached.has(key)));
    const savedMs = [...found].reduce((sum, key) => sum + (cached.get(key)?.micros ?? 0), 0) / 1000;
    const at = new Map(missing.map((k, n) => [k, outcomes[n]]));
    const answer = answerOf(
      keys.map((key, k) => at.get(k) ?? (cached.get(key) as CachedOutcome).outcome),
      new Map([...outputs, ...[...found].flatMap((key) => outputIn(cached.get(key) as CachedOutcome))]),
    );
    const times = reply ?? { busyMs: 0, cpuMs: 0, takenAt, wallMs: stopwatch.now() - takenAt, slot: 0 };
    return { ...times, kind: 'answer', answer, busyMs: times.busyMs + savedMs };
  }

  /** Sends all outcomes that have not been sent, and ends. */
  async close(): Promise<void> {
    for (const shard of [...this.open.keys()]) this.send(shard);
    await this.cache.settle(LEAVE_MS);
    this.cache.close();
  }

  /** A sentence about the problems since the last call; null if there were none. */
  trouble(): string | null {
    return this.cache.trouble();
  }

  private async find(shard: string, keys: readonly ActionKey[]): Promise<Map<string, CachedOutcome>> {
    const cached = new Map<string, CachedOutcome>();
    const wanted = new Set<string>(keys);
    for (const { entries, blobs } of await this.cache.find({ phase: validate.name, shard }, keys)) {
      for (const { key, micros, value } of entries) {
        if (!wanted.has(key) || cached.has(key)) continue;
        const outcome = outcomeIn(value);
        if (outcome === null) continue;
        const output = outcome.output === '' ? null : blobs.get(outcome.output);
        if (output !== undefined) cached.set(key, { outcome, micros, output });
      }
    }
    return cached;
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
    this.cache.finished(shard);
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

function outputIn({ outcome, output }: CachedOutcome): [OutputDigest, Uint8Array][] {
  return output === null || outcome.output === '' ? [] : [[outcome.output, output]];
}

/** The request with only some of its cells, in the same order, but with all of its programs. */
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
