/** What a user is told of a queue, in words. */
import type { OutletTrouble } from '../workers/outlet.js';

/** `place`: how the server is called, without a password. */
export function unreachable(place: string, why: string): OutletTrouble {
  return {
    kind: 'unreachable',
    message: `the queue at ${place} cannot be reached: ${why}`,
    hint: 'everything is evaluated here; the next build tries again',
  };
}

export function otherVersion(place: string, machines: readonly string[]): OutletTrouble {
  return {
    kind: 'other-version',
    message: `the queue at ${place} has workers (${machines.join(', ')}), but none of this version of battbuild`,
    hint: 'install the same version there, and start battbuild worker again',
  };
}

export function differentAnswer(worker: string): OutletTrouble {
  return {
    kind: 'different-answer',
    message: `worker ${worker} gave another answer than this machine; it is not used any more`,
    hint: 'battbuild verify --recompute 10% checks what is stored',
  };
}
