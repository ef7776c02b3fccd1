/** The system's keychain, through keytar: Secret Service, macOS Keychain, Windows Credential Manager. */
import { randomUUID } from 'node:crypto';
import { entryName, messageOf, unavailable } from './entry.ts';
import { keychainTrouble, lostEntry, missingKeytar, noAnswer, notGivenBack } from './keychain-errors.ts';
import { NoAnswer, openLine } from './line.ts';
import type { Entry, Marks, Reading, Trouble, Vault, Writing } from './vault.ts';

type Keytar = typeof import('keytar')['default'];

export interface KeychainOptions {
  readonly service: string;
  readonly marks: Marks;
  /** For one operation, in milliseconds, counted from when it is its turn. */
  readonly callTimeoutMs: number;
  readonly load?: () => Promise<Keytar>;
}

const loadKeytar = async (): Promise<Keytar> => (await import('keytar')).default;

const DONE: Writing = { result: 'done' };

/** How long a keychain found locked is left alone: on a desktop every call would ask the person again to unlock it. */
const LOCKED_REST_MS = 3000;

/**
 * The keychain as a vault. Behind a locked keyring keytar finds nothing and deletes nothing, and says no more
 * than that; the marks and the last refusal tell it from an empty one.
 */
export function keychainVault({ service, marks, callTimeoutMs, load = loadKeytar }: KeychainOptions): Vault {
  const line = openLine(callTimeoutMs);
  /** The last refusal; null since the keychain last worked. */
  let last: { readonly trouble: Trouble; readonly at: number } | null = null;

  function works<Answer>(answer: Answer): Answer {
    last = null;
    return answer;
  }

  function refusal(error: unknown): Trouble {
    if (error instanceof NoAnswer) return noAnswer(callTimeoutMs);
    last = { trouble: keychainTrouble(error), at: performance.now() };
    return last.trouble;
  }

  function rest(): Trouble | null {
    if (last?.trouble.result !== 'locked') return null;
    return performance.now() - last.at < LOCKED_REST_MS ? last.trouble : null;
  }

  async function ask<Answer>(
    job: (keytar: Keytar) => Promise<Answer>,
    trial?: 'trial',
  ): Promise<Answer | Trouble> {
    const keytar = await load().catch(() => null);
    if (keytar === null) return missingKeytar();
    const work = async () => (trial ? null : rest()) ?? job(keytar);
    return line.run(work, trial).catch(refusal);
  }

  /** Whether the keychain can be written, read and cleared; rejects as keytar does. */
  async function canary(keytar: Keytar): Promise<Writing> {
    const account = `canary/${process.pid}`;
    const value = randomUUID();
    await keytar.setPassword(service, account, value);
    const back = await keytar.getPassword(service, account);
    await keytar.deletePassword(service, account);
    return back === value ? works(DONE) : notGivenBack();
  }

  /** A ledger that cannot be read leaves it open whether an entry was kept. */
  function marked(entry: Entry): boolean {
    try {
      return marks.has(entry);
    } catch {
      return true;
    }
  }

  /** Whether finding nothing may mean that the keychain is locked. */
  const doubtful = (entry: Entry): boolean => last !== null || marked(entry);

  async function read(keytar: Keytar, entry: Entry): Promise<Reading> {
    const value = await keytar.getPassword(service, entryName(entry));
    if (value !== null) return works({ result: 'found', value });
    if (!doubtful(entry)) return { result: 'absent' };
    const state = await canary(keytar);
    if (state.result !== 'done') return state;
    return marked(entry) ? lostEntry() : { result: 'absent' };
  }

  async function keep(keytar: Keytar, entry: Entry, value: string): Promise<Writing> {
    await keytar.setPassword(service, entryName(entry), value);
    if ((await keytar.getPassword(service, entryName(entry))) !== value) return notGivenBack();
    return works(noting(() => marks.set(entry)));
  }

  async function forget(keytar: Keytar, entry: Entry): Promise<Writing> {
    const deleted = await keytar.deletePassword(service, entryName(entry));
    if (!deleted && doubtful(entry)) {
      const state = await canary(keytar);
      if (state.result !== 'done') return state;
    }
    return noting(() => marks.clear(entry));
  }

  return {
    kind: 'keychain',
    async probe() {
      const state = await ask(canary, 'trial');
      return state.result === 'done'
        ? { kind: 'keychain', status: 'ready', detail: null }
        : { kind: 'keychain', status: state.result, detail: state.detail };
    },
    read: (entry) => ask((keytar) => read(keytar, entry)),
    keep: (entry, value) => ask((keytar) => keep(keytar, entry, value)),
    forget: (entry) => ask((keytar) => forget(keytar, entry)),
  };
}

/** The ledger may fail on its own (a full disk): said as its own trouble, not as the keychain's. */
function noting(note: () => void): Writing {
  try {
    note();
    return DONE;
  } catch (error) {
    return unavailable(`The keychain did as asked, but that could not be noted: ${messageOf(error)}`);
  }
}
