/** What the console can ask of the host it runs in: Electron, or plain Node. Types only. */
import type { Fetch } from '../wechat/wechat.ts';
import type { Ability, ProxySettings, UpdateView } from './contract.ts';

export interface ProxyWithPassword {
  readonly settings: ProxySettings;
  readonly password: string | null;
}

/** The way out to WeChat, which a person can lead through a proxy. */
export interface WayOut {
  readonly fetch: Fetch;
  /** From now on calls go this way; one under way is not disturbed. */
  use(proxy: ProxyWithPassword): Promise<void>;
  /** A way out beside the real one, to try a proxy with; `end` closes it. */
  trial(proxy: ProxyWithPassword): Promise<{ readonly fetch: Fetch; end(): Promise<void> }>;
}

/** New versions of the app; only a packaged desktop app has them. */
export interface Updates {
  /** Calls `listener` now and with each change. */
  listen(listener: (view: UpdateView) => void): void;
  check(): Promise<void>;
  install(): Promise<void>;
}

/**
 * A copied token that could not be taken off the clipboard when it was due: `there` while it may still be on it,
 * `gone` for some seconds once it is off; null: nothing to tell.
 */
export type OverdueToken = 'there' | 'gone' | null;

/** Each part is there only where the host has it. */
export interface Host {
  readonly abilities: readonly Ability[];
  /**
   * Puts a token on this system's clipboard; `clearAfterSeconds` null: it stays there. Throws Refusal
   * `window-not-active` where the system takes it from the active window only.
   */
  readonly copyToken?: (
    accessToken: string,
    clearAfterSeconds: number | null,
  ) => Promise<{ readonly clearsAt: number | null }>;
  /** Calls `listener` now and with each change. */
  readonly clipboard?: { listen(listener: (overdue: OverdueToken) => void): void };
  /** Starts a demo beside the console; its address, or null when it was opened for the person. */
  readonly showDemo?: () => Promise<string | null>;
  /** Saves a file of mode 0600; null: the person chose none. */
  readonly saveFile?: (name: string, text: string) => Promise<string | null>;
  readonly open?: (what: 'data-folder' | 'logs' | 'licences') => Promise<void>;
  readonly updates?: Updates;
  /** Asks the system who sits here (Touch ID); false: not them, or they gave up. */
  readonly askSystem?: (reason: string) => Promise<boolean>;
}
