import { entryName } from './entry.ts';
import type { Vault } from './vault.ts';

/** A vault that lasts as long as the process: for the demo and for tests. */
export function memoryVault(): Vault {
  const values = new Map<string, string>();
  return {
    kind: 'memory',
    probe: async () => ({ kind: 'memory', status: 'ready', detail: null }),
    async read(entry) {
      const value = values.get(entryName(entry));
      return value === undefined ? { result: 'absent' } : { result: 'found', value };
    },
    async keep(entry, value) {
      values.set(entryName(entry), value);
      return { result: 'done' };
    },
    async forget(entry) {
      values.delete(entryName(entry));
      return { result: 'done' };
    },
  };
}
