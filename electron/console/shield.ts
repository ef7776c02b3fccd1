/** The app's own lock: a passphrase before tokens, copying and settings, for a desk that was left open. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { CommandName, ShieldView } from './contract.ts';
import { Refusal } from './refusal.ts';
import { readSetting, type SettingsLedger, writeSetting } from './stored-settings.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);
/** Some 200 ms and 64 MB a try (OWASP's first choice of scrypt parameters has N = 2^17; half of it, for old laptops). */
const COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 2 ** 27 };
const KEY = 'shield';
const storedHash = z.object({ salt: z.string(), hash: z.string() });

/** So many wrong tries are free; each one after them doubles the wait, to five minutes. */
const FREE_TRIES = 3;
const WAIT = { firstMs: 2000, longestMs: 300_000 };

/** What can be done without the passphrase: the lock's own screen, and coming in. */
const OPEN_WHILE_LOCKED: ReadonlySet<CommandName> = new Set([
  'state.get',
  'errors.list',
  'shield.lock',
  'shield.unlock',
]);

export interface ShieldParts {
  readonly ledger: SettingsLedger;
  /** A host without a window of its own has no lock. */
  readonly isOffered: boolean;
  readonly askSystem: ((reason: string) => Promise<boolean>) | undefined;
  /** Wall clock, ms. */
  readonly clock: () => number;
  readonly changed: (view: ShieldView) => void;
}

/** A row that cannot be read is a lock without a key, not an open door: `--reset-lock` is the way out. */
function storedIn(ledger: SettingsLedger): z.infer<typeof storedHash> | null {
  if (ledger.setting(KEY) === null) return null;
  const stored = readSetting(ledger, KEY, storedHash.nullable());
  return stored === undefined ? { salt: '', hash: '' } : stored;
}

export class Shield {
  readonly #parts: ShieldParts;
  /** One try after the other: side by side, all would be heard before the first of them makes the others wait. */
  readonly #inTurn = pLimit(1);
  #stored: z.infer<typeof storedHash> | null;
  #isLocked: boolean;
  #wrong = 0;
  #until = 0;

  /** Locked from the start when there is a passphrase: quitting must not be a way round it. */
  constructor(parts: ShieldParts) {
    this.#parts = parts;
    this.#stored = parts.isOffered ? storedIn(parts.ledger) : null;
    this.#isLocked = this.#stored !== null;
  }

  view(): ShieldView {
    const until = this.#until > this.#parts.clock() ? this.#until : null;
    const system = this.#stored !== null && this.#parts.askSystem !== undefined;
    return { isLocked: this.#isLocked, hasPassphrase: this.#stored !== null, system, until };
  }

  /** Throws `app-locked` for a command that needs the passphrase first. */
  admit(command: CommandName): void {
    if (!this.#isLocked || OPEN_WHILE_LOCKED.has(command)) return;
    throw new Refusal('app-locked', 'The console is locked; unlock it with its passphrase first.');
  }

  /** Without a passphrase there is nothing to lock. */
  lock(): ShieldView {
    if (this.#stored !== null && !this.#isLocked) this.#change({ isLocked: true });
    return this.view();
  }

  /** `passphrase` null: asks the system. Throws `wrong-passphrase`, with `until` when a wait has begun. */
  async unlock(passphrase: string | null): Promise<ShieldView> {
    if (!this.#isLocked) return this.view();
    if (passphrase === null) await this.#askSystem();
    else await this.#check(passphrase);
    this.#wrong = 0;
    this.#change({ isLocked: false });
    return this.view();
  }

  /** Sets, changes or (null) removes the passphrase; `current` is needed while there is one. */
  async setPassphrase(current: string | null, next: string | null): Promise<ShieldView> {
    if (!this.#parts.isOffered) throw new Refusal('not-on-this-host', 'Only the desktop app has a lock.');
    if (this.#stored !== null) await this.#check(current ?? '');
    const stored = next === null ? null : await hashOf(next);
    writeSetting(this.#parts.ledger, KEY, stored);
    this.#stored = stored;
    this.#wrong = 0;
    this.#change({ isLocked: false });
    return this.view();
  }

  #change({ isLocked }: { readonly isLocked: boolean }): void {
    this.#isLocked = isLocked;
    this.#parts.changed(this.view());
  }

  async #askSystem(): Promise<void> {
    const isOwner = await this.#parts.askSystem?.('unlock the console').catch(() => false);
    if (!isOwner) throw new Refusal('wrong-passphrase', 'The system did not confirm who is here.');
  }

  #check(passphrase: string): Promise<void> {
    return this.#inTurn(() => this.#try(passphrase));
  }

  async #try(passphrase: string): Promise<void> {
    const { clock, changed } = this.#parts;
    const wait = { until: this.#until };
    if (clock() < this.#until) throw new Refusal('wrong-passphrase', 'Too many wrong tries; wait.', wait);
    if (await isSame(passphrase, this.#stored)) return;
    this.#wrong += 1;
    if (this.#wrong > FREE_TRIES) {
      const doubled = WAIT.firstMs * 2 ** (this.#wrong - FREE_TRIES - 1);
      this.#until = clock() + Math.min(doubled, WAIT.longestMs);
      changed(this.view());
    }
    const more = this.#until > clock() ? { until: this.#until } : {};
    throw new Refusal('wrong-passphrase', 'This is not the passphrase.', more);
  }
}

async function hashOf(passphrase: string): Promise<z.infer<typeof storedHash>> {
  const salt = randomBytes(16);
  const hash = await derive(passphrase.normalize('NFC'), salt, 32, COST);
  return { salt: salt.toString('base64'), hash: hash.toString('base64') };
}

async function isSame(passphrase: string, stored: z.infer<typeof storedHash> | null): Promise<boolean> {
  if (stored === null) return true;
  const hash = await derive(passphrase.normalize('NFC'), Buffer.from(stored.salt, 'base64'), 32, COST);
  const right = Buffer.from(stored.hash, 'base64');
  return right.length === hash.length && timingSafeEqual(hash, right);
}

/** For a forgotten passphrase, together with forgetting every AppSecret: whoever does it gains nothing. */
export function forgetPassphrase(ledger: SettingsLedger): void {
  writeSetting(ledger, KEY, null);
}
