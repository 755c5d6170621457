/** Encodes a job of the queue: several requests, and their replies. Both end with a digest that reveals damage. */
import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { sha256, sha256Binary } from '../../encoding/digest.js';
import type { Reply } from '../../engine/reply.js';
import type { Codec } from './codec.js';

/** Part of the version: raise it when the bytes, or the keys in Redis, change their meaning. */
export const PROTOCOL = 1;

export interface SentRequest<Request> {
  readonly request: Request;
  /** Digest of the data that the request needs, see `contextDigest`; null for none. */
  readonly context: string | null;
}

/**
 * A worker's reply to one request. `threw` is a bug of battbuild, `unready` a context that the worker did not find.
 */
export type SentReply<Answer> =
  | Reply<Answer>
  | { readonly kind: 'threw'; readonly name: string; readonly message: string }
  | { readonly kind: 'unready' };

export interface SentAnswer {
  /** Name of the worker: machine and process. */
  readonly worker: string;
  /** One for each request. */
  readonly replies: readonly Uint8Array[];
}

const DIGEST_LENGTH = 32;

/** 32 characters of one byte each. */
export function contextDigest(data: Uint8Array): string {
  return sha256Binary(data);
}

function withDigest(writer: ByteWriter): Buffer {
  const body = writer.view();
  return Buffer.concat([body, sha256(body)]);
}

/** Throws RangeError for invalid or damaged bytes. */
function opened(bytes: Uint8Array): ByteReader {
  const end = bytes.length - DIGEST_LENGTH;
  // Not a Buffer, whose `slice` would be a view of the whole message.
  const body = new Uint8Array(bytes.buffer, bytes.byteOffset, Math.max(0, end));
  if (end < 0 || !sha256(body).equals(bytes.subarray(end))) throw new RangeError('a record is damaged');
  return new ByteReader(body);
}

export function encodeJob(
  requests: readonly { readonly bytes: Uint8Array; readonly context: string | null }[],
) {
  const writer = new ByteWriter(4096).unsigned(requests.length);
  for (const { bytes, context } of requests) {
    writer.byte(context === null ? 0 : 1).latin1(context ?? '');
    writer.sized(bytes);
  }
  return withDigest(writer);
}

export function decodeJob<Request>(
  bytes: Uint8Array,
  codec: Codec<Request, unknown>,
): SentRequest<Request>[] {
  const reader = opened(bytes);
  return Array.from({ length: reader.unsigned() }, () => {
    const context = reader.byte() === 0 ? null : reader.latin1(DIGEST_LENGTH);
    return { context, request: codec.decodeRequest(reader.sized()) };
  });
}

const KINDS = ['answer', 'lost', 'threw', 'unready'] as const;
const REASONS = ['timeout', 'crashed', 'aborted'] as const;

/** `sinceMs`: the age of the reply, so that the receiver can convert the time to its own clock. */
export function encodeReply<Answer>(
  reply: SentReply<Answer>,
  sinceMs: number,
  codec: Codec<unknown, Answer>,
): Uint8Array {
  const writer = new ByteWriter(256).byte(KINDS.indexOf(reply.kind));
  if (reply.kind === 'answer') {
    writer
      .number(reply.busyMs)
      .number(reply.cpuMs ?? -1)
      .number(reply.wallMs)
      .number(sinceMs);
    writer.unsigned(reply.slot).sized(codec.encodeAnswer(reply.answer));
  } else if (reply.kind === 'lost') {
    writer
      .byte(REASONS.indexOf(reply.reason))
      .string(reply.detail)
      .unsigned(reply.at + 1);
  } else if (reply.kind === 'threw') writer.string(reply.name).string(reply.message);
  return writer.finish();
}

/** `now` is the time of arrival, on the clock that `takenAt` refers to. */
export function decodeReply<Request, Answer>(
  bytes: Uint8Array,
  asked: { readonly request: Request; readonly worker: string; readonly now: number },
  codec: Codec<Request, Answer>,
): SentReply<Answer> {
  const reader = new ByteReader(bytes);
  const kind = KINDS[reader.byte()];
  if (kind === 'answer') {
    const [busyMs, cpuMs, wallMs, sinceMs] = Array.from({ length: 4 }, () => reader.number());
    if (!(busyMs >= 0 && wallMs >= 0 && sinceMs >= 0)) throw new RangeError('a time in an answer is none');
    const slot = reader.unsigned();
    const answer = codec.decodeAnswer(reader.sized(), asked.request);
    const takenAt = asked.now - sinceMs - wallMs;
    const times = { busyMs, cpuMs: cpuMs >= 0 ? cpuMs : null, takenAt, wallMs };
    return { kind, answer, ...times, slot, worker: asked.worker };
  }
  if (kind === 'lost') {
    const reason = REASONS[reader.byte()];
    if (reason === undefined) throw new RangeError('a reply is lost for an unknown reason');
    return { kind, reason, detail: reader.string(), at: reader.unsigned() - 1 };
  }
  if (kind === 'threw') return { kind, name: reader.string(), message: reader.string() };
  if (kind === 'unready') return { kind };
  throw new RangeError('a reply has an unknown kind');
}

export function encodeAnswers(worker: string, replies: readonly Uint8Array[]): Buffer {
  const writer = new ByteWriter(4096).string(worker).unsigned(replies.length);
  for (const reply of replies) writer.sized(reply);
  return withDigest(writer);
}

export function decodeAnswers(bytes: Uint8Array): SentAnswer {
  const reader = opened(bytes);
  const worker = reader.string();
  return { worker, replies: Array.from({ length: reader.unsigned() }, () => reader.sized()) };
}
