/** The page: one HTML document that contains data, script and style, and loads nothing. */
import { deflateRawSync } from 'node:zlib';
import type { TaskDetail, TaskHead } from '../data.js';
import type { OpenReport } from '../report.js';
import { LIVE, type PageData } from './page-data.js';
import { sourceHash } from './source-hash.js';

/** The compiled script and style of the page. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/** The data of a page. Tasks are compressed one by one, so that the page decompresses only those that are shown. */
export function pageDataOf(report: OpenReport): PageData {
  const tasks: TaskHead[] = [];
  const details: string[] = [];
  for (const task of report.tasks('shown')) {
    const { samples, moreSamples, differs, programs, solvers, outputs, ...head } = task;
    tasks.push(head);
    const detail = { samples, moreSamples, differs, programs, solvers, outputs };
    details.push(packDetail(detail));
  }
  return { overview: report.overview, tasks, details };
}

/** Deflated JSON in Base64: a fifth of the size, and without any character that could end a script. */
function packDetail(detail: TaskDetail): string {
  return deflateRawSync(JSON.stringify(detail)).toString('base64');
}

/**
 * The document. Text from inputs is only in a block of JSON, where no markup can begin; the page turns it into text
 * nodes. The content security policy allows only our script, loads nothing, and forbids turning text into markup.
 */
export function reportDocument(data: PageData, parts: PageParts): string {
  return pageDocument(jsonForScript(data), parts, []);
}

/** The document of a page that asks the server it came from for its data. */
export function liveDocument(parts: PageParts): string {
  return pageDocument(LIVE, parts, ["connect-src 'self'"]);
}

/** `data` is put into the markup unchanged. */
function pageDocument(data: string, { script, style }: PageParts, permissions: readonly string[]): string {
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) {
    throw new Error('the script or the style of the page would end early');
  }
  const policy = [
    "default-src 'none'",
    ...permissions,
    `script-src '${sourceHash(script)}'`,
    `style-src '${sourceHash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>battbuild report</title>
<style>${style}</style>
</head>
<body>
<noscript>This report is drawn by a script of its own: it needs JavaScript.</noscript>
<script type="application/json" id="data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON in which no tag, comment or line end of a script can begin or end. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character]);
}
