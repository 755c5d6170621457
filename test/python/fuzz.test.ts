/** Whatever a program in Python is, it ends in an outcome, and that is the same in every order and beside every other. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../bench/workspace/random.js';
import { programNumber } from './programs.js';
import { type Ended, gridsOf, Rig } from './rig.js';

/** Ten thousand, in so many pieces: each is loaded, and what loads runs. */
const PROGRAMS = 10_000;
const PIECES = 20;
const EVENTS = 2000;
const INPUTS = gridsOf([
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
]);

const rig = new Rig({ wallSeconds: 60 });

/** What a machine decides, and not the program. */
function said({ status, error, rows, cost, node }: Ended): string {
  return status === 'crashed' ? status : JSON.stringify([status, error, rows, cost, node]);
}

describe('generated programs', () => {
  const statuses = new Set<string>();

  it.each(Array.from({ length: PIECES }, (_, k) => k))(
    'piece %i: each is refused, or ends the same in any order',
    async (piece) => {
      const programs: Uint8Array[] = [];
      const size = PROGRAMS / PIECES;
      for (let k = piece * size; k < (piece + 1) * size; k++) {
        const { functions, diagnostics } = await rig.load(programNumber(k));
        if (functions.length === 0) {
          expect(diagnostics).toHaveLength(1);
          expect(diagnostics[0].code).toMatch(/^PY00[1-4]$/);
        } else programs.push(functions[0].program);
      }
      const first = (await rig.run(programs, INPUTS, { events: EVENTS })).map(([ended]) => said(ended));
      const numbers = programs.map((_, k) => k);
      const order = new Random(`order ${piece}`).shuffle(numbers).slice(0, 150);
      const again = await rig.run(
        order.map((k) => programs[k]),
        INPUTS,
        { events: EVENTS },
      );
      expect(again.map(([ended]) => said(ended))).toEqual(order.map((k) => first[k]));
      for (const one of first) statuses.add(one === 'crashed' ? one : (JSON.parse(one) as string[])[0]);
    },
    600_000,
  );

  it('come to the same with their names as written, each from the memory of the start', async () => {
    const pairs: [Uint8Array, Uint8Array][] = [];
    for (let k = 50_000; k < 51_000; k++) {
      const source = programNumber(k);
      // What sees names keeps them from being replaced, and the program from being plain.
      const [given] = (await rig.load(source)).functions;
      const [seeing] = (await rig.load(`${source}\ndef seeing():\n    return locals()\n`)).functions;
      if (given !== undefined) pairs.push([given.program, seeing.program]);
    }
    const first = await rig.run(
      pairs.map(([given]) => given),
      INPUTS,
      { events: EVENTS },
    );
    const second = await rig.run(
      pairs.map(([, seeing]) => seeing),
      INPUTS,
      { events: EVENTS },
    );
    // Messages may have names in them; a program that is not plain counts what runs in modules, too.
    const meant = ([{ status, rows }]: Ended[]) => (rows === null ? status : JSON.stringify(rows));
    const differing = pairs.filter((_, k) => {
      const statuses = [first[k][0].status, second[k][0].status];
      const isLimited = statuses.includes('over-budget') || statuses.includes('crashed');
      return !isLimited && meant(first[k]) !== meant(second[k]);
    });
    expect(differing).toEqual([]);
  }, 600_000);

  it('come to everything that a program can come to', () => {
    expect([...statuses].sort()).toEqual(['crashed', 'error', 'not-a-grid', 'ok', 'over-budget']);
  });
});
