/** Tricks: what people and programs do to watched folders, after which an edit must still be seen. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A trick uses a workspace, whose solvers are in `solvers`, and a folder beside it, `elsewhere`. */
export interface Trick {
  readonly name: string;
  /** Prepares the folders, once; `write` writes a solver that solves nothing. */
  readonly before: readonly string[];
  /** Plays the trick. Paths are relative to the place. */
  play(at: Place): void;
  /** The file that is edited afterwards. */
  readonly edited: string;
  /** Restores all folders. */
  readonly isHarmless?: true;
  /** The system has no event for the edit: only a scan finds it. */
  readonly isUntold?: true;
  /** Undoes what would remain after the place is removed. */
  end?(at: Place): void;
}

export class Place {
  constructor(
    readonly root: string,
    private readonly text: string,
  ) {}

  path(name: string): string {
    return join(this.root, name);
  }

  write(name: string, text = this.text): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  remove(name: string): void {
    rmSync(this.path(name), { recursive: true, force: true });
  }

  rename(from: string, to: string): void {
    renameSync(this.path(from), this.path(to));
  }

  /** Creates a link, or changes its target at once. */
  link(name: string, target: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    symlinkSync(target, this.path(`${name}.new`));
    this.rename(`${name}.new`, name);
  }

  /** Restores the state before a trick. */
  reset(trick: Trick): void {
    trick.end?.(this);
    for (const name of ['solvers', 'elsewhere', 'away']) this.remove(name);
    mkdirSync(this.path('solvers'));
    for (const name of trick.before) {
      const [link, target] = name.split(' -> ');
      if (target === undefined) this.write(name);
      else this.link(link, target);
    }
  }
}

const SUB = 'solvers/sub/s.py';

export const TRICKS: readonly Trick[] = [
  {
    name: 'a folder is removed and made again',
    before: [SUB],
    play(at) {
      at.remove('solvers/sub');
      at.write(SUB);
    },
    edited: SUB,
  },
  {
    name: 'the root of the solvers is removed and made again',
    before: [SUB],
    play(at) {
      at.remove('solvers');
      at.write(SUB);
    },
    edited: SUB,
  },
  {
    name: 'a deep folder goes with all above it and is made again, five times',
    before: ['solvers/a/b/c/s.py'],
    play(at) {
      for (let k = 0; k < 5; k++) {
        at.remove('solvers/a');
        at.write('solvers/a/b/c/s.py');
      }
    },
    edited: 'solvers/a/b/c/s.py',
  },
  {
    name: 'a folder takes the place of another',
    before: [SUB, 'elsewhere/new/s.py'],
    play(at) {
      at.rename('solvers/sub', 'away');
      at.rename('elsewhere/new', 'solvers/sub');
    },
    edited: SUB,
  },
  {
    name: 'a folder is renamed over an empty one',
    before: ['solvers/a.py', 'elsewhere/new/s.py'],
    play(at) {
      mkdirSync(at.path('solvers/sub'));
      at.rename('elsewhere/new', 'solvers/sub');
    },
    edited: SUB,
  },
  {
    name: 'a folder is moved away and back',
    before: [SUB],
    play(at) {
      at.rename('solvers/sub', 'away');
      at.rename('away', 'solvers/sub');
    },
    edited: SUB,
    isHarmless: true,
  },
  {
    name: 'the root of the solvers is moved away and another into its place',
    before: [SUB, 'elsewhere/new/sub/s.py'],
    play(at) {
      at.rename('solvers', 'away');
      at.rename('elsewhere/new', 'solvers');
    },
    edited: SUB,
  },
  {
    name: 'two folders exchange their names',
    before: [SUB, 'solvers/other/s.py'],
    play(at) {
      at.rename('solvers/sub', 'away');
      at.rename('solvers/other', 'solvers/sub');
      at.rename('away', 'solvers/other');
    },
    edited: SUB,
  },
  {
    name: 'a link to a folder leads to another',
    before: ['elsewhere/a/s.py', 'elsewhere/b/s.py', 'solvers/sub -> ../elsewhere/a'],
    play: (at) => at.link('solvers/sub', '../elsewhere/b'),
    edited: 'elsewhere/b/s.py',
  },
  {
    name: 'a link to a file leads to another',
    before: ['elsewhere/a.py', 'elsewhere/b.py', 'solvers/s.py -> ../elsewhere/a.py'],
    play: (at) => at.link('solvers/s.py', '../elsewhere/b.py'),
    edited: 'elsewhere/b.py',
  },
  {
    name: 'what a link to a folder leads to is made again',
    before: ['elsewhere/a/s.py', 'solvers/sub -> ../elsewhere/a'],
    play(at) {
      at.remove('elsewhere/a');
      at.write('elsewhere/a/s.py');
    },
    edited: 'elsewhere/a/s.py',
  },
  {
    name: 'a link in the middle of the way of a link leads elsewhere',
    before: [
      'elsewhere/a/deep/s.py',
      'elsewhere/b/deep/s.py',
      'elsewhere/way -> a',
      'solvers/sub -> ../elsewhere/way/deep',
    ],
    play: (at) => at.link('elsewhere/way', 'b'),
    edited: 'elsewhere/b/deep/s.py',
  },
  {
    name: 'what a link to a file leads to is replaced, as editors do',
    before: ['elsewhere/s.py', 'solvers/s.py -> ../elsewhere/s.py'],
    play(at) {
      at.write('elsewhere/s.py.new');
      at.rename('elsewhere/s.py.new', 'elsewhere/s.py');
    },
    edited: 'elsewhere/s.py',
  },
  {
    name: 'a folder becomes a link',
    before: [SUB, 'elsewhere/a/s.py'],
    play(at) {
      at.remove('solvers/sub');
      at.link('solvers/sub', '../elsewhere/a');
    },
    edited: 'elsewhere/a/s.py',
  },
  {
    name: 'a folder is renamed by case only',
    before: [SUB],
    play: (at) => at.rename('solvers/sub', 'solvers/Sub'),
    edited: 'solvers/Sub/s.py',
  },
  {
    name: 'a file is replaced by a hard link, and edited by its other name',
    before: ['solvers/s.py', 'elsewhere/s.py'],
    play(at) {
      unlinkSync(at.path('solvers/s.py'));
      linkSync(at.path('elsewhere/s.py'), at.path('solvers/s.py'));
    },
    edited: 'elsewhere/s.py',
    isHarmless: true,
    isUntold: true,
  },
  {
    name: 'two thousand files and folders come at once',
    before: [SUB],
    play(at) {
      for (let k = 0; k < 200; k++) for (let j = 0; j < 10; j++) at.write(`solvers/many/${k}/${j}.txt`, '');
      at.write('solvers/many/s.py');
    },
    edited: 'solvers/many/s.py',
  },
];

/** Mounts another file system over a folder, without an event. Only possible with permission. */
export const MOUNT: Trick = {
  name: 'a folder is mounted over',
  before: [SUB, 'elsewhere/a/s.py'],
  play: (at) => mount('--bind', at.path('elsewhere/a'), at.path('solvers/sub')),
  edited: SUB,
  end(at) {
    while (existsSync(at.path('solvers/sub')) && isMounted(at.path('solvers/sub'))) {
      const { status } = spawnSync('umount', [at.path('solvers/sub')]);
      if (status !== 0) break;
    }
  },
};

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function isMounted(path: string): boolean {
  return spawnSync('mountpoint', ['-q', path]).status === 0 && lstatSync(path).isDirectory();
}
