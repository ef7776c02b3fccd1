/**
 * New versions of the app: looked for by itself or on demand, downloaded and installed only when a person says so.
 * electron-updater does the work; it is loaded for the first look and not before.
 */
import { app } from 'electron';
import type { Console } from '../console/console.ts';
import type { Ability, ConsoleEvent, Preferences, UpdateView } from '../console/contract.ts';
import type { Updates } from '../console/host.ts';
import type { Policy } from '../console/policy.ts';
import type { Log } from '../log.ts';
import { type BuiltIn, detailOf, faultOf, type Offer, readBuiltIn } from './update-feed.ts';
import { installAtTheEnd } from './update-install.ts';
import { loadUpdater, type ProxyLogin, tame, type Updater } from './updater.ts';

export interface UpdateParts {
  readonly policy: Pick<Policy, 'updates'>;
  readonly log: Log;
  /** Asks the person, not the page: a page that was taken over must not bring in a program from its own feed. */
  readonly isConfirmed: (version: string, from: string) => Promise<boolean>;
  /** Answers a proxy between here and the feed. */
  readonly login?: ProxyLogin;
  /** Loads electron-updater's updater for this system and package. */
  readonly load?: () => Promise<Updater>;
}

export interface DesktopUpdates extends Updates {
  /** What the page is told: a packaged app has updates to speak of, even while they are off. */
  readonly abilities: readonly Ability[];
  /**
   * Follows the console's settings from now on, and installs at the end of the app what was asked for. For use
   * after `finishBeforeQuit`: an installer may start the new version at once, and it needs the data folder.
   */
  follow(console: Pick<Console, 'listen'>): void;
}

const MINUTE = 60_000;
const FIRST_LOOK_MS = MINUTE;
const BETWEEN_LOOKS_MS = 24 * 60 * MINUTE;
/** Timers stand still while the machine sleeps, so the wall clock is compared at least this often. */
const LONGEST_TIMER_MS = 60 * MINUTE;
/** electron-updater has no time-outs of its own in Electron. */
const LOOK_LIMIT_MS = MINUTE;
/** Checking a signature on Windows gives no progress for a while. */
const STALL_MS = 5 * MINUTE;

const NOTHING = { version: null, percent: null, at: null, detail: null };
const NO_PUBLISHER =
  'This build does not name its publisher, so a signature could not be checked. Install the new version by hand.';

/** A version that was found, and how to stop its download. */
interface Found {
  readonly version: string;
  readonly token: NonNullable<Awaited<ReturnType<Updater['checkForUpdates']>>>['cancellationToken'];
}

type Settings = Preferences['updates'];

export function desktopUpdates(parts: UpdateParts): DesktopUpdates {
  return new FeedUpdates(parts);
}

class FeedUpdates implements DesktopUpdates {
  readonly abilities: readonly Ability[] = app.isPackaged ? ['updates'] : [];
  readonly #parts: UpdateParts;
  readonly #builtIn: BuiltIn;
  readonly #listeners = new Set<(view: UpdateView) => void>();
  #view: UpdateView = { state: 'off', ...NOTHING };
  #settings: Settings = { automatic: false, feed: null };
  /** Where versions are looked for; null: nowhere. */
  #feed: string | null = null;
  #updater: Promise<Updater> | null = null;
  #look: { readonly feed: string; readonly done: Promise<void> } | null = null;
  #found: Found | null = null;
  #isLeaving = false;
  #nextLookAt = Date.now() + FIRST_LOOK_MS;
  #timer: NodeJS.Timeout | null = null;
  #stall: NodeJS.Timeout | null = null;

  constructor(parts: UpdateParts) {
    this.#parts = parts;
    this.#builtIn = readBuiltIn(process.resourcesPath);
  }

  listen(listener: (view: UpdateView) => void): void {
    this.#listeners.add(listener);
    listener(this.#view);
  }

  follow(console: Pick<Console, 'listen'>): void {
    console.listen((event) => {
      const settings = settingsIn(event);
      if (settings) this.#settle(settings);
    });
    const asked = () => this.#isLeaving;
    installAtTheEnd({ asked, load: () => this.#load(), log: this.#parts.log });
  }

  /** Looks for a new version; one that is being downloaded or is ready is not looked past. */
  async check(): Promise<void> {
    const feed = this.#feed;
    if (feed === null || this.#view.state === 'downloading' || this.#view.state === 'ready') return;
    if (this.#look?.feed === feed) return this.#look.done;
    this.#nextLookAt = Date.now() + BETWEEN_LOOKS_MS;
    // electron-updater makes one look at a time and would answer with what another feed has.
    const before = this.#look?.done;
    const done = Promise.resolve(before).then(() => this.#lookAt(feed));
    const look = { feed, done };
    this.#look = look;
    await done;
    if (this.#look === look) this.#look = null;
  }

  /** Begins the download of what was found, or leaves the app for the installer when it is there. */
  async install(): Promise<void> {
    if (this.#view.state === 'ready') return this.#leave();
    if (this.#found === null || this.#view.state !== 'available') return;
    if (process.platform === 'win32' && !this.#builtIn.hasPublisher) this.#fail(new Error(NO_PUBLISHER));
    else void this.#download(this.#found);
  }

  async #leave(): Promise<void> {
    const found = this.#found;
    if (found === null || this.#feed === null) return;
    const { host } = new URL(this.#feed);
    const isConfirmed = await this.#parts.isConfirmed(found.version, host);
    // Another feed may have been set while the question stood.
    if (!isConfirmed || this.#found !== found) return;
    this.#isLeaving = true;
    app.quit();
  }

  #settle(settings: Settings): void {
    this.#settings = settings;
    const isForbidden = this.#parts.policy.updates === false || !app.isPackaged;
    const feed = isForbidden ? null : (settings.feed ?? this.#builtIn.feed);
    if (feed !== this.#feed) {
      this.#feed = feed;
      this.#forget();
      this.#tell({ state: feed === null ? 'off' : 'idle', ...NOTHING });
    }
    this.#wind();
  }

  #forget(): void {
    const found = this.#found;
    this.#found = null;
    if (this.#stall) clearTimeout(this.#stall);
    this.#stall = null;
    found?.token?.cancel();
  }

  #wind(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#settings.automatic || this.#feed === null) return;
    // A clock that was set back must not put the next look off for a year.
    this.#nextLookAt = Math.min(this.#nextLookAt, Date.now() + BETWEEN_LOOKS_MS);
    const left = Math.max(0, this.#nextLookAt - Date.now());
    this.#timer = setTimeout(() => this.#ring(), Math.min(left, LONGEST_TIMER_MS));
  }

  #ring(): void {
    if (Date.now() >= this.#nextLookAt) {
      this.#nextLookAt = Date.now() + BETWEEN_LOOKS_MS;
      void this.check();
    }
    this.#wind();
  }

  async #lookAt(feed: string): Promise<void> {
    if (feed !== this.#feed) return;
    this.#found = null;
    this.#tell({ state: 'checking', ...NOTHING, at: this.#view.at });
    try {
      const offer = await this.#offerOf(feed);
      if (feed !== this.#feed) return;
      if (offer === null) this.#tell({ state: 'idle', ...NOTHING, at: Date.now() });
      else {
        this.#found = offer;
        this.#tell({ state: 'available', ...NOTHING, version: offer.version, at: Date.now() });
      }
    } catch (error) {
      if (feed === this.#feed) this.#fail(error);
    }
  }

  /** What the feed has that is newer than this app; null: nothing. Throws for a feed that cannot be trusted. */
  async #offerOf(feed: string): Promise<Found | null> {
    const updater = await this.#load();
    updater.setFeedURL({ provider: 'generic', url: feed });
    const result = await within(LOOK_LIMIT_MS, updater.checkForUpdates());
    if (!result?.isUpdateAvailable) return null;
    const offer: Offer = result.updateInfo;
    const fault = faultOf(offer, feed);
    if (fault !== null) throw new Error(fault);
    return { version: offer.version, token: result.cancellationToken };
  }

  async #download(found: Found): Promise<void> {
    this.#tell({ ...this.#view, state: 'downloading', percent: 0 });
    this.#watchForStall();
    try {
      await (await this.#load()).downloadUpdate(found.token);
      if (this.#found === found) this.#tell({ ...this.#view, state: 'ready', percent: 100 });
    } catch (error) {
      if (this.#found === found) this.#fail(error);
    } finally {
      if (this.#stall) clearTimeout(this.#stall);
      this.#stall = null;
    }
  }

  #progress(percent: number): void {
    if (this.#view.state !== 'downloading') return;
    this.#watchForStall();
    this.#tell({ ...this.#view, percent: Math.min(100, Math.max(0, Math.floor(percent))) });
  }

  #watchForStall(): void {
    if (this.#stall) clearTimeout(this.#stall);
    this.#stall = setTimeout(() => {
      this.#fail(new Error(`The download stood still for ${STALL_MS / MINUTE} minutes.`));
    }, STALL_MS);
  }

  #fail(error: unknown): void {
    const detail = detailOf(error);
    const { version } = this.#view;
    this.#forget();
    this.#parts.log.warn({ detail }, 'an update failed');
    this.#tell({ state: 'failed', ...NOTHING, version, at: Date.now(), detail });
  }

  #tell(view: UpdateView): void {
    if (JSON.stringify(view) === JSON.stringify(this.#view)) return;
    this.#view = view;
    for (const listener of this.#listeners) listener(view);
  }

  #load(): Promise<Updater> {
    const { load = loadUpdater, login } = this.#parts;
    this.#updater ??= load().then((updater) => {
      tame(updater, this.#builtIn.isThere, login);
      updater.on('download-progress', ({ percent }) => this.#progress(percent));
      return updater;
    });
    // What could not be loaded is tried again by the next look.
    this.#updater.catch(() => {
      this.#updater = null;
    });
    return this.#updater;
  }
}

function settingsIn(event: ConsoleEvent): Settings | null {
  if (event.type === 'state') return event.state.preferences.values.updates;
  return event.type === 'preferences-changed' ? event.preferences.values.updates : null;
}

/** The same promise, for so long; after that it rejects. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`The feed did not answer within ${ms / 1000} s.`)), ms);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
