/**
 * Makes docs/watch.svg, a picture of a terminal with a watch while a solver is written: `node docs/pictures/watch.mjs
 * [FILE]`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inDemo, MAIN, pictureFile } from './demo.mjs';

/** The contents of `solvers/squeeze.py`, version by version. */
const VERSIONS = [
  ['def squeeze(I):', '    return dedupe(I)'],
  ['def squeeze(I):', '    return dedupe(dmirorr(dedupe(I)))'],
  ['def squeeze(I):', '    return dmirror(dedupe(dmirror(dedupe(I))))'],
];

/** The output in a terminal: both streams, in the order of writing. */
async function recordWatch(folder) {
  const write = (lines) => writeFileSync(join(folder, 'solvers/squeeze.py'), `${lines.join('\n')}\n`);
  const [first, ...others] = VERSIONS;
  write(first);
  const { CI, NO_COLOR, ...env } = process.env;
  // One pipe for both streams, because two would lose their order.
  const child = spawn('sh', ['-c', 'exec "$0" "$1" watch 2>&1', process.execPath, MAIN], {
    cwd: folder,
    env: { ...env, FORCE_COLOR: '1' },
  });
  let shown = '';
  let arrived = () => {};
  child.stdout.setEncoding('utf8').on('data', (text) => {
    shown += text;
    arrived();
  });
  const until = async (pattern, count) => {
    while ([...shown.matchAll(pattern)].length < count) {
      await new Promise((resolve) => {
        arrived = resolve;
      });
    }
  };
  await until(/Ctrl-C ends/g, 1);
  for (const [k, lines] of others.entries()) {
    write(lines);
    await until(/after the save|built in/g, k + 1);
  }
  child.kill('SIGINT');
  await once(child, 'close');
  // A terminal shows the progress of a long build in a line that disappears.
  const lasting = shown.replaceAll(/^\w+, [\d,]+\/[\d,]+ (tasks|files), .*\n/gm, '');
  return `$ npx battbuild watch\n${lasting}`;
}

const COLUMN = 7.83;
const LINE = 19;
const MARGIN = 16;
const STYLE = `
  rect { fill: #16181d }
  text { font: 13px ui-monospace, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d7dae0; white-space: pre }
  .s1 { font-weight: bold } .s2 { fill: #8b929e } .s31 { fill: #f07a70 } .s32 { fill: #57c785 } .s33 { fill: #e5b454 } .s36 { fill: #5cc7d6 }
`;

/** Draws lines with the colour codes of terminals as a picture. */
function svgOf(text) {
  const lines = text.trimEnd().split('\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes begin with one
  const codes = /\u001b\[(\d*)m/;
  const plain = (line) =>
    line
      .split(codes)
      .filter((_, k) => k % 2 === 0)
      .join('');
  const columns = Math.max(...lines.map((line) => plain(line).length));
  const width = Math.ceil(columns * COLUMN + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  const rows = lines.map((line, row) => {
    let styles = new Set();
    const spans = line.split(codes).map((part, k) => {
      if (k % 2 === 1) {
        styles = nextStyles(styles, Number(part));
        return '';
      }
      if (part === '') return '';
      const names = [...styles].map((style) => `s${style}`).join(' ');
      return names === '' ? escaped(part) : `<tspan class="${names}">${escaped(part)}</tspan>`;
    });
    return `<text x="${MARGIN}" y="${MARGIN + 14 + row * LINE}">${spans.join('')}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>A terminal with battbuild watch</title>
<style>${STYLE}</style>
<rect width="${width}" height="${height}" rx="8"/>
${rows.join('\n')}
</svg>
`;
}

/** The codes in force after one more: 22 ends bold and dim, 39 a colour. */
function nextStyles(styles, code) {
  const ended = { 0: () => true, 22: (style) => style < 10, 39: (style) => style >= 30 }[code];
  if (ended === undefined) return new Set([...styles, code]);
  return new Set([...styles].filter((style) => !ended(style)));
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

writeFileSync(pictureFile('watch.svg'), svgOf(await inDemo(recordWatch)));
