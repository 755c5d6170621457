/** The installed browser, if there is one, and pages in it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { pageParts } from '../../../src/cli/report-assets.js';
import { reportDocument } from '../../../src/report/document/document.js';
import type { PageData } from '../../../src/report/document/page-data.js';
import { temporaryFolder } from '../../build/rig.js';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** BATTBUILD_BROWSER, or a Chromium in one of the usual places; null if there is none. */
export const BROWSER: string | null =
  process.env['BATTBUILD_BROWSER'] ?? PLACES.find((place) => existsSync(place)) ?? null;

/** For the titles of tests that are skipped without it. */
export const WHY_SKIPPED =
  BROWSER === null ? ' (skipped: no Chromium is installed, and BATTBUILD_BROWSER names none)' : '';

export function launch(): Promise<Browser> {
  if (BROWSER === null) throw new Error('there is no browser');
  // Chromium's sandbox does not start as root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: BROWSER, args });
}

export interface OpenedPage {
  readonly page: Page;
  /** Errors in the page, and requests beyond the page itself. */
  readonly complaints: string[];
  readonly url: string;
}

export interface PageRequest {
  /** The part of the address behind `#`. */
  readonly hash?: string;
  readonly colorScheme?: 'light' | 'dark';
}

/** Opens the page of the data from a file; it is closed after the test. */
export async function openPage(
  browser: Browser,
  data: PageData,
  { hash = '', colorScheme = 'light' }: PageRequest = {},
): Promise<OpenedPage> {
  const file = join(temporaryFolder(), 'report.html');
  writeFileSync(file, reportDocument(data, pageParts()));
  const page = await browser.newPage({ colorScheme, viewport: { width: 1400, height: 900 } });
  onTestFinished(() => page.close());
  const url = pathToFileURL(file).href;
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url + hash);
  await page.locator('h1').waitFor();
  return { page, complaints, url };
}
