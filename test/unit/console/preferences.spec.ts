/** What a person sets of the console: kept one by one, under the policy, with the proxy's password in the vault only. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Preferences, PreferencesView, ProxySettings } from '../../../electron/console/contract.ts';
import type { ProxyWithPassword } from '../../../electron/console/host.ts';
import type { Policy } from '../../../electron/console/policy.ts';
import { DEFAULT_PREFERENCES, PreferenceBook } from '../../../electron/console/preferences.ts';
import { Refusal } from '../../../electron/console/refusal.ts';
import { memoryVault } from '../../../electron/vault/memory.ts';
import type { Entry, Vault, Writing } from '../../../electron/vault/vault.ts';

const PASSWORD = 'sandbox-word-of-proxy';
const ENTRY: Entry = { appId: 'proxy', part: 'password' };
const PROXY: ProxySettings = { mode: 'manual', url: 'http://proxy.example:3128', username: 'li' };

const settings = new Map<string, string>();
const led: ProxyWithPassword[] = [];
const told: PreferencesView[] = [];
let vault: Vault;
let isDiskFull = false;

const ledger = {
  setting: (key: string) => settings.get(key) ?? null,
  setSetting(key: string, value: string) {
    if (isDiskFull) throw new Error('database or disk is full');
    settings.set(key, value);
  },
};

const wayOut = {
  fetch: () => Promise.reject(new Error('nothing is asked here')),
  use: async (proxy: ProxyWithPassword) => void led.push(proxy),
  trial: () => Promise.reject(new Error('nothing is tried here')),
};

function open(policy: Omit<Policy, 'fault'> = {}): PreferenceBook {
  const changed = (view: PreferencesView) => void told.push(view);
  return new PreferenceBook({ ledger, vault, policy: { fault: null, ...policy }, wayOut, changed });
}

/** What a refused deed comes back with. */
async function refusal(deed: () => unknown) {
  try {
    await deed();
  } catch (error) {
    if (error instanceof Refusal) return error.error;
    throw error;
  }
  throw new Error('it was carried out');
}

beforeEach(() => {
  settings.clear();
  led.length = 0;
  told.length = 0;
  isDiskFull = false;
  vault = memoryVault();
});

describe('a preference', () => {
  it('is a default until it is set, and kept from then on', () => {
    expect(open().view()).toEqual({
      values: DEFAULT_PREFERENCES,
      proxy: { settings: { mode: 'system' }, hasPassword: false },
      managed: [],
    });
    open().set({ theme: 'dark', clipboardSeconds: null });
    expect(open().values).toEqual({ ...DEFAULT_PREFERENCES, theme: 'dark', clipboardSeconds: null });
  });

  it('that was set is told once, with all the others', () => {
    const view = open().set({ language: 'zh', keepRunning: false });
    expect(view.values).toMatchObject({ language: 'zh', keepRunning: false, theme: 'auto' });
    expect(told).toEqual([view]);
  });

  it('left undefined stays as it is', () => {
    open().set({ theme: 'dark' });
    expect(open().set({ theme: undefined, language: 'en' }).values).toMatchObject({
      theme: 'dark',
      language: 'en',
    });
  });

  it.each([
    ['a value of another version', 'neon'],
    ['a value of another type', 7],
  ])('that cannot be read falls back alone: %s', (_what, theme) => {
    const others = { language: 'en', notices: { off: ['recovered'], quiet: null } };
    settings.set('preferences', JSON.stringify({ ...others, theme }));
    expect(open().values).toEqual({
      ...DEFAULT_PREFERENCES,
      language: 'en',
      notices: { off: ['recovered'], quiet: null },
    });
  });

  it('of a kind this version does not know disturbs nothing', () => {
    settings.set('preferences', JSON.stringify({ fontSize: 'large' }));
    expect(open().values).toEqual(DEFAULT_PREFERENCES);
  });

  it('that is no JSON at all is as never set', () => {
    settings.set('preferences', '{"dark');
    expect(open().values).toEqual(DEFAULT_PREFERENCES);
  });

  it('stays when the ledger cannot be written, and nothing is told', async () => {
    const book = open();
    book.set({ theme: 'dark' });
    told.length = 0;
    isDiskFull = true;
    const error = await refusal(() => book.set({ theme: 'light' }));
    expect(error).toMatchObject({ code: 'storage-failed', message: expect.stringContaining('disk is full') });
    expect(book.values.theme).toBe('dark');
    expect(told).toEqual([]);
  });
});

describe('the policy', () => {
  const updates: Preferences['updates'] = { automatic: true, feed: 'https://updates.example/' };

  it('counts before what was set, and says what it settles', () => {
    open().set({ language: 'en', updates: { automatic: false, feed: null } });
    const { values, proxy, managed } = open({ language: 'zh', updates, proxy: PROXY }).view();
    expect(values).toMatchObject({ language: 'zh', updates });
    expect(proxy.settings).toEqual(PROXY);
    expect([...managed].sort()).toEqual(['language', 'proxy', 'updates']);
  });

  it('that forbids updates leaves none', () => {
    open().set({ updates });
    const { values, managed } = open({ updates: false }).view();
    expect(values.updates).toEqual({ automatic: false, feed: null });
    expect(managed).toEqual(['updates']);
  });

  it('names the gateway too', () => {
    const gateway = { enabled: true, host: '127.0.0.1', port: 7321, tls: null };
    expect(open({ gateway }).view().managed).toEqual(['gateway']);
  });

  it.each([{ language: 'en' as const }, { updates }, { theme: 'dark' as const, language: 'en' as const }])(
    'does not let %j be changed, nor what came with it',
    async (changes) => {
      const book = open({ language: 'zh', updates: false });
      expect(await refusal(() => book.set(changes))).toMatchObject({ code: 'managed' });
      expect(settings.size).toBe(0);
      expect(told).toEqual([]);
    },
  );

  it('does not let the proxy be changed, and keeps no password of it', async () => {
    const book = open({ proxy: { mode: 'none' } });
    expect(await refusal(() => book.setProxy(PROXY, PASSWORD))).toMatchObject({ code: 'managed' });
    expect(await vault.read(ENTRY)).toEqual({ result: 'absent' });
    expect(led).toEqual([]);
  });

  it('that is taken away leaves what the person had set', () => {
    open().set({ language: 'en' });
    expect(open({ language: 'zh' }).values.language).toBe('zh');
    expect(open().values.language).toBe('en');
  });
});

describe('the proxy', () => {
  it('is led through at once and after a start, with its password', async () => {
    const view = await open().setProxy(PROXY, PASSWORD);
    expect(view.proxy).toEqual({ settings: PROXY, hasPassword: true });
    expect(told).toEqual([view]);
    const later = open();
    await later.start();
    expect(led).toEqual([
      { settings: PROXY, password: PASSWORD },
      { settings: PROXY, password: PASSWORD },
    ]);
    expect(later.view().proxy).toEqual({ settings: PROXY, hasPassword: true });
  });

  it('has its password in the vault only: not in the ledger, a view or an event', async () => {
    await open().setProxy(PROXY, PASSWORD);
    expect(await vault.read(ENTRY)).toEqual({ result: 'found', value: PASSWORD });
    expect(JSON.stringify([[...settings], told, open().view()])).not.toContain(PASSWORD);
  });

  it('keeps its password when none is given, and forgets it when an empty one is', async () => {
    const book = open();
    await book.setProxy(PROXY, PASSWORD);
    expect((await book.setProxy(PROXY, undefined)).proxy.hasPassword).toBe(true);
    expect(led.at(-1)?.password).toBe(PASSWORD);
    expect((await book.setProxy(PROXY, '')).proxy.hasPassword).toBe(false);
    expect(led.at(-1)?.password).toBeNull();
    expect(await vault.read(ENTRY)).toEqual({ result: 'absent' });
  });

  it.each([{ mode: 'system' as const }, { mode: 'none' as const }])(
    'that is no longer set by hand (%j) takes its password along',
    async (next) => {
      const book = open();
      await book.setProxy(PROXY, PASSWORD);
      expect((await book.setProxy(next, undefined)).proxy).toEqual({ settings: next, hasPassword: false });
      expect(await vault.read(ENTRY)).toEqual({ result: 'absent' });
      expect(led.at(-1)).toEqual({ settings: next, password: null });
    },
  );

  it.each([
    ['address', { ...PROXY, url: 'http://evil.example:3128' }],
    ['name', { ...PROXY, username: 'wang' }],
  ])('that gets another %s does not get the password of the one before', async (_what, next) => {
    const book = open();
    await book.setProxy(PROXY, PASSWORD);
    expect((await book.setProxy(next, undefined)).proxy).toEqual({ settings: next, hasPassword: false });
    expect(led.at(-1)).toEqual({ settings: next, password: null });
    expect(await vault.read(ENTRY)).toEqual({ result: 'absent' });
  });

  it("of the policy is not given the password of the person's own", async () => {
    await open().setProxy(PROXY, PASSWORD);
    for (const proxy of [PROXY, { ...PROXY, url: 'http://policy.example:3128' }]) {
      const book = open({ proxy });
      await book.start();
      expect(led.at(-1)).toEqual({ settings: proxy, password: null });
      expect(book.view().proxy.hasPassword).toBe(false);
      expect(await book.withPassword(proxy, undefined)).toEqual({ settings: proxy, password: null });
    }
    expect(await vault.read(ENTRY)).toEqual({ result: 'found', value: PASSWORD });
  });

  it.each([
    ['forgotten', { mode: 'none' as const }, undefined],
    ['replaced', PROXY, 'another word'],
  ])('stays with its password when the ledger cannot be written: not %s', async (_what, next, password) => {
    const book = open();
    await book.setProxy(PROXY, PASSWORD);
    const count = led.length;
    isDiskFull = true;
    expect(await refusal(() => book.setProxy(next, password))).toMatchObject({ code: 'storage-failed' });
    expect(await vault.read(ENTRY)).toEqual({ result: 'found', value: PASSWORD });
    expect(book.view().proxy).toEqual({ settings: PROXY, hasPassword: true });
    expect(led).toHaveLength(count);
  });

  it('is not changed when the vault cannot keep its password', async () => {
    const book = open();
    await book.setProxy({ mode: 'none' }, undefined);
    led.length = 0;
    vault.keep = async (): Promise<Writing> => ({ result: 'locked', detail: 'The keychain is locked.' });
    const error = await refusal(() => book.setProxy(PROXY, PASSWORD));
    expect(error).toMatchObject({ code: 'storage-failed', message: expect.stringContaining('locked') });
    expect(error.message).not.toContain(PASSWORD);
    expect(book.view().proxy.settings).toEqual({ mode: 'none' });
    expect(open().view().proxy.settings).toEqual({ mode: 'none' });
    expect(led).toEqual([]);
  });

  it('is asked without a password while the vault is locked, and says that there is one', async () => {
    await open().setProxy(PROXY, PASSWORD);
    vault.read = async () => ({ result: 'locked', detail: 'The keychain is locked.' });
    const book = open();
    await book.start();
    expect(led.at(-1)).toEqual({ settings: PROXY, password: null });
    expect(book.view().proxy.hasPassword).toBe(true);
  });

  it('that cannot be read is as the system says', async () => {
    settings.set('proxy', '{"mode":"manual","url":"ftp://proxy.example"}');
    const book = open();
    await book.start();
    expect(led).toEqual([{ settings: { mode: 'system' }, password: null }]);
  });
});

describe('a proxy on trial', () => {
  const another: ProxySettings = { mode: 'manual', url: 'http://evil.example:3128', username: 'li' };

  it('that is the one in use is tried with the password that is kept', async () => {
    const book = open();
    await book.setProxy(PROXY, PASSWORD);
    expect(await book.withPassword({ ...PROXY }, undefined)).toEqual({ settings: PROXY, password: PASSWORD });
  });

  it.each([
    ['another address', another],
    ['another port', { ...PROXY, url: 'http://proxy.example:3129' }],
    ['another name', { ...PROXY, username: 'wang' }],
    ['none', { mode: 'none' as const }],
  ])('is never given the kept password: %s', async (_what, tried) => {
    const book = open();
    await book.setProxy(PROXY, PASSWORD);
    expect(await book.withPassword(tried, undefined)).toEqual({ settings: tried, password: null });
  });

  it('is tried with the password that is given, and that one is not kept', async () => {
    const book = open();
    expect(await book.withPassword(another, 'word-on-trial')).toEqual({
      settings: another,
      password: 'word-on-trial',
    });
    expect(await book.withPassword(another, '')).toEqual({ settings: another, password: null });
    expect(await vault.read(ENTRY)).toEqual({ result: 'absent' });
  });
});
