/** The page of a running watch in a real browser: it follows the builds, and keeps the reader's position. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ALL_TASKS } from '../../../../src/build/options.js';
import { pageParts } from '../../../../src/cli/report-assets.js';
import { liveDocument } from '../../../../src/report/document/document.js';
import { LiveReport } from '../../../../src/report/live/live-report.js';
import { ReportServer } from '../../../../src/report/live/report-server.js';
import { nodeFileSystem } from '../../../../src/workspace/node-file-system.js';
import { EXAMPLE, exampleWorkspace, MIRRORED, RECOLORED } from '../../../build/example.js';
import { buildIn, workspaceOf, writeFiles } from '../../../build/rig.js';
import { BROWSER, launch, WHY_SKIPPED } from '../browser.js';

let browser: Browser;

/** A workspace whose report is served and followed by a page. */
class Live {
  readonly complaints: string[] = [];
  private server: ReportServer;

  private constructor(
    private readonly root: string,
    private readonly report: LiveReport,
    readonly page: Page,
  ) {
    this.server = this.newServer();
  }

  static async open(hash = '', isBuilt = true): Promise<Live> {
    const root = exampleWorkspace();
    if (isBuilt) await buildIn(root);
    const options = { selection: ALL_TASKS, files: nodeFileSystem, now: Date.now, version: '1' };
    const page = await browser.newPage({ viewport: { width: 1200, height: 500 } });
    onTestFinished(() => page.close());
    const live = new Live(root, new LiveReport(workspaceOf(root), options), page);
    page.on('pageerror', (error) => live.complaints.push(error.message));
    await page.goto((await live.listen(0)) + hash);
    return live;
  }

  private newServer(): ReportServer {
    const server = new ReportServer(this.report, liveDocument(pageParts()));
    onTestFinished(() => server.close());
    return server;
  }

  listen(port: number): Promise<string> {
    return this.server.listen(port);
  }

  /** As a watch does when inputs changed. */
  async edit(files: Readonly<Record<string, string>>): Promise<void> {
    writeFiles(this.root, files);
    await buildIn(this.root);
    this.report.built(workspaceOf(this.root));
    this.server.announce();
  }

  async end(): Promise<void> {
    await this.server.close();
    this.server = this.newServer();
  }
}

const RECOLOR = EXAMPLE['solvers/recolor.py'];
const MIRROR_FILE = `solvers/${MIRRORED}/a.py`;

describe.skipIf(BROWSER === null)(`the live page${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('waits for the first build, and follows every other', async () => {
    const live = await Live.open('', false);
    const { page } = live;
    await page.getByText('Nothing is built yet').waitFor();
    await live.edit({});
    await page.getByRole('heading', { name: '2 of 2 tasks solved' }).waitFor();
    expect(await page.getByText('Nothing is built yet').count()).toBe(0);
    await live.edit({ [MIRROR_FILE]: 'def mirror(I):\n    return hmirror(I)\n' });
    await page.getByRole('heading', { name: '1 of 2 tasks solved' }).waitFor();
    await page.getByRole('status').getByText('live').waitFor();
    expect(live.complaints).toEqual([]);
  });

  it('shows the open task anew, and follows the solver to its new rank', async () => {
    const live = await Live.open(`#/task/${RECOLORED}/2`);
    const { page } = live;
    const title = page.locator('h2#program');
    await title.getByText('2. example').waitFor();
    // The program that was better is wrong now.
    await live.edit({ 'solvers/recolor.py': RECOLOR.replaceAll('TWO', 'SIX').replace('I, 1, 2', 'I, 1, 6') });
    await title.getByText('1. example').waitFor();
    expect(new URL(page.url()).hash).toBe(`#/task/${RECOLORED}`);
    expect(live.complaints).toEqual([]);
  });

  it('leaves search, theme, focus, scroll and what is unfolded as they are', async () => {
    const live = await Live.open();
    const { page } = live;
    await page.getByRole('button', { name: /^theme/ }).click();
    await page.getByRole('searchbox').fill('aaaa');
    const summary = page.locator('main summary').first();
    await summary.click();
    await page.evaluate('window.scrollTo(0, 150)');
    await live.edit({ [MIRROR_FILE]: 'def mirror(I):\n    return hmirror(I)\n' });
    await page.getByRole('heading', { name: '1 of 2 tasks solved' }).waitFor();
    expect(await page.evaluate('window.scrollY')).toBe(150);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
    expect(await page.locator('main details').first().getAttribute('open')).toBe('');
    expect(await page.getByRole('searchbox').inputValue()).toBe('aaaa');
    expect(await page.locator('nav[aria-label=tasks] li').count()).toBe(1);
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('light');
  });

  it('keeps the place on the map', async () => {
    const live = await Live.open('#/map');
    const { page } = live;
    await page.getByLabel('Rows:').selectOption({ index: 1 });
    await page.locator('canvas.map').focus();
    await page.keyboard.press('ArrowDown');
    const said = await page.locator('.map-status').textContent();
    await live.edit({ [MIRROR_FILE]: 'def mirror(I):\n    return hmirror(I)\n' });
    await page.locator('nav[aria-label=tasks] .mark.partly').waitFor();
    expect(await page.evaluate('document.activeElement.className')).toBe('map');
    expect(await page.locator('.map-status').textContent()).toBe(said);
    expect(await page.getByLabel('Rows:').inputValue()).not.toBe('id');
  });

  it('says when nobody answers, and goes on when somebody does again', async () => {
    const live = await Live.open();
    const { page } = live;
    await page.getByRole('heading', { name: '2 of 2 tasks solved' }).waitFor();
    const port = Number(new URL(page.url()).port);
    await live.end();
    await page.getByText('battbuild watch does not answer').waitFor();
    await live.listen(port);
    await page.getByText(/^live/).waitFor();
    await live.edit({ [MIRROR_FILE]: 'def mirror(I):\n    return hmirror(I)\n' });
    await page.getByRole('heading', { name: '1 of 2 tasks solved' }).waitFor();
  });

  it('shows a task that comes and goes', async () => {
    const live = await Live.open('#/task/cccc0003');
    const { page } = live;
    await page.getByRole('heading', { name: 'There is no task cccc0003' }).waitFor();
    await live.edit({ 'tasks/cccc0003.json': EXAMPLE[`tasks/${MIRRORED}.json`] });
    await page.getByRole('heading', { level: 1, name: /cccc0003$/ }).waitFor();
    expect(live.complaints).toEqual([]);
  });
});
