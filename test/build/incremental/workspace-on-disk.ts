/** The files of a workspace, updated from its model with as few writes as a person would make. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesOf, type WorkspaceModel } from './model.js';

export class WorkspaceOnDisk {
  private written = new Map<string, Buffer>();

  constructor(readonly root: string) {
    mkdirSync(join(root, 'tasks'), { recursive: true });
    mkdirSync(join(root, 'solvers'), { recursive: true });
    mkdirSync(join(root, 'differs'), { recursive: true });
  }

  /** Writes the files that differ from the model, and removes those that the model does not have. */
  follow(model: WorkspaceModel): void {
    const wanted = filesOf(model);
    for (const name of this.written.keys()) {
      if (!wanted.has(name)) rmSync(join(this.root, name));
    }
    for (const [name, content] of wanted) {
      if (this.written.get(name)?.equals(content)) continue;
      const path = join(this.root, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    this.written = wanted;
  }
}
