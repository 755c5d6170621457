/** The document around the data: its contents, and that no input can leave its place in it. */
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonForScript, reportDocument } from '../../../src/report/document/document.js';
import type { PageData } from '../../../src/report/document/page-data.js';
import { exampleWorkspace } from '../../build/example.js';
import { buildIn } from '../../build/rig.js';
import { pageDataIn, reportIn } from '../rig.js';

const PARTS = { script: 'start("ü");', style: 'p{color:red}' };

describe('JSON in a script', () => {
  it('is the value, in which no markup and no line can end or begin', () => {
    const nasty = fc.constantFrom(
      '</script>',
      '<!--',
      '-->',
      '<script',
      '\u2028',
      '\u2029',
      '&lt;',
      ']]>',
      '\\u003c',
    );
    const text = fc
      .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 5 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.array(fc.dictionary(text, text, { noNullPrototype: true })), (value) => {
        const json = jsonForScript(value);
        expect(JSON.parse(json)).toEqual(value);
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
      }),
    );
  });
});

describe('the document', () => {
  it('holds the data of every task', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const document = reportDocument(pageDataIn(root), PARTS);
    const [, json] = /<script type="application\/json" id="data">(.*)<\/script>/.exec(document) ?? [];
    const { overview, tasks, details } = JSON.parse(json) as PageData;
    const unpacked = details.map((packed, k) => {
      const detail = inflateRawSync(Buffer.from(packed, 'base64')).toString();
      return { ...tasks[k], ...(JSON.parse(detail) as object) };
    });
    expect({ ...overview, tasks: unpacked }).toEqual(reportIn(root));
  });

  it('lets only its own script and style be used, and nothing be loaded', () => {
    const document = reportDocument({} as PageData, PARTS);
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(document).toContain(
      `content="default-src 'none'; script-src ${hash(PARTS.script)}; style-src ${hash(PARTS.style)}; base-uri 'none'; `,
    );
    expect(document.match(/<script/g)).toHaveLength(2);
    expect(document).not.toMatch(/https?:|\bsrc=|\bhref=|@import|url\(/);
  });

  it('is not made with a script or a style that would end early', () => {
    for (const script of ['"</script>"', '"</SCRIPT "', '"<!--"']) {
      expect(() => reportDocument({} as PageData, { ...PARTS, script })).toThrow('end early');
    }
    expect(() => reportDocument({} as PageData, { ...PARTS, style: '</style>' })).toThrow('end early');
  });
});
