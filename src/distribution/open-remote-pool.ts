/** Opens the remote pool of a build, which evaluates through a queue at a URL. */
import { randomId } from '../encoding/digest.js';
import type { OutletListener } from '../workers/outlet.js';
import type { Language, WorkerOutlet } from '../workers/outlets.js';
import { workerCodec } from './messages/codec.js';
import { engineVersion, pythonVersion } from './messages/engine-version.js';
import { JobQueue } from './redis/job-queue.js';
import { placeOf } from './redis/redis-url.js';
import { RemotePool } from './remote-pool.js';
import { noPython, otherVersion } from './troubles.js';

/** Milliseconds without Redis after which a build continues without it. */
const PATIENCE_MS = 5000;

/** `verify`: the share of answers that is compared, from 0 to 1. */
export function openRemotePool(
  url: string,
  verify: number,
  language: Language,
  listener: OutletListener,
): WorkerOutlet {
  const version = language === 'python' ? pythonVersion() : engineVersion();
  const coordinator = randomId();
  return new RemotePool({
    codec: workerCodec,
    version,
    coordinator,
    place: placeOf(url),
    noTakers: language === 'python' ? noPython : otherVersion,
    open: (events) => new JobQueue({ url, version, coordinator, patienceMs: PATIENCE_MS }, events),
    listener,
    patienceMs: PATIENCE_MS,
    verify,
  });
}
