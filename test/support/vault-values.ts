/** Entries and answers for the tests of every vault. */
import { entryName } from '../../electron/vault/entry.ts';
import type { Entry, Marks } from '../../electron/vault/vault.ts';

export const SECRET: Entry = { appId: 'wx00000000000000a1', part: 'secret' };
export const TOKEN: Entry = { appId: 'wx00000000000000a1', part: 'token' };
export const OTHER: Entry = { appId: 'wx00000000000000b2', part: 'secret' };

export const found = (value: string) => ({ result: 'found', value }) as const;
export const done = { result: 'done' } as const;
export const absent = { result: 'absent' } as const;

/** Marks as the ledger keeps them, without a ledger. */
export function marksInMemory(...kept: readonly Entry[]): Marks {
  const names = new Set(kept.map(entryName));
  return {
    has: (entry) => names.has(entryName(entry)),
    set: (entry) => void names.add(entryName(entry)),
    clear: (entry) => void names.delete(entryName(entry)),
    known: () => [...names].flatMap((name) => /^(.*)\/secret$/.exec(name)?.[1] ?? []),
  };
}
