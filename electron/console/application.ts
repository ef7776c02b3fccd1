/** THE application: owns the accounts and their keepers, carries out commands, tells its listeners. */
import pLimit from 'p-limit';
import { AlarmClock } from '../keeper/alarm.ts';
import type { Clock } from '../keeper/clock.ts';
import type { AccountRow, Ledger, Place } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { Vault } from '../vault/vault.ts';
import type { Wechat } from '../wechat/wechat.ts';
import { Account, type Commons } from './account.ts';
import { Books } from './books.ts';
import { ClockWatch } from './clock-watch.ts';
import { execute } from './commands.ts';
import type { Console } from './console.ts';
import type { Answer, ConsoleEvent, HistoryRow, Notice, StateView, UpdateView } from './contract.ts';
import { Desk } from './desk.ts';
import type { Handout, OpenHandout } from './handout.ts';
import type { Host, OverdueToken, WayOut } from './host.ts';
import { MissingAccounts } from './missing-accounts.ts';
import type { Policy } from './policy.ts';
import { PreferenceBook } from './preferences.ts';
import { Safe } from './safe.ts';
import { Shield } from './shield.ts';
import { changesOf } from './view.ts';

/** How many calls to WeChat may be under way at once, over all accounts. */
const CALLS_AT_ONCE = 8;
/**
 * When a locked vault or a full disk is tried again while something waits for it. Every try may ask the person at
 * the screen to unlock the keychain, so they come further and further apart.
 */
const RECHECK = { firstMs: 30_000, longestMs: 10 * 60_000 };
/** What business servers do changes many times a second; whoever looks is told once a second. */
const HANDOUT_TOLD_MS = 1000;
/** How often it is looked whether the data folder is still there. */
const PLACE_MS = 60_000;
/** How long calls under way may take to end when the console closes; all of it must be over within 2 s. */
const CLOSE_GRACE_MS = 1200;

export interface ApplicationParts {
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly wechat: Wechat;
  readonly clock: Clock;
  /** A random number in [0, 1). */
  readonly chance: () => number;
  readonly log: Log;
  readonly version: string;
  readonly demo: boolean;
  readonly host: Host;
  /** null where calls go one fixed way: in tests. */
  readonly wayOut: WayOut | null;
  readonly policy: Policy;
  /** How tokens are handed to business servers; without it they are only shown. */
  readonly openHandout?: OpenHandout | undefined;
}

export class Application implements Console {
  readonly parts: ApplicationParts;
  readonly accounts = new Map<string, Account>();
  readonly safe: Safe;
  /** The tokens as handing out sees them. */
  readonly desk: Desk;
  /** null where this host hands nothing out. */
  readonly handout: Handout | null;
  readonly preferences: PreferenceBook;
  readonly shield: Shield;
  readonly #books: Books;
  readonly #clockWatch: ClockWatch;
  readonly #missing: MissingAccounts;
  readonly #alarm: AlarmClock;
  readonly #commons: Commons;
  readonly #listeners = new Set<(event: ConsoleEvent) => void>();
  #vaultTold: StateView['vault'];
  #notices: Notice[] = [];
  #recheck: NodeJS.Timeout | null = null;
  #recheckMs = RECHECK.firstMs;
  #place: Place = 'ours';
  #placeWatch: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;
  readonly #opened = Promise.withResolvers<void>();
  #gatewayTold: StateView['gateway'] = null;
  #handoutTold: NodeJS.Timeout | null = null;
  #update: UpdateView = NO_UPDATES;
  #overdueToken: OverdueToken = null;

  /** Reads the accounts from the ledger; `start` wakes their keepers. */
  constructor(parts: ApplicationParts) {
    this.parts = parts;
    this.safe = new Safe(parts.vault, () => this.#healthChanged());
    this.#vaultTold = this.safe.health;
    const written = (row: HistoryRow) => {
      this.#tell({ type: 'history-added', row });
      this.handout?.noteAttempt(row);
    };
    this.#books = new Books(parts.ledger, written, () => this.#healthChanged());
    this.#missing = new MissingAccounts(parts.ledger, parts.vault);
    this.#clockWatch = new ClockWatch(() => this.#healthChanged());
    this.#alarm = new AlarmClock(parts.clock, (appId) => {
      void this.accounts.get(appId)?.keeper?.post({ type: 'alarm' });
    });
    this.#commons = {
      ...parts,
      wechat: this.#clockWatch.watching(parts.wechat),
      safe: this.safe,
      books: this.#books,
      gate: pLimit(CALLS_AT_ONCE),
      initialRole: () => this.handout?.initialRole ?? 'alone',
      roleNow: (appId) => (this.#place === 'taken' ? 'following' : (this.handout?.role(appId) ?? 'alone')),
      setAlarm: (appId, at) => this.#alarm.set(appId, at),
      announce: (account) => this.#announce(account),
    };
    const { ledger, vault, policy, wayOut, host, clock } = parts;
    this.preferences = new PreferenceBook({
      ...{ ledger, vault, policy, wayOut },
      changed: (view) => this.#tell({ type: 'preferences-changed', preferences: view }),
    });
    this.shield = new Shield({
      ...{ ledger, askSystem: host.askSystem },
      isOffered: host.abilities.includes('shield'),
      clock: () => clock().wall,
      changed: (shield) => this.#tell({ type: 'shield-changed', shield }),
    });
    this.desk = new Desk(this.accounts);
    this.handout = parts.openHandout?.(this.desk, () => this.#handoutChanged()) ?? null;
    for (const row of parts.ledger.accounts()) this.accounts.set(row.appId, new Account(row, this.#commons));
    this.#notices = this.#currentNotices();
    host.clipboard?.listen((overdue) => {
      this.#overdueToken = overdue;
      this.#healthChanged();
    });
    host.updates?.listen((update) => {
      this.#update = update;
      this.#tell({ type: 'update-changed', update });
    });
  }

  /**
   * Reads the vault and takes up the life of every account; resolves when all keepers run. The probe goes first:
   * a keychain that is locked or frozen says so once, not once for every account.
   */
  async start(): Promise<void> {
    void this.opened.catch(() => undefined); // told to whoever awaits it
    const probed = this.safe.probe();
    const led = this.#leadOut(probed);
    for (const account of this.accounts.values()) account.wakeAfter(led);
    await Promise.all([...this.accounts.values()].map(({ ready }) => ready));
    await probed;
    // Not before the tokens are known: a business server would be told that there is none.
    if (!this.#closing) this.#openHandout();
    await this.#lookForMissing();
    this.#watchTheUnsettled();
    this.#placeWatch = setInterval(() => this.lookAtFolder(), PLACE_MS).unref();
  }

  /**
   * A data folder that was deleted or replaced keeps nothing any more. Where another console runs in its place, two
   * that ask would end each other's tokens: this one stops.
   */
  lookAtFolder(): void {
    const place = this.parts.ledger.place();
    if (place === this.#place) return;
    this.#place = place;
    if (place !== 'ours')
      this.parts.log.error({ place }, 'the data folder is not the one that was opened any more');
    for (const account of this.accounts.values())
      void account.setRole(this.#commons.roleNow(account.row.appId));
    this.#healthChanged();
  }

  #openHandout(): void {
    const opening = this.handout?.start() ?? Promise.resolve();
    opening.then(this.#opened.resolve, this.#opened.reject);
  }

  /** Somebody has taken note of a notice; it does not come again. */
  takeNote(id: 'ledger-set-aside' | 'ledger-restored' | 'accounts-missing'): void {
    if (id === 'accounts-missing') this.#missing.takeNote();
    else this.parts.ledger.takeNote();
    this.#healthChanged();
  }

  /** A vault that cannot be read tells nothing of what is missing, and says so itself. */
  async #lookForMissing(): Promise<void> {
    if (this.safe.health.status !== 'ready') return;
    await this.#missing.look().catch((error: unknown) => {
      this.parts.log.warn({ fault: String(error) }, 'the vault could not be compared with the accounts');
    });
    this.#healthChanged();
  }

  execute(command: string, input: unknown): Promise<Answer<unknown>> {
    if (this.#closing) return Promise.resolve(CLOSING);
    this.#alarm.check();
    return execute(this, command, input);
  }

  listen(listener: (event: ConsoleEvent) => void): () => void {
    this.#listeners.add(listener);
    listener({ type: 'state', state: this.state() });
    return () => this.#listeners.delete(listener);
  }

  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  state(): StateView {
    return {
      accounts: [...this.accounts.values()].map((account) => account.shown),
      vault: this.safe.health,
      gateway: this.handout?.gateway ?? null,
      version: this.parts.version,
      notices: this.#notices,
      preferences: this.preferences.view(),
      abilities: [...this.parts.host.abilities],
      shield: this.shield.view(),
      update: this.#update,
    };
  }

  lookAgain(): void {
    this.#alarm.lookAgain();
    if (this.#recheck) this.#recheckNow();
  }

  networkBack(): void {
    for (const { keeper } of this.accounts.values()) void keeper?.post({ type: 'network-back' });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** A new account whose row is in the ledger and whose secret is in the safe. */
  add(row: AccountRow): Account {
    const account = new Account(row, this.#commons);
    this.accounts.set(row.appId, account);
    this.#tell({ type: 'account-added', account: account.shown });
    account.ready = account.begin(null);
    this.desk.noteChange(row.appId);
    this.#watchTheUnsettled();
    return account;
  }

  /** Forgets an account that was halted and whose entries are gone. */
  drop(appId: string): void {
    this.accounts.get(appId)?.end();
    this.safe.drop(appId);
    this.accounts.delete(appId);
    this.#tell({ type: 'account-removed', appId });
    this.desk.noteChange(appId);
  }

  /** No call leaves before its way is settled: the proxy's password is in the vault. */
  async #leadOut(probed: Promise<unknown>): Promise<void> {
    await probed;
    await this.preferences.start().catch((error: unknown) => {
      this.parts.log.error({ fault: String(error) }, 'the proxy could not be set');
    });
  }

  /** Tries a vault that was locked and a disk that was full once more, for all that waits for them. */
  async tryAgain(): Promise<void> {
    await this.#books.flush();
    this.handout?.tryAgain();
    await this.preferences.tryAgain();
    if (this.safe.unsettled.length > 0 && (await this.safe.probe()).status === 'ready') {
      for (const appId of this.safe.unsettled) {
        const isLocked = this.accounts.get(appId)?.secretState === 'locked';
        if (isLocked) await this.accounts.get(appId)?.unlock();
        else await this.safe.keepAgain(appId);
        const account = this.accounts.get(appId);
        if (account) this.#announce(account);
      }
    }
    this.#watchTheUnsettled();
  }

  #tell(event: ConsoleEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #announce(account: Account): void {
    const { appId } = account.row;
    if (this.accounts.get(appId) !== account) return;
    this.desk.noteChange(appId);
    const next = account.view();
    const changes = changesOf(account.shown, next);
    if (!changes) return;
    account.shown = next;
    this.#tell({ type: 'account-changed', appId, changes });
  }

  #healthChanged(): void {
    const vault = this.safe.health;
    if (vault.status !== this.#vaultTold.status || vault.detail !== this.#vaultTold.detail) {
      this.#vaultTold = vault;
      this.#tell({ type: 'vault-changed', vault });
    }
    const notices = this.#currentNotices();
    if (JSON.stringify(notices) !== JSON.stringify(this.#notices)) {
      this.#notices = notices;
      this.#tell({ type: 'notices-changed', notices });
    }
    this.#watchTheUnsettled();
  }

  #handoutChanged(): void {
    const gateway = this.handout?.gateway ?? null;
    if (gateway?.url !== this.#gatewayTold?.url) {
      this.#gatewayTold = gateway;
      this.#tell({ type: 'gateway-changed', gateway });
    }
    this.#handoutTold ??= setTimeout(() => {
      this.#handoutTold = null;
      this.#tell({ type: 'handout-changed' });
    }, HANDOUT_TOLD_MS);
  }

  #currentNotices(): Notice[] {
    const { demo, ledger, clock, policy } = this.parts;
    const details: Record<Notice['id'], string | null> = {
      demo: demo ? '' : null,
      'ledger-set-aside': ledger.mended?.what === 'set-aside' ? ledger.mended.file : null,
      'ledger-restored': ledger.mended?.what === 'restored' ? '' : null,
      'accounts-missing': this.#missing.news,
      'folder-gone': this.#place === 'gone' ? '' : null,
      'folder-taken': this.#place === 'taken' ? '' : null,
      'ledger-failing': this.#books.failing,
      'vault-failing': this.safe.failing,
      'policy-ignored': policy.fault,
      'clock-off': this.#clockWatch.offSeconds?.toString() ?? null,
      'token-on-clipboard': this.#overdueToken === 'there' ? '' : null,
      'token-off-clipboard': this.#overdueToken === 'gone' ? '' : null,
    };
    const ids = Object.keys(details) as Notice['id'][];
    return ids
      .filter((id) => details[id] !== null)
      .map((id) => {
        const since = this.#notices.find((notice) => notice.id === id)?.since ?? clock().wall;
        return { id, since, detail: details[id] || null };
      });
  }

  /** No event tells that a keychain was unlocked or a disk has room again: looked at while something waits. */
  #watchTheUnsettled(): void {
    const waiting = this.safe.unsettled.length > 0 || this.#books.failing !== null;
    if (!waiting || this.#closing) {
      if (this.#recheck) clearTimeout(this.#recheck);
      this.#recheck = null;
      this.#recheckMs = RECHECK.firstMs;
    } else if (!this.#recheck) {
      this.#recheck = setTimeout(() => this.#recheckNow(), this.#recheckMs);
    }
  }

  #recheckNow(): void {
    clearTimeout(this.#recheck ?? undefined);
    this.#recheck = null;
    this.#recheckMs = Math.min(this.#recheckMs * 2, RECHECK.longestMs);
    this.tryAgain().catch((error) => this.parts.log.error({ fault: String(error) }, 'a new try failed'));
  }

  async #close(): Promise<void> {
    if (this.#handoutTold) clearTimeout(this.#handoutTold);
    const handedOut = this.handout?.close();
    const keepers = [...this.accounts.values()].flatMap(({ keeper }) => keeper ?? []);
    this.#alarm.stop();
    const settled = Promise.all(keepers.map((keeper) => keeper.settled()));
    const grace = Promise.withResolvers<void>();
    const timer = setTimeout(grace.resolve, CLOSE_GRACE_MS);
    await Promise.race([Promise.all([settled, handedOut]), grace.promise]);
    clearTimeout(timer);
    for (const keeper of keepers) keeper.stop();
    if (this.#recheck) clearTimeout(this.#recheck);
    if (this.#placeWatch) clearInterval(this.#placeWatch);
    this.#books.close();
    this.parts.ledger.close();
  }
}

const NO_UPDATES: UpdateView = { state: 'off', version: null, percent: null, at: null, detail: null };

const CLOSING: Answer<never> = {
  ok: false,
  error: { code: 'closing', message: 'The console is closing; ask again when it runs.' },
};
