/**
 * Makes docs/report.png, a picture of the report; it needs an installed Chromium: `node docs/pictures/report.mjs
 * [FILE]`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { inDemo, MAIN, pictureFile } from './demo.mjs';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.BATTBUILD_BROWSER ?? BROWSERS.find((path) => existsSync(path));
if (executablePath === undefined) {
  throw new Error('no Chromium is installed, and BATTBUILD_BROWSER names none');
}

await inDemo(async (folder) => {
  for (const args of [
    ['build', '--quiet'],
    ['report', '--output', 'report.html'],
  ]) {
    await once(spawn(process.execPath, [MAIN, ...args], { cwd: folder }), 'close');
  }
  // Chromium's sandbox does not start as root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' });
  // A program that is right on some samples only.
  await page.goto(`${pathToFileURL(join(folder, 'report.html'))}#/task/lanterns/18`);
  await page.locator('#program').waitFor();
  await page.screenshot({ path: pictureFile('report.png') });
  await browser.close();
});
