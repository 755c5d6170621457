/** When a process that builds repeatedly may use a record without reading it. */
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { RecordCache, type RecordedSelection } from '../../../src/build/record/record-cache.js';
import { Store } from '../../../src/store/store.js';
import { temporaryFolder } from '../rig.js';

const KNOWN: RecordedSelection = { row: { id: 1, run: 1 }, recorded: null, encoded: new Map() };

let folder: string;
let store: Store;
let memory: RecordCache;

function opened(path = folder): Store {
  const one = Store.open(path);
  onTestFinished(() => one.close());
  return one;
}

function write(into: Store): void {
  into.write(() => void into.runs.begin(0, 'name'));
}

/** A build that records, and what happens between its beginning and its end. */
function build(between: () => void = () => {}): RecordedSelection | null {
  const before = memory.begin('name', store);
  between();
  store.write(() => {
    store.runs.begin(0, 'name');
    memory.keep('name', store, KNOWN);
  });
  return before;
}

beforeEach(() => {
  folder = join(temporaryFolder(), 'cache');
  store = opened();
  memory = new RecordCache();
});

describe('what a build recorded', () => {
  it('is known to the next one, however often this process writes', () => {
    expect(build()).toBeNull();
    write(store);
    expect(build(() => write(store))).toBe(KNOWN);
    expect(build()).toBe(KNOWN);
  });

  it('is read again when another connection has written since', () => {
    const other = opened();
    build();
    write(other);
    expect(build()).toBeNull();
    expect(build()).toBe(KNOWN);
  });

  it('is read again when another connection wrote while it was built', () => {
    const other = opened();
    build(() => write(other));
    expect(build()).toBeNull();
    expect(build()).toBe(KNOWN);
  });

  it('is not disturbed by those who read', () => {
    const other = opened();
    build();
    other.runs.newest(1);
    other.selections.find('name');
    expect(build()).toBe(KNOWN);
  });

  it('is forgotten when the build after it records nothing', () => {
    build();
    memory.begin('name', store);
    expect(build()).toBeNull();
  });

  it('is that of one selection and one store', () => {
    build();
    expect(memory.begin('other', store)).toBeNull();
    build();
    expect(memory.begin('name', opened(join(folder, 'other')))).toBeNull();
    build();
    memory.forget();
    expect(build()).toBeNull();
  });
});
