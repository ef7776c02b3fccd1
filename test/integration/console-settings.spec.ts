/** Everything a person sets of the console itself, through its commands, over real sockets and a real ledger. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { API_BASES, type UpdateView } from '../../electron/console/contract.ts';
import type { Host, ProxyWithPassword, WayOut } from '../../electron/console/host.ts';
import type { Policy } from '../../electron/console/policy.ts';
import { memoryVault } from '../../electron/vault/memory.ts';
import type { Vault } from '../../electron/vault/vault.ts';
import { createNodeWayOut } from '../../electron/way-out.ts';
import { startConnectProxy } from '../support/connect-proxy.ts';
import {
  APP_ID,
  type Harness,
  type HarnessOptions,
  SECRET,
  startHarness,
} from '../support/console-harness.ts';
import { startTlsWechat } from '../support/tls-wechat.ts';

vi.mock('node:crypto', async () => (await import('../support/cheap-scrypt.ts')).cheapCrypto);

const PASSPHRASE = 'four words of the shop';
const PASSWORD = 'sandbox-word-of-proxy';
const HOUR = 3_600_000;
const live = ({ phase }: { phase: string }) => phase === 'live';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function open(options: HarnessOptions = {}): Promise<Harness> {
  const on = await startHarness(options);
  endings.push(() => on.close());
  return on;
}

/** What is in the data folder, in the log and in the events, as text. */
function traces(on: Harness): string {
  const files = readdirSync(on.dataDir, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
  return [...texts, ...on.logged, JSON.stringify(on.events)].join('\n');
}

describe('preferences', () => {
  it('are kept over a restart, and told', async () => {
    const on = await open();
    const { values } = await on.run('preferences.set', { changes: { language: 'zh', clipboardSeconds: 60 } });
    expect(values).toMatchObject({ language: 'zh', clipboardSeconds: 60 });
    expect(on.events.at(-1)).toMatchObject({ type: 'preferences-changed', preferences: { values } });
    await on.restart();
    expect(on.app.state().preferences.values).toEqual(values);
  });

  it.each([
    ['a theme that does not exist', { theme: 'neon' }, 'changes.theme'],
    [
      'a time that is none',
      { notices: { off: [], quiet: { from: '24:00', to: '07:00' } } },
      'changes.notices.quiet.from',
    ],
    ['a number of seconds not offered', { clipboardSeconds: 5 }, 'changes.clipboardSeconds'],
    [
      'a feed over plain http',
      { updates: { automatic: true, feed: 'http://x.example/' } },
      'changes.updates.feed',
    ],
  ])('%s is named, and nothing changes', async (_what, changes, path) => {
    const on = await open();
    const before = on.app.state().preferences;
    const error = await on.refused('preferences.set', { changes: { language: 'zh', ...changes } });
    expect(error).toMatchObject({ code: 'invalid-input', faults: [{ path }] });
    expect(on.app.state().preferences).toEqual(before);
  });

  it('settled by the policy are shown so and stay', async () => {
    const policy: Policy = { language: 'zh', updates: false, fault: null };
    const on = await open({ policy });
    const { managed, values } = on.app.state().preferences;
    expect([[...managed].sort(), values.language]).toEqual([['language', 'updates'], 'zh']);
    expect(await on.refused('preferences.set', { changes: { language: 'en' } })).toMatchObject({
      code: 'managed',
    });
    expect(on.app.state().preferences.values.language).toBe('zh');
  });

  it('a policy that is not followed is told', async () => {
    const fault = '/etc/wechat-token-console/policy.json: is not JSON';
    const on = await open({ policy: { updates: false, fault } });
    expect(on.app.state().notices).toMatchObject([{ id: 'policy-ignored', detail: fault }]);
  });
});

describe('the lock', () => {
  const host: Host = { abilities: ['shield'] };

  it('closes tokens and settings while the tokens are kept alive', async () => {
    const on = await open({ host });
    await on.add();
    const { token } = await on.until(live);
    await on.run('shield.setPassphrase', { current: null, next: PASSPHRASE });
    expect(await on.run('shield.lock', {})).toMatchObject({ isLocked: true });
    expect(on.events.at(-1)).toMatchObject({ type: 'shield-changed', shield: { isLocked: true } });
    for (const [command, input] of [
      ['tokens.reveal', { appId: APP_ID }],
      ['tokens.copy', { appId: APP_ID }],
      ['accounts.remove', { appId: APP_ID }],
      ['preferences.set', { changes: { theme: 'dark' } }],
      ['shield.setPassphrase', { current: PASSPHRASE, next: null }],
      ['clients.create', { name: 'shop', appIds: '*' }],
      ['diagnostics.get', {}],
    ] as const) {
      expect(await on.refused(command, input)).toMatchObject({ code: 'app-locked' });
    }
    on.advance(2 * HOUR);
    await on.until((view) => live(view) && view.token?.fingerprint !== token?.fingerprint);
    expect(await on.run('shield.unlock', { passphrase: PASSPHRASE })).toMatchObject({ isLocked: false });
    await on.run('tokens.reveal', { appId: APP_ID });
  });

  it('is closed after a restart, and the passphrase is nowhere', async () => {
    const on = await open({ host });
    await on.run('shield.setPassphrase', { current: null, next: PASSPHRASE });
    await on.restart();
    expect(on.app.state().shield).toMatchObject({ isLocked: true, hasPassphrase: true });
    await on.refused('shield.unlock', { passphrase: `${PASSPHRASE}!` });
    await on.refused('shield.setPassphrase', { current: 7, next: PASSPHRASE });
    expect(traces(on)).not.toContain(PASSPHRASE);
  });

  it('locks by itself only with a passphrase; without one any more, no longer', async () => {
    const on = await open({ host });
    const lock = { idleMinutes: 5, withScreen: true } as const;
    const error = await on.refused('preferences.set', { changes: { lock } });
    expect(error).toMatchObject({ code: 'wrong-passphrase' });
    await on.run('shield.setPassphrase', { current: null, next: PASSPHRASE });
    await on.run('preferences.set', { changes: { lock } });
    await on.run('shield.setPassphrase', { current: PASSPHRASE, next: null });
    expect(on.app.state().preferences.values.lock).toEqual({ idleMinutes: null, withScreen: false });
  });

  it('is not there on a server', async () => {
    const on = await open();
    const error = await on.refused('shield.setPassphrase', { current: null, next: PASSPHRASE });
    expect(error).toMatchObject({ code: 'not-on-this-host' });
  });
});

describe('the way out', () => {
  function counting(trials: { begun: number; ended: number }): WayOut {
    const wayOut = createNodeWayOut({ env: {} });
    return {
      ...wayOut,
      async trial(proxy) {
        const { fetch, end } = await wayOut.trial(proxy);
        trials.begun += 1;
        return { fetch, end: () => end().finally(() => (trials.ended += 1)) };
      },
    };
  }

  /** A console whose calls to WeChat's own names end at a WeChat of this machine, through two proxies. */
  async function openBehindProxies() {
    const wechat = await startTlsWechat(API_BASES.map((base) => new URL(base).hostname));
    endings.push(() => wechat.close());
    const [own, other] = await Promise.all([
      startConnectProxy(wechat.port, `li:${PASSWORD}`),
      startConnectProxy(wechat.port),
    ]);
    endings.push(own.close, other.close);
    const trials = { begun: 0, ended: 0 };
    const on = await open({ wayOut: counting(trials) });
    const settings = { mode: 'manual', url: own.url, username: 'li' } as const;
    await on.run('network.setProxy', { settings, password: PASSWORD });
    return { on, own, other, settings, wechat, trials };
  }

  it('reaches each of WeChat’s addresses through the proxy, and those of the accounts', async () => {
    const { on, own, wechat } = await openBehindProxies();
    await on.add();
    await on.add({ appId: 'wx00000000000000b2', apiBase: 'https://api.weixin.qq.com' });
    wechat.answer = (path) => (path.includes('appid=') ? '{"errcode":-1}' : '{"errcode":41002}');
    const { results } = await on.run('network.test', {});
    expect(results.map(({ apiBase }) => apiBase)).toEqual([...API_BASES, on.sandbox.url]);
    expect(results.map(({ reached, reason }) => [reached, reason])).toEqual(results.map(() => [true, null]));
    expect(new Set(own.seen.map(({ target }) => target))).toEqual(
      new Set(API_BASES.map((base) => `${new URL(base).hostname}:443`)),
    );
  });

  it('tries another proxy without keeping it, and without giving it the password of this one', async () => {
    const { on, own, other, settings, trials } = await openBehindProxies();
    const tried = { ...settings, url: other.url };
    const { results } = await on.run('network.test', { settings: tried });
    expect(results.map(({ reason }) => reason)).toEqual(results.map(() => null));
    expect(other.seen.map((call) => call.as)).toEqual(API_BASES.map(() => null));
    expect(own.seen).toEqual([]);
    expect(trials).toEqual({ begun: 1, ended: 1 });
    expect(on.app.state().preferences.proxy).toEqual({ settings, hasPassword: true });
  });

  it('tries the proxy in use with the password that is kept', async () => {
    const { on, own, settings } = await openBehindProxies();
    const { results } = await on.run('network.test', { settings });
    expect(results.map(({ reason }) => reason)).toEqual(results.map(() => null));
    expect(new Set(own.seen.map((call) => call.as))).toEqual(new Set([`li:${PASSWORD}`]));
  });

  it('is the same after a restart, and the password is in the vault only', async () => {
    const { on, own } = await openBehindProxies();
    await on.restart();
    expect(on.app.state().preferences.proxy.hasPassword).toBe(true);
    const { results } = await on.run('network.test', {});
    expect(results.map(({ reason }) => reason)).toEqual(results.map(() => null));
    expect(own.seen.every(({ as }) => as === `li:${PASSWORD}`)).toBe(true);
    expect(traces(on)).not.toContain(PASSWORD);
  });

  it('says which proxy would not do', async () => {
    const { on, settings } = await openBehindProxies();
    const { results } = await on.run('network.test', { settings, password: 'another' });
    expect(new Set(results.map(({ reason }) => reason))).toEqual(new Set(['proxy']));
  });

  it.each([
    ['with a password in it', 'http://li:hush@proxy.example:3128'],
    ['of another kind', 'socks5://proxy.example:1080'],
    ['with a path', 'http://proxy.example:3128/pac'],
  ])('takes no proxy %s', async (_what, url) => {
    const on = await open({ wayOut: createNodeWayOut({ env: {} }) });
    const error = await on.refused('network.setProxy', { settings: { mode: 'manual', url, username: null } });
    expect(error).toMatchObject({ code: 'invalid-input', faults: [{ path: 'settings.url' }] });
    expect(JSON.stringify(error)).not.toContain('hush');
  });
});

describe('accounts move to another machine', () => {
  it('with their secrets under a passphrase: live where nobody else refreshes, paused where somebody may', async () => {
    const files: string[] = [];
    const saveFile = async (_name: string, text: string) => `/exports/${files.push(text)}`;
    const from = await open({ host: { abilities: [], saveFile } });
    from.sandbox.world.add({ appId: 'wx00000000000000b2', secret: SECRET });
    await from.add();
    await from.add({ appId: 'wx00000000000000b2', line: 'stable', name: '预约' });
    await from.run('accounts.export', { passphrase: PASSPHRASE });
    const to = await open();
    const { added } = await to.run('accounts.import', { text: files[0] ?? '', passphrase: PASSPHRASE });
    expect(added.map(({ name, hasSecret }) => [name, hasSecret])).toEqual([
      ['商城', true],
      ['预约', true],
    ]);
    await to.until(live, 'wx00000000000000b2');
    expect(to.view()).toMatchObject({ phase: 'paused', token: null });
    await to.run('accounts.update', { appId: APP_ID, changes: { paused: false } });
    await to.until(live);
    for (const trace of [files[0], traces(from), traces(to)]) {
      expect(trace).not.toContain(SECRET);
      expect(trace).not.toContain(PASSPHRASE);
    }
  });
});

describe('what only some hosts have', () => {
  it('updates are looked for and installed by the host, and told', async () => {
    const deeds: string[] = [];
    let tell: (view: UpdateView) => void = () => {};
    const idle: UpdateView = { state: 'idle', version: null, percent: null, at: null, detail: null };
    const found: UpdateView = { ...idle, state: 'available', version: '2.0.0' };
    const updates = {
      listen(listener: (view: UpdateView) => void) {
        tell = listener;
        listener(idle);
      },
      check: async () => {
        deeds.push('check');
        tell(found);
      },
      install: async () => void deeds.push('install'),
    };
    const on = await open({ host: { abilities: ['updates'], updates } });
    expect(on.app.state().update).toEqual(idle);
    expect(await on.run('updates.check', {})).toEqual(found);
    expect(on.events.at(-1)).toEqual({ type: 'update-changed', update: found });
    expect(await on.run('updates.install', {})).toEqual(found);
    expect(deeds).toEqual(['check', 'install']);
  });

  it('a folder is opened by the host', async () => {
    const opened: string[] = [];
    const on = await open({
      host: { abilities: ['open-logs'], open: async (what) => void opened.push(what) },
    });
    expect(await on.run('host.open', { what: 'logs' })).toEqual({ opened: true });
    expect(opened).toEqual(['logs']);
  });

  it.each([
    ['updates.check', {}],
    ['updates.install', {}],
    ['host.open', { what: 'logs' }],
    ['accounts.export', {}],
    ['network.test', {}],
  ])('%s is refused where the host has none of it', async (command, input) => {
    const on = await open();
    expect(await on.refused(command, input)).toMatchObject({ code: 'not-on-this-host' });
  });
});

describe('a vault that is locked', () => {
  it('is read again for the proxy when it opens, and an export with AppSecrets waits for it', async () => {
    const kept = memoryVault();
    let isLocked = false;
    const trouble = { result: 'locked', detail: 'the keychain is locked' } as const;
    const vault: Vault = { ...kept, read: async (entry) => (isLocked ? trouble : kept.read(entry)) };
    const used: ProxyWithPassword[] = [];
    const node = createNodeWayOut({ env: {} });
    const wayOut: WayOut = { ...node, use: async (one) => void used.push(one) };
    const host: Host = { abilities: [], saveFile: async (name) => `/home/li/${name}` };
    const on = await open({ vault: () => vault, wayOut, host });
    await on.add();
    await on.until(live);
    const settings = { mode: 'manual', url: 'http://127.0.0.1:1', username: 'li' } as const;
    await on.run('network.setProxy', { settings, password: PASSWORD });
    isLocked = true;
    await on.restart();
    expect(used.at(-1)).toEqual({ settings, password: null });
    expect(on.app.state().preferences.proxy).toEqual({ settings, hasPassword: true });
    expect(await on.refused('accounts.export', { passphrase: PASSPHRASE })).toMatchObject({
      code: 'secret-locked',
    });
    isLocked = false;
    await on.app.tryAgain();
    expect(used.at(-1)).toEqual({ settings, password: PASSWORD });
    expect(await on.run('accounts.export', { passphrase: PASSPHRASE })).toMatchObject({ accounts: 1 });
    // Locked again, and the proxy saved once more as it is: its password is there, and comes when the vault opens.
    isLocked = true;
    await on.run('network.setProxy', { settings });
    expect(used.at(-1)).toEqual({ settings, password: null });
    isLocked = false;
    await on.app.tryAgain();
    expect(used.at(-1)).toEqual({ settings, password: PASSWORD });
  });
});
