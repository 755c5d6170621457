/**
 * Named points between a computed result and a published file, on a diagnostics channel. A subscriber is called at
 * each point, and may end the process there, as tests do at every point. Without a subscriber they cost nothing.
 */
import { channel } from 'node:diagnostics_channel';

export const FAIL_POINTS = [
  'steps computed',
  'steps in transaction',
  'steps stored',
  'names in transaction',
  'names stored',
  'temporary made',
  'temporary renamed',
  'link in place',
  'files in place',
  'stale file removed',
  'stale names forgotten',
  'task in transaction',
  'task stored',
  'build in transaction',
  'build stored',
  'garbage in transaction',
  'garbage removed',
] as const;

export type FailPoint = (typeof FAIL_POINTS)[number];

/** Name of the channel. */
export const FAIL_POINT_CHANNEL = 'battbuild:reached';

const failPoints = channel(FAIL_POINT_CHANNEL);

export function failPoint(point: FailPoint): void {
  if (failPoints.hasSubscribers) failPoints.publish(point);
}
