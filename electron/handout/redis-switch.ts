/** The Redis of the settings with its password from the vault: a locked vault delays Redis and nothing else. */
import type { RedisSettings } from '../console/contract.ts';
import { Refusal } from '../console/refusal.ts';
import type { Entry, Vault } from '../vault/vault.ts';
import type { RedisHandout } from './redis/redis.ts';

const PASSWORD: Entry = { appId: 'redis', part: 'password' };
/** When a vault that was locked is read again; every try may ask a person to unlock it (as for secrets). */
const AGAIN = { firstMs: 30_000, longestMs: 10 * 60_000 };

export class RedisSwitch {
  readonly #vault: Vault;
  readonly #redis: RedisHandout;
  readonly #settings: () => RedisSettings | null;
  #hasPassword = false;
  /** Grows with each connecting: a reading that ends after a later one began says nothing any more. */
  #turn = 0;
  #waiting: NodeJS.Timeout | undefined;
  #waitMs = AGAIN.firstMs;

  constructor(vault: Vault, redis: RedisHandout, settings: () => RedisSettings | null) {
    this.#vault = vault;
    this.#redis = redis;
    this.#settings = settings;
  }

  get hasPassword(): boolean {
    return this.#hasPassword;
  }

  /** Reads the password and connects; null settings: disconnects. */
  async connect(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    const settings = this.#settings();
    const reading = settings && (await this.#vault.read(PASSWORD));
    if (turn !== this.#turn) return;
    this.#hasPassword = reading !== null && reading.result !== 'absent';
    if (reading?.result === 'locked' || reading?.result === 'unavailable') {
      this.#redis.hold(`its password cannot be read from the vault: ${reading.detail}`);
      this.#waiting = setTimeout(() => void this.connect(), this.#waitMs);
      this.#waitMs = Math.min(this.#waitMs * 2, AGAIN.longestMs);
      return;
    }
    this.#waitMs = AGAIN.firstMs;
    this.#redis.configure(settings, reading?.result === 'found' ? reading.value : null);
  }

  /** The vault may be open by now: what waits for the password does so no longer. */
  tryAgain(): void {
    if (this.#waiting !== undefined) void this.connect();
  }

  /** Keeps a password, or forgets it ('' or null). Throws `storage-failed`. */
  async keepPassword(password: string | null): Promise<void> {
    const writing = password
      ? await this.#vault.keep(PASSWORD, password)
      : await this.#vault.forget(PASSWORD);
    if (writing.result === 'done') return;
    const what = password ? 'kept in' : 'removed from';
    throw new Refusal('storage-failed', `The password could not be ${what} the vault. ${writing.detail}`);
  }

  close(): void {
    this.#turn += 1;
    clearTimeout(this.#waiting);
  }
}
