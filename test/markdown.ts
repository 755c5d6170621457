/** Reads the project's documents: sections, and their code blocks. */
import { readFileSync } from 'node:fs';

export interface Block {
  /** The word after the opening fence: `sh`, `text`, `python`, `json`. */
  readonly language: string;
  /** The lines between the fences, each with its line break. */
  readonly text: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** The text of a comment `<!-- test: ... -->` right above the fence; empty if there is none. */
  readonly note: string;
}

export interface Section {
  readonly title: string;
  /** Everything up to the next heading of any level, without code. */
  readonly prose: readonly string[];
  readonly blocks: readonly Block[];
}

const NOTE = /^<!-- test: (.*) -->$/;

/** The text of a file of the project, given its path from the root. */
export function readDocument(name: string): string {
  return readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
}

/** All sections of a document, in order; the part before the first heading is not among them. */
export function sectionsOf(text: string): Section[] {
  const sections: { title: string; prose: string[]; blocks: Block[] }[] = [];
  const lines = text.split('\n');
  for (let k = 0; k < lines.length; k++) {
    const fence = /^```(\w*)$/.exec(lines[k]);
    const heading = /^#+ (.*)$/.exec(lines[k]);
    if (heading !== null) sections.push({ title: heading[1], prose: [], blocks: [] });
    else if (fence === null) sections.at(-1)?.prose.push(lines[k]);
    else {
      const end = lines.indexOf('```', k + 1);
      if (end < 0) throw new Error(`the block of line ${k + 1} does not end`);
      const inside = lines.slice(k + 1, end).map((line) => `${line}\n`);
      const note = NOTE.exec(lines[k - 1] ?? '')?.[1] ?? '';
      sections.at(-1)?.blocks.push({ language: fence[1], text: inside.join(''), line: k + 1, note });
      k = end;
    }
  }
  return sections;
}

/** The targets of all links of a document to files of the project, relative to the document. */
export function linksOf(text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return targets.filter((target) => !/^(https?:|#)/.test(target)).map((target) => target.replace(/#.*$/, ''));
}
