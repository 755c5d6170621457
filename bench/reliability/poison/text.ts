/** Hostile solver files: valid ones with tokens deleted, repeated, swapped or replaced by unexpected ones. */
import { inlineSource } from '../../../src/lang/inline.js';
import { decodeProgram } from '../../../src/lang/program/program.js';
import type { Random } from '../../workspace/random.js';
import { hostileGraph } from './graph.js';
import { doublingModule, hostileModule } from './module-text.js';
import { CONTROLS, KEYWORDS, NAMES, NUMBERS, SIGNS, TEXTS } from './words.js';

const TOKEN = /\w+|\s+|[^\w\s]/g;

/** Calls nested so deeply that any recursive walk overflows the stack. */
const DEEP = 10_000;

/** A solver file, as bytes. */
export function hostileText(random: Random, stock: readonly string[]): Uint8Array {
  if (random.chance(0.001)) return Buffer.from(deepText(random));
  if (random.chance(0.0002)) return Buffer.from(doublingModule(random));
  const isModule = random.chance(0.5);
  let text = isModule
    ? hostileModule(random)
    : Array.from({ length: 1 + random.below(3) }, () => random.pick(stock)).join('\n');
  // Some remain valid: their programs are evaluated.
  if (random.chance(isModule ? 0.5 : 0.9)) text = mutated(text, random);
  if (random.chance(0.2)) text = text.replaceAll('\n', random.pick(['\r\n', '\r', '\n\n', '\u2028']));
  if (random.chance(0.05)) text = `\ufeff${text}`;
  const bytes = Buffer.from(text);
  if (random.chance(0.1)) return bytes.subarray(0, random.below(bytes.length + 1));
  if (random.chance(0.1)) for (let k = 0; k < 3; k++) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}

/** Texts of valid functions for `hostileText` to damage. */
export function hostileStock(random: Random): string[] {
  return hostileGraph(random, 24).map((bytes, k) => {
    const text = inlineSource(decodeProgram(bytes), `solve_${random.hex()}`);
    return k % 4 === 0 ? text.replace('\n', '\n    """ A text. """\n') : text;
  });
}

function mutated(text: string, random: Random): string {
  const tokens = text.match(TOKEN) ?? [];
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = random.below(tokens.length + 1);
    const until = at + random.below(6);
    switch (random.below(6)) {
      case 0:
        tokens.splice(at, until - at);
        break;
      case 1:
        tokens.splice(until, 0, ...tokens.slice(at, until));
        break;
      case 2:
        tokens.splice(at, 0, ...tokens.splice(random.below(tokens.length + 1), 3));
        break;
      case 3:
        tokens.splice(at, 1, repeated(hostileWord(random), random));
        break;
      default:
        tokens.splice(at, random.below(2), hostileWord(random));
    }
  }
  return tokens.join('');
}

function hostileWord(random: Random): string {
  return random.pick(random.pick([NAMES, KEYWORDS, NUMBERS, CONTROLS, TEXTS, SIGNS]));
}

function repeated(word: string, random: Random): string {
  return word.repeat(random.pick([2, 3, 50, 300]));
}

function deepText(random: Random): string {
  const [open, inner, close] = random.pick([
    ['hmirror(', 'I', ')'],
    ['(', 'I', ',)'],
    ['(', 'I', ')'],
    ['astuple(I, ', 'I', ')'],
    ['-', '1', ''],
    ['I(', 'I', ')'],
    ['compose(identity, ', 'identity', ')'],
    ['initset(', 'I', ''],
    ['', 'I', ')'],
    ['[', '', ']'],
  ]);
  return `def solve(I):\n    return ${open.repeat(DEEP)}${inner}${close.repeat(DEEP)}\n`;
}
