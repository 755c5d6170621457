/** The canonical program: a solver as a DAG of nodes, its binary form, and its hash, the body hash. */

import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { sha256Hex } from '../../encoding/digest.js';
import { everyPrimitive, type Language, languages, languageWith, type Vocabulary } from '../language.js';

/** The kinds of nodes. */
export const Op = {
  /** The parameters: the input grid, the demonstration samples, and the value that the caller supplies. */
  I: 0,
  S: 1,
  C: 2,
  None: 3,
  False: 4,
  True: 5,
  /** `data` is its value, a safe integer. */
  Integer: 6,
  /** A primitive as a value; `data` is its id (see `Vocabulary`). */
  Primitive: 7,
  /** Operands: its items. */
  Tuple: 8,
  /** Operands: the callee, then the arguments. The callee is never a primitive of exactly that arity. */
  Apply: 9,
  /** A call of a primitive; `data` is its id. Operands: as many as its arity. */
  Call: 10,
} as const;

/**
 * A program in canonical form. No two nodes are equal (same op, data and operands). The last node is the result, and
 * needs every other node. The order is that of a depth-first walk from the result: the operands of a node, from left
 * to right, before the node itself. So every program has exactly one canonical form, which is also a valid order of
 * evaluation.
 */
export interface Program {
  /** The number of nodes. */
  readonly length: number;
  /** One `Op` a node. */
  readonly ops: Uint8Array;
  /** One number a node, see `Op`; 0 if it has no meaning. */
  readonly data: Float64Array;
  /** The operands of node n are `operands[starts[n]]` up to `operands[starts[n + 1]]` (exclusive), all less than n. */
  readonly starts: Int32Array;
  readonly operands: Int32Array;
}

/**
 * The identity of a program: SHA-256 of its encoded form, in hexadecimal. The encoded form is one to one with the
 * DAG. So this distinguishes programs exactly as a Merkle hash of the result node would, with one hash instead of one
 * for each node.
 */
export type BodyHash = string & { readonly kind: 'BodyHash' };

export function bodyHashOf(encoded: Uint8Array): BodyHash {
  return sha256Hex(encoded) as BodyHash;
}

export function bodyHashFromBytes(bytes: Uint8Array): BodyHash {
  if (bytes.length !== 32) throw new RangeError('a body hash has 32 bytes');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex') as BodyHash;
}

export function bodyHashToBytes(body: BodyHash): Uint8Array {
  return Buffer.from(body, 'hex');
}

/*
 * The binary form. Numbers are the variable-length integers of encoding/bytes.ts.
 *
 *   program   := 'b' 'p' FORMAT_VERSION  count of nodes  { node }
 *   node      := I | S | C | None | False | True                     head alone: 0..5
 *              | 6 value | 7 magnitude                               integer >= 0 | < 0
 *              | 8 primitive | 9 count { operand } | 10 count { operand }   primitive | tuple | apply (callee counted)
 *              | 11 + k { operand }                                  call of primitive k
 *   primitive := k                                                   k-th primitive of this program
 *   operand   := how many nodes before this one
 *
 * Primitives are numbered in the order of their first mention, and that mention is followed by arity, length of the
 * name, name. Names are the qualified ones, which say the language. So a program says all about itself, and its hash does not change when the language grows. The format is
 * part of every body hash: another layout needs another FORMAT_VERSION, and makes all recorded results unreachable.
 */
const MAGIC = [0x62, 0x70];
const FORMAT_VERSION = 1;
const HEADER_BYTES = 3;
const Head = { Integer: 6, Negative: 7, Primitive: 8, Tuple: 9, Apply: 10, Call: 11 } as const;

/** Writes programs, node by node, one after another into `out`. */
export class ProgramWriter {
  /** The introduction of each primitive: arity, length of its name, name. */
  private readonly introductions: readonly Uint8Array[];
  private readonly firstId: number;
  /** The index of each primitive in the current program, valid if `mentionedIn` holds the current program. */
  private readonly numbers: Int32Array;
  private readonly mentionedIn: Int32Array;
  private mentioned = 0;
  private programs = 0;

  constructor(
    vocabulary: Vocabulary,
    readonly out: ByteWriter,
  ) {
    this.introductions = introductionsOf(vocabulary);
    this.firstId = vocabulary.firstId;
    this.numbers = new Int32Array(vocabulary.primitives.length);
    this.mentionedIn = new Int32Array(vocabulary.primitives.length);
  }

  begin(nodes: number): void {
    this.mentioned = 0;
    this.programs++;
    this.out.byte(MAGIC[0]).byte(MAGIC[1]).byte(FORMAT_VERSION).unsigned(nodes);
  }

  /** Writes a node without its operands; `operand` must write them next. */
  node(op: number, data: number, operands: number): void {
    if (op === Op.Call) this.primitive(Head.Call, data);
    else if (op === Op.Tuple) this.out.byte(Head.Tuple).unsigned(operands);
    else if (op === Op.Apply) this.out.byte(Head.Apply).unsigned(operands);
    else if (op === Op.Integer) {
      if (data >= 0) this.out.byte(Head.Integer).unsigned(data);
      else this.out.byte(Head.Negative).unsigned(-data);
    } else if (op === Op.Primitive) {
      this.out.byte(Head.Primitive);
      this.primitive(0, data);
    } else this.out.byte(op);
  }

  /** Writes an operand: how many nodes before the current one it is. */
  operand(distance: number): void {
    this.out.unsigned(distance);
  }

  private primitive(base: number, id: number): void {
    const at = id - this.firstId;
    if (this.mentionedIn[at] === this.programs) {
      this.out.unsigned(base + this.numbers[at]);
      return;
    }
    this.mentionedIn[at] = this.programs;
    this.numbers[at] = this.mentioned;
    this.out.unsigned(base + this.mentioned++).raw(this.introductions[at]);
  }
}

const introductions = new WeakMap<Vocabulary, readonly Uint8Array[]>();

function introductionsOf(vocabulary: Vocabulary): readonly Uint8Array[] {
  let made = introductions.get(vocabulary);
  if (made === undefined) {
    made = vocabulary.primitives.map(({ parameters }, k) => {
      const name = vocabulary.qualifiedName(vocabulary.firstId + k);
      return new ByteWriter(32).unsigned(parameters.length).string(name).finish();
    });
    introductions.set(vocabulary, made);
  }
  return made;
}

/**
 * The language of a program. A program without primitives means the same in all languages and counts as one of the
 * base.
 */
export function languageOfProgram({ length, ops, data }: Program): Language {
  for (let node = 0; node < length; node++) {
    if (ops[node] === Op.Call || ops[node] === Op.Primitive) return languageWith(data[node]);
  }
  return languages[0];
}

/** The binary form of a canonical program. */
export function encodeProgram(
  program: Program,
  vocabulary: Vocabulary = everyPrimitive,
): Uint8Array<ArrayBuffer> {
  const { length, ops, data, starts, operands } = program;
  const out = new ByteWriter(16 + 4 * length);
  const writer = new ProgramWriter(vocabulary, out);
  writer.begin(length);
  for (let node = 0; node < length; node++) {
    const end = starts[node + 1];
    writer.node(ops[node], data[node], end - starts[node]);
    for (let k = starts[node]; k < end; k++) writer.operand(node - operands[k]);
  }
  return out.finish();
}

/**
 * Reads what `encodeProgram` wrote. Throws RangeError for anything else, and for primitives with another arity or
 * name.
 */
export function decodeProgram(encoded: Uint8Array, vocabulary: Vocabulary = everyPrimitive): Program {
  const reader = new ByteReader(encoded);
  if (reader.byte() !== MAGIC[0] || reader.byte() !== MAGIC[1]) throw damaged('it has no header');
  if (reader.byte() !== FORMAT_VERSION) throw damaged('it is of another version');
  const length = reader.unsigned();
  // Every node and operand takes at least a byte, so a damaged count cannot ask for more memory than the input has
  // bytes.
  if (length < 1 || length > encoded.length - HEADER_BYTES) throw damaged('its number of nodes is wrong');
  // One buffer for all: making a buffer takes longer than filling it. What is no head of a node may be an operand.
  const most = encoded.length - HEADER_BYTES - length;
  const buffer = new ArrayBuffer(8 * length + 4 * (length + 1 + most) + length);
  const data = new Float64Array(buffer, 0, length);
  const starts = new Int32Array(buffer, 8 * length, length + 1);
  const operands = new Int32Array(buffer, 8 * length + 4 * (length + 1), most);
  const ops = new Uint8Array(buffer, 8 * length + 4 * (length + 1 + most), length);
  const known: number[] = [];
  let filled = 0;
  for (let node = 0; node < length; node++) {
    let count = 0;
    const head = reader.unsigned();
    if (head >= Head.Call) {
      ops[node] = Op.Call;
      data[node] = readPrimitive(reader, head - Head.Call, known, vocabulary);
      count = vocabulary.arity(data[node]);
    } else if (head <= Op.True) {
      ops[node] = head;
    } else if (head === Head.Integer || head === Head.Negative) {
      ops[node] = Op.Integer;
      data[node] = readInteger(reader, head === Head.Negative);
    } else if (head === Head.Primitive) {
      ops[node] = Op.Primitive;
      data[node] = readPrimitive(reader, reader.unsigned(), known, vocabulary);
    } else {
      ops[node] = head === Head.Tuple ? Op.Tuple : Op.Apply;
      count = reader.unsigned();
      if (head === Head.Apply && count === 0) throw damaged('it calls nothing');
    }
    starts[node] = filled;
    for (let k = 0; k < count; k++) {
      const distance = reader.unsigned();
      if (distance < 1 || distance > node) throw damaged('a node needs one that is not there');
      operands[filled++] = node - distance;
    }
  }
  starts[length] = filled;
  if (!reader.done) throw damaged('bytes follow its end');
  return { length, ops, data, starts, operands: operands.subarray(0, filled) };
}

function readInteger(reader: ByteReader, negative: boolean): number {
  const magnitude = reader.unsigned();
  if (magnitude > Number.MAX_SAFE_INTEGER || (negative && magnitude === 0))
    throw damaged('an integer is wrong');
  return negative ? -magnitude : magnitude;
}

function readPrimitive(reader: ByteReader, number: number, known: number[], vocabulary: Vocabulary): number {
  if (number < known.length) return known[number];
  if (number > known.length) throw damaged('a primitive has no name');
  const arity = reader.unsigned();
  const name = reader.latin1(reader.unsigned());
  const id = vocabulary.idOfQualified(name);
  if (id === undefined) throw damaged(`the language has no primitive ${JSON.stringify(name)}`);
  if (vocabulary.arity(id) !== arity) throw damaged(`${name} takes another number of arguments now`);
  known.push(id);
  return id;
}

function damaged(reason: string): RangeError {
  return new RangeError(`not a program: ${reason}`);
}
