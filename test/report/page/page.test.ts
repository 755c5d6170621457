/** The page in a real browser: what it says, how it is moved through by keys, and how it looks in the light and in the dark. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE, MIRRORED, RECOLORED } from '../../build/example.js';
import { buildIn } from '../../build/rig.js';
import { pageDataIn, workspaceWith } from '../rig.js';
import { BROWSER, launch, type OpenedPage, openPage, type PageRequest, WHY_SKIPPED } from './browser.js';

let browser: Browser;

/** The report of the example, built twice, with a differ. */
async function openExample(request: PageRequest = {}): Promise<OpenedPage> {
  const differ = 'def half(S, I, C):\n    return astuple(500, 0)\n';
  const root = workspaceWith({ ...EXAMPLE, 'differs/half.py': differ });
  await buildIn(root);
  await buildIn(root);
  return openPage(browser, pageDataIn(root), request);
}

/** What the test needs of a canvas. */
interface Canvas {
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Iterable<number> };
  };
}

/** Pixels of the largest cells. */
const CELL = 22;

/** The pixels of a cell of the canvas that `label` names, each as red, green, blue and opacity. */
function pixelsOf(page: Page, label: string, row: number, column: number): Promise<number[]> {
  const canvas = page.getByRole('img', { name: label, exact: true }).first();
  return canvas.evaluate(
    (canvas: Canvas, [x, y, size]) => [...canvas.getContext('2d').getImageData(x, y, size, size).data],
    [column * CELL, row * CELL, CELL] as const,
  );
}

/** The colour in the middle of that cell. */
async function colorAt(page: Page, label: string, row: number, column: number): Promise<number[]> {
  const middle = 4 * ((CELL / 2) * CELL + CELL / 2);
  return (await pixelsOf(page, label, row, column)).slice(middle, middle + 3);
}

/** The name of what has the focus, null for nothing, and how it is outlined. */
const FOCUS = `(() => {
  const { activeElement } = document;
  if (activeElement === document.body) return [null, ''];
  return [activeElement.textContent || activeElement.id, getComputedStyle(activeElement).outlineStyle];
})()`;

/** Texts whose contrast with what is behind them is below 4.5, as WCAG counts it. */
const FAINT_TEXTS = `(() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const linear = (part) => (part <= 10.31475 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const light = (color) => {
    const [red, green, blue] = numbers(color).map(linear);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return numbers(color)[3] === 0 ? behind(element.parentElement) : color;
  };
  const faint = [];
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('');
    if (text.trim() === '' || element.tagName === 'SCRIPT' || element.closest('canvas, noscript') !== null) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(text + ' ' + ((a + 0.05) / (b + 0.05)).toFixed(2));
  }
  return faint;
})()`;

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const chosen = (page: Page) => page.locator('.ranking tr[aria-current] a').getAttribute('title');

describe.skipIf(BROWSER === null)(`the page${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  describe('content', () => {
    it('begins with what was solved, how long it took, and how that went over the runs', async () => {
      const { page, complaints } = await openExample();
      await expect(heading(page).textContent()).resolves.toBe('Overview');
      for (const title of ['2 of 2 tasks solved', 'Time by phase', 'The last 2 runs of this store']) {
        await page.getByRole('heading', { name: title }).waitFor();
      }
      await page.getByRole('img', { name: /^Tasks: 2 solved, 0 partly solved, 0 not solved$/ }).waitFor();
      await page.getByRole('img', { name: /^hit rate over 2 runs; in the last one 100 %$/ }).waitFor();
      await page.getByRole('img', { name: /^Time by phase: load .* wall, .* CPU; filter / }).waitFor();
      await page.getByText('6 candidates → 5 programs').waitFor();
      expect(complaints).toEqual([]);
    });

    it('has landmarks that say what they are', async () => {
      const { page } = await openExample();
      for (const [role, name] of [
        ['banner', undefined],
        ['main', undefined],
        ['navigation', 'tasks'],
        ['navigation', 'views'],
        ['search', undefined],
      ] as const) {
        const landmark = name === undefined ? page.getByRole(role) : page.getByRole(role, { name });
        await expect(landmark.count()).resolves.toBe(1);
      }
      await expect(page.getByRole('searchbox', { name: 'search tasks' }).count()).resolves.toBe(1);
    });

    it('draws the grids of a task in the palette, and marks what is not as expected', async () => {
      const { page, complaints } = await openExample({ hash: `#/task/${RECOLORED}` });
      expect(await colorAt(page, 'input 1 x 2', 0, 0)).toEqual([0x00, 0x74, 0xd9]);
      expect(await colorAt(page, 'expected 1 x 2', 0, 0)).toEqual([0xff, 0x41, 0x36]);
      expect(await colorAt(page, 'produced 1 x 2', 0, 0)).toEqual([0xff, 0x41, 0x36]);
      // The third program paints another colour: a stroke through the cell says so.
      await page.goto(page.url().replace(/#.*/, `#/task/${RECOLORED}/3`));
      await page.getByRole('heading', { name: '3. ' }).waitFor();
      await expect(
        page.locator('figcaption', { hasText: 'produced 1 x 2, 1 cell differs' }).count(),
      ).resolves.toBe(1);
      expect(await colorAt(page, 'produced 1 x 2, 1 cell differs', 0, 0)).not.toEqual([0x2e, 0xcc, 0x40]);
      expect(complaints).toEqual([]);
    });

    it('ranks the programs of a task with their scores, classes and costs', async () => {
      const { page } = await openExample({ hash: `#/task/${RECOLORED}` });
      const rows = await page.locator('.ranking tbody tr').allInnerTexts();
      expect(rows.map((row) => row.split(/\s+/).slice(0, 5))).toEqual([
        ['1', '2/2', '1/1', '3,000', '1'],
        ['2', '1/2', '0/1', '3,000', '2'],
        ['3', '0/2', '0/1', '3,000', '3'],
      ]);
      await expect(page.locator('.behaviours tbody tr').count()).resolves.toBe(3);
      await expect(page.getByRole('table', { name: 'Scores by differs' }).textContent()).resolves.toContain(
        'half',
      );
      await expect(page.getByRole('table', { name: 'Cells' }).locator('tbody tr').count()).resolves.toBe(3);
    });

    it('shows the source with its calls told apart, and every spelling of it', async () => {
      const { page } = await openExample({ hash: `#/task/${RECOLORED}` });
      await expect(page.locator('.source').textContent()).resolves.toContain('return replace(I, 1, 2)');
      await expect(page.locator('.source .call').allInnerTexts()).resolves.toEqual(['replace']);
      await page.getByText('solvers/recolor.py:1', { exact: true }).waitFor();
      await page.getByText('solvers/recolor.py:3', { exact: true }).waitFor();
    });
  });

  describe('keys', () => {
    it('j and k, or the arrows, go from task to task', async () => {
      const { page } = await openExample();
      for (const [key, title] of [
        ['j', RECOLORED],
        ['j', MIRRORED],
        ['j', MIRRORED],
        ['k', RECOLORED],
        ['ArrowRight', MIRRORED],
        ['ArrowLeft', RECOLORED],
      ]) {
        await page.keyboard.press(key);
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
      }
      await expect(page.locator('.tasks a[aria-current]').textContent()).resolves.toContain(RECOLORED);
    });

    it('n and p, or the arrows in the ranking, go from program to program', async () => {
      const { page } = await openExample({ hash: `#/task/${RECOLORED}` });
      const names: (string | null)[] = [await chosen(page)];
      await page.keyboard.press('n');
      names.push(await chosen(page));
      // What was unpacked after the first key may have put a new row in the place of the one that had the focus.
      await page.locator('.ranking tr[aria-current] a').focus();
      await page.locator('.ranking tr[aria-current] a:focus').waitFor();
      await page.keyboard.press('ArrowDown');
      names.push(await chosen(page));
      await page.keyboard.press('p');
      names.push(await chosen(page));
      const [best, worst] = [`solve_${RECOLORED}`, `solve_${RECOLORED}_00000002`];
      expect(names).toEqual([best, 'example', worst, 'example']);
    });

    it('/ searches, Enter opens what was found, and Esc leads back', async () => {
      const { page } = await openExample();
      await page.keyboard.press('/');
      await page.keyboard.type('mirr');
      await expect(page.locator('.tasks li').allInnerTexts()).resolves.toHaveLength(1);
      await page.getByRole('status').getByText('1 of 2 tasks').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: MIRRORED }).waitFor();
      await page.keyboard.press('Escape');
      await expect(page.locator('.tasks li').count()).resolves.toBe(2);
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    });

    it('m shows the map, on which the arrows move and Enter opens', async () => {
      const { page } = await openExample();
      await page.keyboard.press('m');
      await page.getByRole('heading', { level: 1, name: 'Tasks by solvers' }).waitFor();
      await page.getByLabel('Columns:').selectOption('rank');
      await page.getByRole('application').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.getByText(`${RECOLORED} rank 3: no sample`).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: `3. solve_${RECOLORED}_00000002` }).waitFor();
    });

    it('? lists the keys, and Esc closes the list', async () => {
      const { page } = await openExample();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await expect(heading(page).textContent()).resolves.toBe('Overview');
    });

    it('d writes digits into cells', async () => {
      const { page } = await openExample({ hash: `#/task/${RECOLORED}` });
      const before = await pixelsOf(page, 'input 2 x 1', 1, 0);
      await page.keyboard.press('d');
      expect(await pixelsOf(page, 'input 2 x 1', 1, 0)).not.toEqual(before);
    });

    it('reach everything, with a focus that is seen', async () => {
      const { page } = await openExample({ hash: `#/task/${RECOLORED}` });
      const reached = new Set<string>();
      for (let k = 0; k < 60; k++) {
        await page.keyboard.press('Tab');
        const [name, outline] = (await page.evaluate(FOCUS)) as [string | null, string];
        // After the last element the focus leaves the page.
        if (name === null) break;
        expect([name, outline]).toEqual([name, 'solid']);
        reached.add(name);
      }
      for (const name of ['Overview', 'Map', 'theme: system', 'keys ?', 'search', 'all 2', 'example']) {
        expect(reached).toContain(name);
      }
    });

    it('the browser goes back to what was shown before', async () => {
      const { page } = await openExample();
      await page.keyboard.press('j');
      await page.getByRole('heading', { level: 1, name: RECOLORED }).waitFor();
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    });
  });

  describe('colours', () => {
    const ground = (page: Page) => page.evaluate('getComputedStyle(document.body).backgroundColor');

    it('are light or dark as the system asks', async () => {
      const light = await ground((await openExample({ colorScheme: 'light' })).page);
      const dark = await ground((await openExample({ colorScheme: 'dark' })).page);
      expect([light, dark]).toEqual(['rgb(245, 245, 243)', 'rgb(19, 20, 23)']);
    });

    it('are what the reader chooses', async () => {
      const { page } = await openExample({ colorScheme: 'dark' });
      await page.keyboard.press('t');
      await expect(ground(page)).resolves.toBe('rgb(245, 245, 243)');
      await page.getByRole('button', { name: 'theme: light' }).click();
      await expect(ground(page)).resolves.toBe('rgb(19, 20, 23)');
    });

    it('of text stand out from what is behind them', async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page } = await openExample({ colorScheme, hash: `#/task/${RECOLORED}` });
        const faint = await page.evaluate(FAINT_TEXTS);
        expect({ colorScheme, faint }).toEqual({ colorScheme, faint: [] });
      }
    });
  });
});
