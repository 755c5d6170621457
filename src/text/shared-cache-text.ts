/** The use of a shared cache, in words. */
import { count, duration, plural, size } from './amounts.js';

export interface SharedCacheFigures {
  /** Steps that were found in it. */
  readonly hits: number;
  /** Milliseconds that they took on the machines that ran them. */
  readonly savedMs: number;
  readonly fetchedBytes: number;
  readonly fetchMs: number;
  /** Bundles of steps. */
  readonly sent: number;
  readonly sentBytes: number;
  readonly sendMs: number;
  readonly unsent: number;
}

/** `allHits` includes the hits in the local store. */
export function sharedCacheText(figures: SharedCacheFigures, allHits: number): string {
  const { hits, savedMs, fetchedBytes, fetchMs, sent, sentBytes, sendMs, unsent } = figures;
  const net = savedMs - fetchMs;
  const parts = [
    `${count(hits)} of ${plural(allHits, 'hit')}`,
    `${size(fetchedBytes)} fetched in ${duration(fetchMs)}`,
    net >= 0 ? `${duration(net)} saved net of that` : `${duration(-net)} more than it saved`,
  ];
  if (sent > 0) parts.push(`${plural(sent, 'bundle')} sent (${size(sentBytes)} in ${duration(sendMs)})`);
  if (unsent > 0) parts.push(`${plural(unsent, 'bundle')} not sent`);
  return parts.join(', ');
}

export function addShared(a: SharedCacheFigures, b: SharedCacheFigures): SharedCacheFigures {
  return {
    hits: a.hits + b.hits,
    savedMs: a.savedMs + b.savedMs,
    fetchedBytes: a.fetchedBytes + b.fetchedBytes,
    fetchMs: a.fetchMs + b.fetchMs,
    sent: a.sent + b.sent,
    sentBytes: a.sentBytes + b.sentBytes,
    sendMs: a.sendMs + b.sendMs,
    unsent: a.unsent + b.unsent,
  };
}
