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

/** Longer files are refused: a string of JavaScript holds no more than about twice this. */
const LARGEST_FILE = 2 ** 28;

export class JsonFile {
  private root: JsonNode | null = null;
  private starts: number[] | null = null;

  private constructor(
    /** As shown to the user. */
    readonly name: string,
    readonly text: string,
    /** Of a repeated key, this has the last value. */
    readonly value: unknown,
  ) {}

  /** Parses UTF-8 bytes, with or without a byte order mark. Anything else is a diagnostic with the given code. */
  static parse(name: string, bytes: Uint8Array, code: DiagnosticCode): JsonFile | Diagnostic {
    const problem = { code, severity: 'error', file: name, line: null, column: null, hint: null } as const;
    if (bytes.length > LARGEST_FILE) return { ...problem, message: 'the file is too large (over 256 MB)' };
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      // The decoder throws for exactly one reason.
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

  /** The position of an offset, or of the value at a path (of its innermost existing parent if there is none). */
  position(place: JsonPath | number): JsonPosition {
    const offset = typeof place === 'number' ? place : offsetAt(this.structure(), place);
    this.starts ??= lineStarts(this.text);
    return positionAt(this.starts, offset);
  }
}
