/** The page in a real browser: its contents, its keys, and its appearance in light and dark. */
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
  readonly width: number;
  getAttribute(name: string): string;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Iterable<number> };
  };
}

/** The picture whose label begins like this: its contents and its size. */
function pictureOf(page: Page, label: string) {
  return page.locator(`canvas[aria-label^="${label}"]`).first();
}

/** The pixels of a cell of that picture, each as red, green, blue and opacity. */
function pixelsOf(page: Page, label: string, row: number, column: number): Promise<number[]> {
  return pictureOf(page, label).evaluate(
    (canvas: Canvas, [row, column]) => {
      const [, width] = /(\d+)(?:,|$)/.exec(canvas.getAttribute('aria-label').split(' x ')[1]) ?? [];
      const size = Math.floor((canvas.width - 1) / Number(width));
      return [...canvas.getContext('2d').getImageData(column * size, row * size, size, size).data];
    },
    [row, column] as const,
  );
}

/** The colour in the middle of that cell. */
async function colorAt(page: Page, label: string, row: number, column: number): Promise<number[]> {
  const pixels = await pixelsOf(page, label, row, column);
  const side = Math.sqrt(pixels.length / 4);
  const middle = 4 * (Math.floor(side / 2) * side + Math.floor(side / 2));
  return pixels.slice(middle, middle + 3);
}

/** The name of the focused element, null for none, and its outline. */
const FOCUS = `(() => {
  const { activeElement } = document;
  if (activeElement === document.body) return [null, ''];
  return [activeElement.textContent || activeElement.id, getComputedStyle(activeElement).outlineStyle];
})()`;

/** Texts with a contrast to their background below 4.5, as WCAG computes it. */
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
      expect(await colorAt(page, 'input: 1 x 2', 0, 0)).toEqual([0x00, 0x74, 0xd9]);
      expect(await colorAt(page, 'expected: 1 x 2', 0, 0)).toEqual([0xff, 0x41, 0x36]);
      expect(await colorAt(page, 'produced: 1 x 2', 0, 0)).toEqual([0xff, 0x41, 0x36]);
      // The third program paints another colour: a stroke through the cell shows that.
      await page.goto(page.url().replace(/#.*/, `#/task/${RECOLORED}/3`));
      await page.getByRole('heading', { name: '3. ' }).waitFor();
      await expect(
        page.locator('figcaption', { hasText: 'produced 1 x 2, 1 cell differs' }).count(),
      ).resolves.toBe(1);
      expect(await colorAt(page, 'produced: 1 x 2', 0, 0)).not.toEqual([0x2e, 0xcc, 0x40]);
      expect(complaints).toEqual([]);
    });

    it('shows differences in one picture, says them, and opens grids large', async () => {
      const { page, complaints } = await openExample({ hash: `#/task/${RECOLORED}/3` });
      const label = 'difference, 1 of 2 cells: upper left what was produced, lower right what is expected';
      await page.getByRole('img', { name: label }).first().waitFor();
      await page.getByRole('img', { name: /^produced: 1 x 2, black and green, 1 cell differs$/ }).waitFor();
      await pictureOf(page, 'produced: 1 x 2').click();
      const large = page.getByRole('dialog', { name: /^produced: 1 x 2/ });
      await large.waitFor();
      await expect(
        large.locator('canvas').evaluate((canvas: Canvas) => canvas.width),
      ).resolves.toBeGreaterThan(100);
      await page.keyboard.press('Escape');
      await large.waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: '3. ' }).waitFor();
      expect(complaints).toEqual([]);
    });

    it('begins with what the author asks: changes, nearest misses, problems, and times after', async () => {
      const { page } = await openExample();
      const titles = await page.getByRole('heading', { level: 2 }).allInnerTexts();
      expect(titles.map((title) => title.replace(/^\d+/, 'N'))).toEqual([
        'N of 2 tasks solved',
        'Lost since the run before',
        'No misses',
        'No problems',
        'Time by phase',
        'The last 2 runs of this store',
        'The most expensive programs',
      ]);
    });

    it('shows what the author wrote beside what is published, with the error in its line', async () => {
      const broken = 'def solve_aaaa0001_00000009(I):\n    x1 = ofcolor(I, NINE)\n    return first(x1)\n';
      const root = workspaceWith({
        ...EXAMPLE,
        'solvers/broken.py': broken,
        [`solvers/${RECOLORED}.py`]: 'def unread(I):\n    return vmiror(I)\n',
      });
      await buildIn(root);
      const { page } = await openPage(browser, pageDataIn(root), { hash: `#/task/${RECOLORED}` });
      await page.getByText('the name "vmiror" is unknown').waitFor();
      await page.getByTitle('solve_aaaa0001_00000009').click();
      await page.getByText('solvers/broken.py:3', { exact: true }).first().waitFor();
      await expect(page.locator('.source .wrong').allInnerTexts()).resolves.toEqual(['    return first(x1)']);
      await expect(page.getByLabel('as written source', { exact: true }).textContent()).resolves.toBe(broken);
      await page.getByRole('button', { name: 'copy the as written source' }).click();
      await page.getByText(/^(copied|selected)$/).waitFor();
    });

    it('fits a narrow window', async () => {
      const { page } = await openExample({ hash: `#/task/${RECOLORED}/3` });
      for (const hash of [`#/task/${RECOLORED}/3`, '#/', '#/map']) {
        await page.setViewportSize({ width: 360, height: 740 });
        await page.goto(page.url().replace(/#.*/, hash));
        await heading(page).waitFor();
        const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect([hash, beyond]).toEqual([hash, 0]);
      }
    });

    it('sorts the ranking by its titles, either way', async () => {
      const { page } = await openExample({ hash: `#/task/${RECOLORED}` });
      const order = async () =>
        (await page.locator('.ranking tbody tr td:first-child').allInnerTexts()).join('');
      await page.getByRole('button', { name: 'test' }).click();
      expect(await order()).toBe('123');
      await page.getByRole('button', { name: 'test' }).click();
      expect(await order()).toBe('231');
      await expect(page.locator('th[aria-sort]').allInnerTexts()).resolves.toEqual(['test']);
      await page.getByRole('button', { name: '#' }).click();
      expect(await order()).toBe('123');
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
      const inlined = page.getByLabel('inlined source', { exact: true });
      await expect(inlined.textContent()).resolves.toContain('return replace(I, 1, 2)');
      await expect(inlined.locator('.call').allInnerTexts()).resolves.toEqual(['replace']);
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
      const [best, worst] = [`solve_${RECOLORED}`, `solve_${RECOLORED}_00000002`];
      const becomes = (name: string) =>
        page.locator(`.ranking tr[aria-current] a[title="${name}"]`).waitFor();
      await becomes(best);
      await page.keyboard.press('n');
      await becomes('example');
      // Data decompressed after the first key may have replaced the row that had the focus.
      await page.locator('.ranking tr[aria-current] a').focus();
      await page.locator('.ranking tr[aria-current] a:focus').waitFor();
      await page.keyboard.press('ArrowDown');
      await becomes(worst);
      await page.keyboard.press('p');
      await becomes('example');
    });

    it('/ searches, Enter opens what was found, and Esc leads back', async () => {
      const { page } = await openExample();
      await page.keyboard.press('/');
      await page.keyboard.type('mirr');
      await expect(page.locator('.tasks li').allInnerTexts()).resolves.toHaveLength(1);
      await page.getByRole('status').getByText('1 of 2 tasks').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: MIRRORED }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('00000002');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: `3. solve_${RECOLORED}_00000002` }).waitFor();
      await page.keyboard.press('/');
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
      const before = await pixelsOf(page, 'input: 2 x 1', 1, 0);
      await page.keyboard.press('d');
      expect(await pixelsOf(page, 'input: 2 x 1', 1, 0)).not.toEqual(before);
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
