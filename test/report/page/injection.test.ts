/** Markup in any input has no effect: the page shows it as text. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { task } from '../../build/example.js';
import { buildIn } from '../../build/rig.js';
import { pageDataIn, workspaceWith } from '../rig.js';
import { BROWSER, launch, openPage, WHY_SKIPPED } from './browser.js';

/** As part of a path: the slash ends a folder's name, so that the whole path contains the closing tag. */
const TAG = "</script><img src=x onerror=alert('path')><!--\u2028\u202e";

/** Tasks, solvers, differs and errors; every path and text that can contain markup does. */
const FILES: Readonly<Record<string, string>> = {
  'config/battbuild.json': JSON.stringify({
    tasks: [`tasks${TAG}`],
    solvers: [`solvers${TAG}`],
    differs: [`differs${TAG}`],
  }),
  [`tasks${TAG}/t.json`]: task([{ input: [[1]], output: [[2]] }], [{ input: [[1]], output: [[2]] }]),
  [`tasks${TAG}/u.json`]: `{"train": [], "</script><img src=x onerror=alert('key')>": 1, "test": []}`,
  [`tasks${TAG}/<b onclick=alert('id')>.json`]: task([], []),
  [`solvers${TAG}/<img src=x onerror=alert('file')>.py`]: [
    "# parent aaaaaaaa constant<img/src=x/onerror=alert('lineage')> seed 1 round 0",
    'def solve_t(I):',
    "    # </script><img src=x onerror=alert('comment')>",
    '    return replace(I, 1, 2)',
    '# parent aaaaaaaa constant seed 1 round 0',
    'def solve_u(I):',
    '    return first(ofcolor(I, 9))',
    '',
  ].join('\n'),
  [`solvers${TAG}/broken.py`]: [
    'def one(I):',
    "    return </script><img src=x onerror=alert('syntax')>",
    'def two(I):',
    '    return replace(I, "</script><img src=x onerror=alert(\'string\')>", 2)',
    'def three(I, img="</script>"):',
    '    return I',
    '',
  ].join('\n'),
  [`differs${TAG}/<i>.py`]: 'def differ_a(S, I, C):\n    return astuple(500, 0)\n',
};

let browser: Browser;

describe.skipIf(BROWSER === null)(`markup in inputs${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('is text in every view, and no script, element or request comes of it', async () => {
    const root = workspaceWith(FILES);
    await buildIn(root);
    const real = pageDataIn(root);
    // Data that no input can produce today, but that the page must not rely on.
    const overview = { ...real.overview, workspace: TAG, battbuild: TAG };
    const { page, complaints } = await openPage(browser, { ...real, overview });
    const texts: (string | null)[] = [];
    for (const hash of [
      '#/',
      '#/map',
      '#/task/t',
      '#/task/t/2',
      `#/task/${encodeURIComponent(TAG)}`,
      `#${TAG}`,
    ]) {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await page.locator('main h1').waitFor();
      texts.push(await page.locator('body').textContent());
      // Two scripts: the data and our own; none of the elements that the markup would create.
      const elements = await page.evaluate(
        `[...document.querySelectorAll('script, img, b[onclick], i, iframe, object')].map((one) => one.tagName)`,
      );
      expect(elements).toEqual(['SCRIPT', 'SCRIPT']);
    }
    const shown = texts.join('\n');
    const written = "</script><img src=x onerror=alert('path')><!--\\u{2028}\\u{202e}";
    for (const text of [
      `tasks${written}/t.json`,
      `solvers${written}/<img src=x onerror=alert('file')>.py:2`,
    ]) {
      expect(shown).toContain(text);
    }
    expect(shown).toContain(`solvers${written}/broken.py`);
    expect(complaints).toEqual([]);
  });

  it('could do nothing even if it became an element: the policy forbids it', async () => {
    const root = workspaceWith(FILES);
    await buildIn(root);
    const { page, complaints } = await openPage(browser, pageDataIn(root));
    const outcome = await page.evaluate(`(() => {
      const tried = {};
      try {
        document.body.innerHTML = '<p>made of text</p>';
        tried.markup = 'made';
      } catch (error) {
        tried.markup = error.name;
      }
      window.ran = false;
      const script = document.createElement('script');
      try {
        script.textContent = 'window.ran = true';
        document.body.append(script);
      } catch (error) {
        tried.script = error.name;
      }
      tried.ran = window.ran;
      return tried;
    })()`);
    expect(outcome).toEqual({ markup: 'TypeError', script: 'TypeError', ran: false });
    expect(complaints.filter((complaint) => !complaint.includes("'Trusted"))).toEqual([]);
    complaints.length = 0;
    await page.evaluate(`new Promise((done) => {
      const image = document.createElement('img');
      image.onerror = image.onload = () => done(null);
      image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
      document.body.append(image);
    })`);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(/violates the following Content Security Policy directive/);
  });
});
