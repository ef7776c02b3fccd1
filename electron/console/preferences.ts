/** What a person has set of the console itself, over what the administrators' policy settles. */
import { z } from 'zod';
import type { Entry, Vault } from '../vault/vault.ts';
import {
  type ManagedPart,
  type Preferences,
  type PreferencesView,
  type ProxySettings,
  preferences,
  proxySettings,
} from './contract.ts';
import type { ProxyWithPassword, WayOut } from './host.ts';
import type { Policy } from './policy.ts';
import { Refusal } from './refusal.ts';
import { readSetting, type SettingsLedger, writeSetting } from './stored-settings.ts';

export const DEFAULT_PREFERENCES: Preferences = {
  language: 'system',
  theme: 'auto',
  keepRunning: true,
  startAtLogin: false,
  notices: { off: [], quiet: null },
  clipboardSeconds: 30,
  lock: { idleMinutes: null, withScreen: false },
  screenProtection: false,
  updates: { automatic: true, feed: null },
};

const KEY = 'preferences';
const PROXY_PASSWORD: Entry = { appId: 'proxy', part: 'password' };

export interface PreferenceParts {
  readonly ledger: SettingsLedger;
  readonly vault: Vault;
  readonly policy: Policy;
  /** null where nothing can be asked through a proxy: in tests. */
  readonly wayOut: WayOut | null;
  readonly changed: (view: PreferencesView) => void;
}

export class PreferenceBook {
  readonly #parts: PreferenceParts;
  #own: Preferences;
  #proxy: ProxySettings;
  #hasPassword = false;
  /** The proxy's password is in a vault that could not be read. */
  #isWaiting = false;

  constructor(parts: PreferenceParts) {
    this.#parts = parts;
    const { ledger, policy } = parts;
    this.#own = { ...DEFAULT_PREFERENCES, ...storedIn(ledger) };
    this.#proxy = policy.proxy ?? readSetting(ledger, 'proxy', proxySettings) ?? { mode: 'system' };
  }

  /** What counts: the person's choice where the policy leaves one. */
  get values(): Preferences {
    const { language, updates } = this.#parts.policy;
    return {
      ...this.#own,
      ...(language === undefined ? {} : { language }),
      ...(updates === undefined ? {} : { updates: updates || { automatic: false, feed: null } }),
    };
  }

  view(): PreferencesView {
    const proxy = { settings: this.#proxy, hasPassword: this.#hasPassword };
    return { values: this.values, proxy, managed: [...this.#managed()] };
  }

  /** Leads the way out through the proxy that is set; a vault that cannot be read leaves its password out. */
  async start(): Promise<void> {
    await this.#lead();
    if (this.#proxy.mode !== 'system') this.#parts.changed(this.view());
  }

  async #lead(): Promise<void> {
    const { vault, wayOut } = this.#parts;
    const mayHaveOne = this.#proxy.mode === 'manual' && !this.#isPolicys;
    const reading = mayHaveOne ? await vault.read(PROXY_PASSWORD) : null;
    this.#hasPassword = reading !== null && reading.result !== 'absent';
    this.#isWaiting = reading?.result === 'locked' || reading?.result === 'unavailable';
    const password = reading?.result === 'found' ? reading.value : null;
    await wayOut?.use({ settings: this.#proxy, password });
  }

  /** The vault may be open by now. */
  async tryAgain(): Promise<void> {
    if (this.#isWaiting) await this.start();
  }

  /** Throws `managed` for what the policy settles, `storage-failed` when the ledger does. */
  set(changes: { readonly [K in keyof Preferences]?: Preferences[K] | undefined }): PreferencesView {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    for (const [key] of given) this.#mayChange(key);
    const own = { ...this.#own, ...Object.fromEntries(given) };
    writeSetting(this.#parts.ledger, KEY, own);
    this.#own = own;
    const view = this.view();
    this.#parts.changed(view);
    return view;
  }

  async setProxy(settings: ProxySettings, password: string | undefined): Promise<PreferencesView> {
    this.#mayChange('proxy');
    const { ledger, vault, changed } = this.#parts;
    const before = await vault.read(PROXY_PASSWORD);
    // Left out, it stays with its proxy: it must not follow to another address.
    if (settings.mode === 'manual' && password) await this.#keepPassword(password);
    else if (password !== undefined || !this.#isUsed(settings)) await this.#forgetPassword();
    try {
      writeSetting(ledger, 'proxy', settings);
    } catch (error) {
      if (before.result === 'found') await vault.keep(PROXY_PASSWORD, before.value);
      throw error;
    }
    this.#proxy = settings;
    await this.#lead();
    const view = this.view();
    changed(view);
    return view;
  }

  /** A proxy with the password that goes with it: the one given, or the one that is kept for this same proxy. */
  async withPassword(settings: ProxySettings, given: string | undefined): Promise<ProxyWithPassword> {
    if (settings.mode !== 'manual') return { settings, password: null };
    if (given !== undefined) return { settings, password: given || null };
    // A kept password goes to its own proxy only, not to whichever address is being tried.
    if (!this.#isUsed(settings) || this.#isPolicys) return { settings, password: null };
    const reading = await this.#parts.vault.read(PROXY_PASSWORD);
    return { settings, password: reading.result === 'found' ? reading.value : null };
  }

  #isUsed(settings: ProxySettings): boolean {
    return JSON.stringify(settings) === JSON.stringify(this.#proxy);
  }

  /** What is kept is the password of the person's own proxy, not of the administrators'. */
  get #isPolicys(): boolean {
    return this.#parts.policy.proxy !== undefined;
  }

  #managed(): readonly ManagedPart[] {
    const { gateway, proxy, updates, language } = this.#parts.policy;
    const parts = { gateway, proxy, updates, language };
    return (Object.keys(parts) as ManagedPart[]).filter((part) => parts[part] !== undefined);
  }

  #mayChange(key: string): void {
    if (!this.#managed().some((part) => part === key)) return;
    throw new Refusal('managed', `The administrators of this machine have settled ${key}.`);
  }

  async #keepPassword(password: string): Promise<void> {
    const writing = await this.#parts.vault.keep(PROXY_PASSWORD, password);
    if (writing.result !== 'done')
      throw new Refusal('storage-failed', `The password could not be kept in the vault. ${writing.detail}`);
  }

  async #forgetPassword(): Promise<void> {
    const writing = await this.#parts.vault.forget(PROXY_PASSWORD);
    if (writing.result !== 'done' && this.#hasPassword)
      throw new Refusal('storage-failed', `The password could not leave the vault. ${writing.detail}`);
  }
}

/** One by one: a value of another version must not take the others with it. */
function storedIn(ledger: SettingsLedger): Partial<Preferences> {
  const stored = readSetting(ledger, KEY, z.record(z.string(), z.unknown())) ?? {};
  const valid = Object.entries(preferences.shape).flatMap(([key, schema]) => {
    const value = schema.safeParse(stored[key]);
    return value.success ? [[key, value.data]] : [];
  });
  return Object.fromEntries(valid);
}
