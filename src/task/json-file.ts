/** A JSON file in memory: its value, and on demand the position of everything in it. */
import type { Diagnostic, DiagnosticCode } from '../diagnostic.js';
import {
  type JsonNode,
  type JsonPath,
  type JsonPosition,
  lineStarts,
  offsetAt,
  positionAt,
  readJsonStructure,
} from './json-source.js';

/** Maximum length of a file in bytes. */
const LARGEST_FILE = 2 ** 25;

/**
 * Maximum number of lists and objects: each takes some hundred bytes of memory, but may take only two bytes of text.
 */
const MOST_CONTAINERS = 2_000_000;

export class JsonFile {
  private root: JsonNode | null = null;
  private starts: number[] | null = null;

  private constructor(
    /** As shown to the user. */
    readonly name: string,
    readonly text: string,
    /** For a repeated key, this has the last value. */
    readonly value: unknown,
  ) {}

  /** Parses UTF-8 bytes, with or without a byte order mark. Anything else gives a diagnostic with the given code. */
  static parse(name: string, bytes: Uint8Array, code: DiagnosticCode): JsonFile | Diagnostic {
    const problem = { code, severity: 'error', file: name, line: null, column: null, hint: null } as const;
    if (bytes.length > LARGEST_FILE) return { ...problem, message: 'the file is larger than 32 MB' };
    if (countContainers(bytes) > MOST_CONTAINERS) {
      return { ...problem, message: 'the file has more than 2,000,000 lists and objects' };
    }
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      // This is the only reason why the decoder throws.
      return { ...problem, message: 'the file is not UTF-8 text' };
    }
    try {
      return new JsonFile(name, text, JSON.parse(text));
    } catch (error) {
      const fault = readJsonStructure(text);
      if (typeof fault === 'number' || fault.kind !== 'fault') throw error;
      const { line, column } = positionAt(lineStarts(text), fault.offset);
      return { ...problem, line, column, message: `not JSON: ${fault.message}` };
    }
  }

  /** The structure of the text; read on first use. */
  structure(): JsonNode {
    if (this.root === null) {
      const root = readJsonStructure(this.text);
      if (typeof root !== 'number' && root.kind === 'fault') {
        throw new Error(`JSON.parse accepts what readJsonStructure refuses: ${root.message}`);
      }
      this.root = root;
    }
    return this.root;
  }

  /**
   * The position of an offset, or of the value at a path (of its innermost existing parent if there is no such
   * value).
   */
  position(place: JsonPath | number): JsonPosition {
    const offset = typeof place === 'number' ? place : offsetAt(this.structure(), place);
    this.starts ??= lineStarts(this.text);
    return positionAt(this.starts, offset);
  }
}

/** An upper limit for the number of lists and objects: the number of brackets, including those in strings. */
function countContainers(bytes: Uint8Array): number {
  // A closed bracket takes two bytes, an unclosed one takes one.
  if (bytes.length <= MOST_CONTAINERS) return 0;
  let count = 0;
  for (let k = 0; k < bytes.length; k++) if (bytes[k] === 0x5b || bytes[k] === 0x7b) count++;
  return count;
}
