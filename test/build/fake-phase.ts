/** A phase whose steps are words, and whose runs can be observed, delayed and made to fail. */
import type { ByteReader, ByteWriter } from '../../src/encoding/bytes.js';
import type { KeyWriter } from '../../src/phases/key.js';
import type { StepOutputs, StepPhase } from '../../src/phases/phase.js';

export interface Words {
  readonly name: string;
  readonly words: readonly string[];
  /** The outputs that were accepted last. */
  accepted: readonly (readonly [string, string | null])[];
  blobs: ReadonlyMap<string, Uint8Array>;
}

export const wordsOf = (...words: string[]): Words => ({
  name: 'subject',
  words,
  accepted: [],
  blobs: new Map(),
});

/** Steps are objects: equal words are different steps with one key. */
interface Word {
  readonly word: string;
}

/** The blob that the output of a word refers to. */
export const blobOf = (word: string) => `blob ${word}`.padEnd(16);

/**
 * The output of a word is the word in capitals; the output of `'nothing'` is null; that of `'lost...'` must not be
 * stored. Words that begin with `+` refer to a blob.
 */
export class FakePhase implements StepPhase<Words, Word, string | null, unknown> {
  readonly kind = 'steps';
  version = '1';
  harmless = false;
  /** The batches that ran, in the order in which they began. */
  readonly ran: string[][] = [];
  wordsPerBatch = 100;
  /** Further input of all keys. */
  world = 'world';
  /** Called between the beginning and the end of a batch. */
  before: (words: readonly string[]) => Promise<void> = async () => {};
  /** Replaces the decoding of an output. */
  reading: (() => void) | null = null;

  constructor(readonly name = 'fake') {}

  shard(subject: Words): string {
    return subject.name;
  }

  steps(subject: Words): Word[] {
    return subject.words.map((word) => ({ word }));
  }

  key({ word }: Word, _subject: Words, _context: unknown, writer: KeyWriter): void {
    writer.field('word', word);
    writer.field('world', this.world);
  }

  batches(steps: readonly Word[]): Word[][] {
    const batches: Word[][] = [];
    for (let k = 0; k < steps.length; k += this.wordsPerBatch)
      batches.push(steps.slice(k, k + this.wordsPerBatch));
    return batches;
  }

  async run(steps: readonly Word[]): Promise<StepOutputs<string | null>> {
    const words = steps.map(({ word }) => word);
    this.ran.push(words);
    await this.before(words);
    return {
      outputs: words.map((word) => (word === 'nothing' ? null : word.toUpperCase())),
      micros: words.map((word) => word.length),
      blobs: new Map(
        words.filter((word) => word.startsWith('+')).map((word) => [blobOf(word), Buffer.from(`of ${word}`)]),
      ),
      cpuMs: 7,
    };
  }

  cacheable(output: string | null): boolean {
    return output === null || !output.startsWith('LOST');
  }

  write(output: string | null, writer: ByteWriter): void {
    if (output === null) writer.byte(0);
    else writer.byte(1).string(output);
  }

  read(reader: ByteReader): string | null {
    this.reading?.();
    return reader.byte() === 0 ? null : reader.string();
  }

  blobsOf(output: string | null): string[] {
    return output?.startsWith('+') ? [blobOf(output.toLowerCase())] : [];
  }

  accept(
    subject: Words,
    steps: readonly Word[],
    outputs: readonly (string | null)[],
    blobs: ReadonlyMap<string, Uint8Array>,
  ): void {
    subject.accepted = steps.map(({ word }, k) => [word, outputs[k]] as const);
    subject.blobs = blobs;
  }
}
