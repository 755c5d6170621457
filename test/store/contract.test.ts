import { onTestFinished } from 'vitest';
import { Store } from '../../src/store/store.js';
import { describeStore } from './contract.js';
import { temporaryFolder } from './temporary-folder.js';

describeStore('the store of this machine', async () => {
  const folder = temporaryFolder();
  const open = () => {
    const store = Store.open(folder);
    onTestFinished(() => store.close());
    return store;
  };
  return {
    async open() {
      const store = open();
      return {
        async put(phase, shard, pack) {
          if (!store.write(() => store.actions.append(phase, shard, 1, pack))) throw new Error('not written');
        },
        find: async (phase, shard) => store.actions.read(phase, shard),
      };
    },
    async damage() {
      const damaged = open()['database'].prepare<[Uint8Array, number]>(
        'UPDATE pack SET payload = ? WHERE id = ?',
      );
      const packs = open()['database'].prepare<[], { id: number; payload: Uint8Array }>(
        'SELECT id, payload FROM pack',
      );
      for (const { id, payload } of packs.all()) {
        const changed = Uint8Array.from(payload);
        changed[changed.length >> 1] ^= 1;
        damaged.run(changed, id);
      }
    },
  };
});
