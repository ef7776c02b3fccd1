/** The file vault: one age-encrypted file in the data folder, its key in another place. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { entryName, messageOf, unavailable } from './entry.ts';
import { KeyFileError } from './key-file.ts';
import { type Entries, SealedError, seal, unseal } from './sealed-file.ts';
import type { Trouble, Vault, Writing } from './vault.ts';

export interface FileVaultOptions {
  readonly dataDir: string;
  readonly keyFile: string;
  /** For one operation, in milliseconds: a network disk may never answer. */
  readonly callTimeoutMs: number;
}

/** What is to become of entries: their new value, or null to forget them. */
type Changes = Map<string, string | null>;

const CANARY = 'canary';

/**
 * A vault in `vault.age`. It is decrypted once and then held in memory, where only what is safely on disk
 * gets in. A file that cannot be decrypted is neither written nor moved: restoring it or its key heals the vault.
 */
export function fileVault({ dataDir, keyFile, callTimeoutMs }: FileVaultOptions): Vault {
  const sealed = { file: join(dataDir, 'vault.age'), keyFile };
  let entries: Entries | null = null;
  /** Every reading and writing of the file, one after the other. */
  let turn: Promise<unknown> = Promise.resolve();
  /** Changes that wait for their turn: they are written together. */
  let batch: { readonly changes: Changes; readonly end: Promise<void> } | null = null;

  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const end = turn.then(work);
    turn = end.catch(() => undefined);
    return end;
  }

  async function load(): Promise<Entries> {
    entries ??= await unseal(sealed);
    return entries;
  }

  async function write(changes: Changes): Promise<void> {
    const known = await load();
    if ([...changes].every(([name, value]) => value === null && !known.has(name))) return;
    const next = new Map(known);
    for (const [name, value] of changes) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    await seal(sealed, next);
    entries = next;
  }

  function change(name: string, value: string | null): Promise<void> {
    if (batch === null) {
      const changes: Changes = new Map();
      const end = inTurn(() => {
        batch = null;
        return write(changes);
      });
      batch = { changes, end };
    }
    batch.changes.set(name, value);
    return batch.end;
  }

  /** What `work` comes to, or why it cannot be done, within the time limit. */
  function attempt<Answer>(work: () => Promise<Answer>): Promise<Answer | Trouble> {
    const { promise, resolve } = Promise.withResolvers<Trouble>();
    const alarm = setTimeout(
      () => resolve(unavailable(`${sealed.file} did not answer within ${callTimeoutMs / 1000} s.`)),
      callTimeoutMs,
    );
    const end = work().catch((error) => unavailable(reason(error, sealed.file)));
    return Promise.race([end, promise]).finally(() => clearTimeout(alarm));
  }

  const changing = (name: string, value: string | null): Promise<Writing> =>
    attempt(async () => {
      await change(name, value);
      return { result: 'done' };
    });

  async function canary(): Promise<Writing> {
    const value = randomUUID();
    await write(new Map([[CANARY, value]]));
    const back = (await unseal(sealed)).get(CANARY);
    await write(new Map([[CANARY, null]]));
    return back === value
      ? { result: 'done' }
      : unavailable(`${sealed.file} did not keep what was written to it.`);
  }

  return {
    kind: 'file',
    async probe() {
      const state = await attempt(() => inTurn(canary));
      return state.result === 'done'
        ? { kind: 'file', status: 'ready', detail: null }
        : { kind: 'file', status: state.result, detail: state.detail };
    },
    read: (entry) =>
      attempt(async () => {
        const value = (entries ?? (await inTurn(load))).get(entryName(entry));
        return value === undefined ? { result: 'absent' } : { result: 'found', value };
      }),
    async known() {
      const names = [...(entries ?? (await inTurn(load))).keys()];
      return names.filter((name) => name.endsWith('/secret')).map((name) => name.slice(0, -'/secret'.length));
    },
    keep: (entry, value) => changing(entryName(entry), value),
    forget: (entry) => changing(entryName(entry), null),
  };
}

function reason(error: unknown, file: string): string {
  if (error instanceof SealedError || error instanceof KeyFileError) return error.message;
  const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
  return full
    ? `The disk is full, ${file} was left as it was.`
    : `${file} cannot be used: ${messageOf(error)}.`;
}
