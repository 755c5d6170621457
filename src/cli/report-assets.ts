/**
 * The script and the style of the report's page, and the thread that serves it. The build puts them beside the
 * program.
 */
import { readFileSync } from 'node:fs';
import type { PageParts } from '../report/document/document.js';

export function pageParts(): PageParts {
  const read = (name: string) => readFileSync(new URL(`../../dist/bundle/${name}`, import.meta.url), 'utf8');
  return { script: read('report-page.js'), style: read('report-page.css') };
}

/** The module of the thread that serveReport starts. */
export const REPORT_THREAD = new URL('../../dist/bundle/report-thread-main.js', import.meta.url);
