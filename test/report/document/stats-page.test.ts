/** The page of statistics: complete, and only its templates contain markup. */
import { describe, expect, it } from 'vitest';
import type { PhaseStats, RunStats, Stats } from '../../../src/observe/stats.js';
import { html } from '../../../src/report/document/markup.js';
import { statsDocument } from '../../../src/report/document/stats-page.js';
import type { HotSpots } from '../../../src/report/hot-spots.js';

const COUNTS: PhaseStats = { hits: 3, misses: 1, hitRate: 0.75, wallMs: 20, cpuMs: 30, savedMs: 40 };

function run(number: number): RunStats {
  return {
    run: number,
    started: '2026-01-02T03:04:05.000Z',
    wallMs: 50,
    phases: { validate: COUNTS },
    all: COUNTS,
    ...{ cells: 4, cellsRun: 1, cellsPerSecond: number === 2 ? null : 50 },
    ...{ candidates: 4, programs: 3, storeBytes: 1000 * number, queue: null, remote: null },
  };
}

const RUNS = [run(2), run(1)];
const STATS: Stats = {
  store: { file: '/c/battbuild.db', bytes: 2000, entries: { validate: 4 } },
  last: RUNS[0],
  total: { runs: 2, phases: { validate: COUNTS }, all: COUNTS, remote: null },
  runs: RUNS,
};

function hotSpots(name: string): HotSpots {
  const folded = { candidates: 4, programs: 3, behaviours: 2 };
  return {
    run: 2,
    biggestTasks: [{ task: name, candidates: 4, programs: 3, cells: 9, tookMs: 12 }],
    slowestPrograms: [{ task: name, solver: name, cost: 1234, overBudget: false }],
    overBudget: 2,
    duplicates: { ...folded, duplicates: 1, mostFolded: { task: name, ...folded } },
  };
}

function page(name: string, stats = STATS): string {
  return statsDocument({ stats, hotSpots: hotSpots(name), workspace: name, version: '1.2.3', style: 'p{}' });
}

describe('the page', () => {
  it('has the charts, the tables and the figures', () => {
    const text = page('lanterns');
    for (const name of ['hit rate', 'time saved', 'cells a second', 'wall time', 'size of the store']) {
      expect(text).toContain(`aria-label="${name} over 2 runs; last `);
    }
    expect(text).toContain('<title>run 1: cells a second 50</title>');
    expect(text).not.toContain('<title>run 2: cells a second');
    expect(text).toContain('<td class="text">lanterns</td>');
    expect(text).toContain('<td class="number">1,234</td>');
    expect(text).toContain('2 programs ran over the budget on some sample.');
    expect(text).toContain('1 duplicate, which need not run');
    expect(text).toContain(
      '4 candidates → 3 programs → 2 behaviours. Most in lanterns: 4 candidates, 3 programs.',
    );
  });

  it('lets nothing run and nothing be loaded', () => {
    const text = page('lanterns');
    expect(text).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
    );
    expect(text).not.toMatch(/<script|javascript:|https?:|@import|url\(/i);
  });

  it('has no markup from names', () => {
    const plain = page('lanterns');
    const hostile = page('"><img src=x onerror=alert(1)><!--\'\u202e');
    const tags = (text: string) => text.match(/<[^>]*>/g)?.map((tag) => tag.replace(/ .*/s, ''));
    expect(tags(hostile)).toEqual(tags(plain));
    expect(hostile).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&lt;!--&#39;\\u{202e}');
  });

  it('can be made before the first run', () => {
    expect(page('w', { ...STATS, last: null, runs: [] })).toContain('No run has finished yet.');
  });
});

describe('html', () => {
  it('escapes what is put in, and takes what it made itself as it is', () => {
    expect(html`<p title="${'"'}">${'<&>'}${[html`<b>${1}</b>`, null, "'"]}</p>`.text).toBe(
      '<p title="&quot;">&lt;&amp;&gt;<b>1</b>&#39;</p>',
    );
  });
});
