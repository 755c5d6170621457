/** Counters of a run for each phase. Wall time and busy time are separate and never mixed. */
import type { PhaseCounts } from '../../store/tables/run-store.js';

export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
}

/** Wall time is the time during which at least one part of the phase runs, however many run at once. */
class PhaseCounter {
  hits = 0;
  misses = 0;
  cpuMs = 0;
  savedMicros = 0;
  private wallMs = 0;
  private active = 0;
  private since = 0;

  constructor(private readonly clock: Clock) {}

  enter(): void {
    if (this.active++ === 0) this.since = this.clock.now();
  }

  leave(): void {
    if (--this.active === 0) this.wallMs += this.clock.now() - this.since;
  }

  counts(): PhaseCounts {
    return {
      hits: this.hits,
      misses: this.misses,
      wallMs: this.wallMs,
      cpuMs: this.cpuMs,
      savedMs: this.savedMicros / 1000,
    };
  }
}

export class PhaseCounters {
  private readonly counters = new Map<string, PhaseCounter>();

  constructor(private readonly clock: Clock) {}

  of(phase: string): PhaseCounter {
    let counter = this.counters.get(phase);
    if (counter === undefined) {
      counter = new PhaseCounter(this.clock);
      this.counters.set(phase, counter);
    }
    return counter;
  }

  /** Counts steps that were not looked up as hits, because a level above them is known to be complete. */
  skipped(phase: string, steps: number, micros: number): void {
    const counter = this.of(phase);
    counter.hits += steps;
    counter.savedMicros += micros;
  }

  counts(): Map<string, PhaseCounts> {
    return new Map([...this.counters].map(([phase, counter]) => [phase, counter.counts()]));
  }
}
