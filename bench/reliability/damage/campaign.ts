/**
 * Damages a store again and again. The builds after each damage must have the same results as a build with a new
 * store.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Random } from '../../workspace/random.js';
import { Store } from '../compiled.js';
import { same } from '../same.js';
import { type Place, type Trial, USED } from '../trial.js';
import { HARMS, type Harm, type HarmName, type StoreFiles } from './harms.js';

/** This store has no record of a build, so that every step is looked up. */
const ELSEWHERE: Place = { cache: USED.cache, out: 'elsewhere' };

const DATABASE = `${USED.cache}/battbuild.db`;
const JOURNAL = `${DATABASE}-wal`;

/** Phases whose steps are stored. */
const STEPS = ['load', 'inline', 'validate', 'score'];

export interface Harmed {
  done: number;
  /** Damage that `verify`, the opening of the store or a look-up noticed; other damage affected no data. */
  noticed: number;
}

export class DamageCampaign {
  readonly harmed = new Map<HarmName, Harmed>();

  private constructor(
    private readonly trial: Trial,
    private readonly random: Random,
    private readonly clean: StoreFiles,
    private readonly unclean: StoreFiles,
    private readonly state: readonly string[],
    private readonly published: readonly string[],
  ) {}

  /** Builds the stores to be damaged: one that was closed, and one whose process was killed. */
  static async begin(trial: Trial, random: Random): Promise<DamageCampaign> {
    trial.writeVersion(0);
    await trial.build();
    trial.writeVersion(1);
    // The journal stays while a process has the store open. That process must end: if a part of the journal is lost,
    // it would seem to be still running.
    const held = Store.open(trial.path(USED.cache));
    trial.runToEnd(['build', '--quiet']);
    const unclean = {
      database: readFileSync(trial.path(DATABASE)),
      journal: readFileSync(trial.path(JOURNAL)),
    };
    held.close();
    const clean = { database: readFileSync(trial.path(DATABASE)), journal: null };
    const state = await trial.cleanState();
    return new DamageCampaign(trial, random, clean, unclean, state, trial.filesIn(USED.out));
  }

  /** Applies the damage this many times. Throws if a build afterwards has wrong results. */
  async harm(name: HarmName, times: number): Promise<void> {
    for (let k = 0; k < times; k++) {
      const harmed = this.harmed.get(name) ?? { done: 0, noticed: 0 };
      this.harmed.set(name, harmed);
      harmed.done++;
      if (await this.harmOnce(name)) harmed.noticed++;
    }
  }

  /** True if it was noticed. */
  private async harmOnce(name: HarmName): Promise<boolean> {
    const { trial } = this;
    const files = this.filesAfter(HARMS[name]);
    this.restore(files);
    // Checking the store may set it aside.
    let noticed = trial.problems().length > 0;
    this.restore(files);
    trial.remove(ELSEWHERE.out);
    for (const place of [ELSEWHERE, USED]) {
      const { summary, diagnostics } = await trial.buildAnyway(place);
      const others = diagnostics.filter(({ code }) => !code.startsWith('STORE'));
      same(`${name}: what is reported`, others, []);
      same(`${name}: what is published to ${place.out}`, trial.filesIn(place.out), this.published);
      // A store that is found to be damaged during a build is set aside together with that build's records.
      if (diagnostics.length > 0) await trial.build(place);
      same(`${name}: what is recorded of ${place.out}`, trial.state(place), this.state);
      const ran = STEPS.some((phase) => summary.phases[phase].misses > 0);
      noticed ||= diagnostics.length > 0 || ran;
    }
    return noticed;
  }

  private filesAfter({ unclean, bytes, rows }: Harm): StoreFiles {
    const files = unclean ? this.unclean : this.clean;
    if (bytes !== undefined) return bytes(files, this.random);
    this.restore(files);
    rows?.(this.trial.path(DATABASE), this.random);
    return { database: readFileSync(this.trial.path(DATABASE)), journal: null };
  }

  private restore({ database, journal }: StoreFiles): void {
    const { trial } = this;
    trial.remove(USED.cache);
    mkdirSync(trial.path(USED.cache));
    writeFileSync(trial.path(DATABASE), database);
    if (journal !== null) writeFileSync(trial.path(JOURNAL), journal);
  }
}

/** All kinds of damage: bits are flipped at this many positions; the others are applied a hundredth as often. */
export async function damage(campaign: DamageCampaign, flips: number): Promise<void> {
  const names = Object.keys(HARMS) as HarmName[];
  const flipping = names.filter((name) => name.includes('flipped'));
  for (const name of names) {
    const share = flipping.includes(name) ? flips / flipping.length : flips / 100;
    await campaign.harm(name, Math.ceil(share));
  }
}
