/** The console's commands over a real ledger, real sockets and the sandbox WeChat. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountView, type CommandInput, historyRow } from '../../electron/console/contract.ts';
import type { OverdueToken } from '../../electron/console/host.ts';
import { Refusal } from '../../electron/console/refusal.ts';
import { LedgerFault } from '../../electron/ledger/ledger.ts';
import { APP_ID, type Harness, SECRET, startHarness } from '../support/console-harness.ts';

const MINUTE = 60_000;
const live = ({ phase }: { phase: string }) => phase === 'live';
const settled = ({ phase }: { phase: string }) => phase !== 'refreshing' && phase !== 'new';

let on: Harness;
const copied: string[] = [];
beforeEach(async () => {
  on = await startHarness();
});
afterEach(() => on.close());

describe('accounts', () => {
  it('an added account asks at once and is live', async () => {
    const added = await on.add();
    expect(accountView.parse(added)).toMatchObject({ appId: APP_ID, leadSeconds: 600, phase: 'refreshing' });
    const view = await on.until(live);
    expect(view.token).toMatchObject({ expiresIn: 7200 });
    expect(view.token?.fingerprint).toMatch(/^[0-9a-f]{8}$/);
    expect(view.lastAttempt).toMatchObject({ outcome: 'granted', errcode: null });
  });

  it('an AppID can be added once', async () => {
    await on.add();
    const error = await on.refused('accounts.add', {
      ...{ appId: APP_ID, name: 'again', kind: 'mini', line: 'stable', secret: 'another-sandbox-secret' },
    });
    expect(error).toMatchObject({ code: 'duplicate-account', faults: [{ path: 'appId' }] });
    expect(on.view().name).toBe('商城');
  });

  it('an AppID added twice at once is added once, and the other told so', async () => {
    const account = { appId: APP_ID, name: 'shop', kind: 'mini', line: 'stable', secret: SECRET };
    const input = { ...account, apiBase: on.sandbox.url };
    const answers = await Promise.all([1, 2].map(() => on.app.execute('accounts.add', input)));
    expect(answers.map((answer) => (answer.ok ? 'added' : answer.error.code))).toEqual([
      'added',
      'duplicate-account',
    ]);
    expect(on.app.state().accounts).toHaveLength(1);
  });

  it.each([
    ['an AppID of the wrong form', { appId: 'wx123' }, 'appId'],
    ['an empty name', { name: '' }, 'name'],
    ['an empty secret', { secret: '' }, 'secret'],
    ['a secret with blanks round it', { secret: ' padded ' }, 'secret'],
    ['an address that is not https', { apiBase: 'http://example.com' }, 'apiBase'],
    ['an address with a path', { apiBase: 'https://example.com/cgi-bin' }, 'apiBase'],
    ['a lead that is no whole number', { leadSeconds: 60.5 }, 'leadSeconds'],
    ['a kind that does not exist', { kind: 'work' }, 'kind'],
    ['a field that does not exist', { token: 'x' }, ''],
  ])('%s is named, and nothing changes', async (_what, wrong, path) => {
    const right = { appId: APP_ID, name: 'shop', kind: 'mini', line: 'stable', secret: SECRET };
    const error = await on.refused('accounts.add', { ...right, ...wrong });
    expect(error.code).toBe('invalid-input');
    expect(error.faults?.map((fault) => fault.path)).toEqual([path]);
    expect(JSON.stringify(error)).not.toContain(SECRET);
    expect(on.app.state().accounts).toEqual([]);
  });

  it('change what they are told to and nothing else', async () => {
    await on.add();
    await on.until(live);
    const { token } = on.view();
    const view = await on.run('accounts.update', {
      appId: APP_ID,
      changes: { name: '官网', leadSeconds: 1200 },
    });
    expect(view).toMatchObject({ name: '官网', leadSeconds: 1200, line: 'standard', token });
  });

  it('send the AppSecret to an address that is not WeChat’s only for somebody who has it', async () => {
    const change = (changes: CommandInput<'accounts.update'>['changes']) =>
      on.run('accounts.update', { appId: APP_ID, changes });
    await on.add({ apiBase: 'https://wechat.invalid' });
    await change({ paused: true }); // nothing leaves for the real WeChat
    await change({ apiBase: 'https://sh.api.weixin.qq.com' });
    const elsewhere = { appId: APP_ID, changes: { apiBase: on.sandbox.url } };
    expect(await on.refused('accounts.update', elsewhere)).toMatchObject({ code: 'secret-needed' });
    const guessed = await on.refused('accounts.update', { ...elsewhere, secret: 'another-secret' });
    expect(guessed).toMatchObject({ code: 'secret-needed', faults: [{ path: 'secret' }] });
    expect(on.view().apiBase).toBe('https://sh.api.weixin.qq.com');
    await on.run('accounts.update', { ...elsewhere, secret: SECRET });
    await change({ paused: false });
    await on.until(live);
  });

  it('paused: nothing is asked; resumed: asked again', async () => {
    await on.add();
    await on.until(live);
    await on.run('accounts.update', { appId: APP_ID, changes: { paused: true } });
    on.advance(3 * 60 * MINUTE);
    await on.until(({ token }) => token === null);
    expect(on.view()).toMatchObject({ phase: 'paused', nextAttemptAt: null });
    await on.run('accounts.update', { appId: APP_ID, changes: { paused: false } });
    expect((await on.until(live)).token).not.toBeNull();
  });

  it('move to the stable line with a token of its own at once', async () => {
    await on.add();
    const standard = (await on.until(live)).token?.fingerprint;
    await on.run('accounts.update', { appId: APP_ID, changes: { line: 'stable' } });
    const view = await on.until(({ token, phase }) => phase === 'live' && token?.fingerprint !== standard);
    expect(view.previousToken?.fingerprint).toBe(standard);
  });

  it('a wrong secret waits for a person; the right one is tried at once', async () => {
    await on.add({ secret: 'sandbox-secret-of-another' });
    expect(await on.until(settled)).toMatchObject({ phase: 'needs-attention', nextAttemptAt: null });
    expect(on.view().lastAttempt).toMatchObject({ outcome: 'refused', errcode: 40125 });
    await on.run('accounts.setSecret', { appId: APP_ID, secret: SECRET });
    await on.until(live);
    expect(on.view().lastAttempt?.trigger).toBe('secret-changed');
  });

  it('removed: secret and token leave the vault, history stays unless asked', async () => {
    await on.add();
    await on.until(live);
    await on.run('accounts.remove', { appId: APP_ID });
    expect(on.app.state().accounts).toEqual([]);
    expect(await on.app.safe.open(APP_ID)).toBeNull();
    expect(on.app.safe.stateOf(APP_ID, on.sandbox.url)).toBe('missing');
    expect((await on.run('history.query', { limit: 10 })).rows).toHaveLength(1);
    expect(on.events.at(-1)).toEqual({ type: 'account-removed', appId: APP_ID });
    await on.add();
    await on.run('accounts.remove', { appId: APP_ID, forgetHistory: true });
    expect((await on.run('history.query', { limit: 10 })).rows).toEqual([]);
  });
});

describe('tokens', () => {
  beforeEach(async () => {
    await on.add();
    await on.until(live);
  });

  it('a refresh by hand swaps them and shows the overlap', async () => {
    const before = on.view().token?.fingerprint;
    const view = await on.run('tokens.refresh', { appId: APP_ID });
    expect(view.phase).toBe('live');
    expect(view.token?.fingerprint).not.toBe(before);
    expect(view.previousToken?.fingerprint).toBe(before);
    on.advance(5 * MINUTE);
    expect((await on.until(({ previousToken }) => previousToken === null)).previousToken).toBeNull();
  });

  it('a hundred refreshes at once are one call', async () => {
    const before = on.sandbox.world.calls().length;
    await Promise.all(Array.from({ length: 100 }, () => on.run('tokens.refresh', { appId: APP_ID })));
    expect(on.sandbox.world.calls().length - before).toBe(1);
  });

  it('are refreshed ahead of their end', async () => {
    const first = on.view().token;
    // The two clocks are read one after the other and may differ by a millisecond.
    const ahead = (first?.expiresAt ?? 0) - (on.view().nextAttemptAt ?? 0);
    expect(Math.abs(ahead - 570_000)).toBeLessThanOrEqual(5);
    on.advance(110.6 * MINUTE);
    const second = (await on.until(({ token }) => token?.fingerprint !== first?.fingerprint)).token;
    expect(second?.expiresAt).toBeGreaterThan(first?.expiresAt ?? 0);
    const { rows } = await on.run('history.query', { limit: 1 });
    expect(rows[0]).toMatchObject({
      trigger: 'schedule',
      actor: 'console',
      fingerprint: second?.fingerprint,
    });
  });

  it('revealed and copied ones are written down, without the token', async () => {
    const { accessToken, expiresAt } = await on.run('tokens.reveal', { appId: APP_ID });
    expect(expiresAt).toBe(on.view().token?.expiresAt);
    const copy = await on.run('tokens.copy', { appId: APP_ID });
    expect(copy).toMatchObject({ copied: false, accessToken });
    const { rows } = await on.run('history.query', { limit: 10 });
    expect(rows.map(({ trigger }) => trigger)).toEqual(['copy', 'reveal', 'startup']);
    expect(JSON.stringify(rows)).not.toContain(accessToken);
    for (const row of rows) historyRow.parse(row);
  });

  it('a check says that WeChat honours it, and asks for none', async () => {
    expect(await on.run('tokens.verify', { appId: APP_ID })).toEqual({
      valid: true,
      errcode: null,
      rid: null,
    });
    const tokenCalls = on.sandbox.world.calls().filter(({ path }) => path === '/cgi-bin/token');
    expect(tokenCalls).toHaveLength(1);
  });

  it('live on through a refused refresh', async () => {
    const { token } = on.view();
    on.sandbox.world.change(APP_ID, { standing: 'secret-frozen' });
    const view = await on.run('tokens.refresh', { appId: APP_ID });
    expect(view).toMatchObject({ phase: 'needs-attention', token, lastAttempt: { errcode: 40243 } });
    expect((await on.run('tokens.reveal', { appId: APP_ID })).accessToken).not.toBe('');
  });
});

describe('WeChat says no', () => {
  it('89507: nothing is asked in the block, not by itself, not by hand, not after a restart; then by hand', async () => {
    on.sandbox.world.change(APP_ID, { confirmation: true });
    on.sandbox.world.refuse(APP_ID);
    await on.add();
    const view = await on.until(settled);
    expect(view).toMatchObject({
      phase: 'refused',
      confirmation: { state: 'refused-once', nextProbeAt: null },
    });
    const calls = on.sandbox.world.calls().length;
    const error = await on.refused('tokens.refresh', { appId: APP_ID });
    expect(error).toMatchObject({ code: 'blocked-by-refusal', until: view.confirmation?.until });
    on.advance(30 * MINUTE);
    await on.restart();
    on.advance(29 * MINUTE);
    expect(await on.refused('tokens.refresh', { appId: APP_ID })).toMatchObject({
      code: 'blocked-by-refusal',
    });
    expect(on.sandbox.world.calls().length).toBe(calls);
    on.advance(2 * MINUTE);
    on.sandbox.world.confirm(APP_ID);
    expect(on.sandbox.world.calls().length).toBe(calls);
    expect((await on.run('tokens.refresh', { appId: APP_ID })).phase).toBe('live');
  });

  it('89503: probes until the administrator confirms', async () => {
    on.sandbox.world.change(APP_ID, { confirmation: true });
    await on.add();
    const view = await on.until(settled);
    expect(view).toMatchObject({ phase: 'awaiting-admin', confirmation: { state: 'awaiting', until: null } });
    on.sandbox.world.confirm(APP_ID);
    on.advance(5 * MINUTE + 1000);
    await on.until(live);
    expect(on.view()).toMatchObject({ confirmation: null, lastAttempt: { trigger: 'probe' } });
  });

  it('40164: the IP is shown and asked again after five minutes', async () => {
    on.sandbox.world.change(APP_ID, { whitelist: [] });
    await on.add();
    expect(await on.until(settled)).toMatchObject({ phase: 'needs-attention', callerIp: '203.0.113.7' });
    on.sandbox.world.change(APP_ID, { whitelist: ['203.0.113.7'] });
    on.advance(5 * MINUTE + 1000);
    await on.until(live);
  });

  it('no usable answer: retried with back-off until there is one', async () => {
    on.sandbox.world.inject({ kind: 'captive-page' }, { calls: 3 });
    await on.add();
    const view = await on.until(({ lastAttempt }) => lastAttempt?.outcome === 'failed');
    expect(view.lastAttempt?.errmsg).toMatch(/^unreadable: /);
    for (let n = 0; n < 4 && on.view().phase !== 'live'; n++) {
      await on.until(settled);
      on.advance(MINUTE);
    }
    await on.until(live);
  });
});

describe('many accounts', () => {
  it('have at most eight calls under way at once', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `wx${n.toString(16).padStart(16, '0')}`);
    for (const appId of ids) on.sandbox.world.add({ appId, secret: SECRET });
    on.sandbox.world.inject({ kind: 'slow', ms: 60 });
    await Promise.all(ids.map((appId) => on.add({ appId, name: appId })));
    await Promise.all(ids.map((appId) => on.until(live, appId)));
    const times = on.sandbox.world.calls().map(({ at }) => at);
    const atOnce = times.map((at) => times.filter((other) => other >= at && other < at + 50).length);
    expect(times).toHaveLength(30);
    expect(Math.max(...atOnce)).toBeLessThanOrEqual(8);
    expect(Math.max(...atOnce)).toBeGreaterThan(4);
  });
});

describe('a restart', () => {
  it('uses the stored token, and asks for none while it lives', async () => {
    await on.add();
    const before = (await on.until(live)).token;
    const calls = on.sandbox.world.calls().length;
    await on.restart();
    expect((await on.until(live)).token).toEqual(before);
    expect(on.sandbox.world.calls().length).toBe(calls);
  });

  it('asks at once when the last process died in the middle of a call', async () => {
    await on.add();
    const before = (await on.until(live)).token?.fingerprint;
    on.app.parts.ledger.noteAsking(APP_ID, Date.now() + 10);
    await on.restart();
    await on.until(({ token }) => token !== null && token.fingerprint !== before);
  });
});

describe('the bridge', () => {
  it('knows no other commands', async () => {
    expect(await on.refused('secrets.get', {})).toMatchObject({ code: 'unknown-command' });
    expect(await on.refused('constructor', {})).toMatchObject({ code: 'unknown-command' });
  });

  it('names an account it does not have', async () => {
    for (const command of [
      'tokens.refresh',
      'tokens.reveal',
      'tokens.copy',
      'tokens.verify',
      'accounts.remove',
    ]) {
      expect(await on.refused(command, { appId: APP_ID })).toMatchObject({ code: 'unknown-account' });
    }
  });

  it('says that there is no token to reveal', async () => {
    await on.add({ secret: 'sandbox-secret-of-another' });
    await on.until(settled);
    expect(await on.refused('tokens.reveal', { appId: APP_ID })).toMatchObject({ code: 'no-token' });
  });

  it('tells a listener the whole state once, then only what changed', async () => {
    await on.add();
    await on.until(live);
    on.events.length = 0;
    const stop = on.app.listen((event) => on.events.push(event));
    expect(on.events.map(({ type }) => type)).toEqual(['state']);
    stop();
    on.events.length = 0;
    await on.run('accounts.update', { appId: APP_ID, changes: { name: '官网' } });
    const changes = on.events.filter(({ type }) => type !== 'history-added');
    expect(changes).toEqual([{ type: 'account-changed', appId: APP_ID, changes: { name: '官网' } }]);
  });

  it('acknowledges a change and announces an attempt only when they are on disk; a token waits for no disk', async () => {
    await on.close();
    let disk = Promise.withResolvers<void>();
    on = await startHarness({ ledger: (ledger) => ({ ...ledger, durable: () => disk.promise }) });
    let isAnswered = false;
    const adding = on.add().then(() => {
      isAnswered = true;
    });
    // The call to WeChat waits for its note for 2 s at most: a disk that hangs keeps no token away.
    await on.until(live);
    const announced = () => on.events.filter(({ type }) => type === 'history-added').length;
    expect([isAnswered, announced()]).toEqual([false, 0]);
    expect((await on.run('history.query', { limit: 9 })).rows).toHaveLength(1);
    disk.resolve();
    await adding;
    await expect.poll(announced).toBe(1);
    disk = Promise.withResolvers();
    disk.reject(new LedgerFault('The ledger failed: input/output error.'));
    disk.promise.catch(() => undefined);
    const change = { appId: APP_ID, changes: { name: '官网' } };
    expect(await on.refused('accounts.update', change)).toMatchObject({ code: 'storage-failed' });
    expect(await on.run('state.get', {})).toMatchObject({ accounts: [{ appId: APP_ID }] });
  });

  it('lists the error codes in both languages', async () => {
    const { entries } = await on.run('errors.list', {});
    expect(entries.find(({ code }) => code === 89503)).toMatchObject({ class: 'awaiting-admin' });
  });

  it('opens the demo where its host has one', async () => {
    expect(await on.refused('demo.open', {})).toMatchObject({ code: 'unknown-command' });
    await on.close();
    const showDemo = async () => 'http://127.0.0.1:1/#key=of-the-demo';
    on = await startHarness({ host: { abilities: [], showDemo } });
    expect(await on.run('demo.open', {})).toEqual({ url: 'http://127.0.0.1:1/#key=of-the-demo' });
  });

  it('declines when it is closing', async () => {
    await on.app.close();
    expect(await on.refused('state.get', {})).toMatchObject({ code: 'closing' });
  });

  it('copies through the clipboard of the desktop, where the token never leaves', async () => {
    await on.close();
    const copyToken = async (token: string, seconds: number | null) => {
      copied.push(token);
      return { clearsAt: seconds };
    };
    on = await startHarness({ host: { abilities: ['clipboard'], copyToken } });
    await on.add();
    await on.until(live);
    expect(await on.run('tokens.copy', { appId: APP_ID })).toEqual({ copied: true, clearsAt: 30 });
    expect(copied).toEqual([(await on.run('tokens.reveal', { appId: APP_ID })).accessToken]);
  });
});

describe('a copied token that could not be taken off the clipboard in time', () => {
  it('is told by a notice, and so is its end', async () => {
    await on.close();
    let tell: (overdue: OverdueToken) => void = () => undefined;
    const clipboard = {
      listen(listener: typeof tell) {
        tell = listener;
        listener(null);
      },
    };
    on = await startHarness({ host: { abilities: ['clipboard'], clipboard } });
    const told = () => on.app.state().notices.map(({ id }) => id);
    expect(told()).toEqual([]);
    tell('there');
    expect(told()).toEqual(['token-on-clipboard']);
    tell('gone');
    expect(told()).toEqual(['token-off-clipboard']);
    tell(null);
    expect(told()).toEqual([]);
  });

  it('is not copied where the desktop does not take it, and no copy is noted', async () => {
    await on.close();
    const copyToken = async () => {
      throw new Refusal('window-not-active', 'nothing was copied');
    };
    on = await startHarness({ host: { abilities: ['clipboard'], copyToken } });
    await on.add();
    await on.until(live);
    expect(await on.refused('tokens.copy', { appId: APP_ID })).toMatchObject({ code: 'window-not-active' });
    const { rows } = await on.run('history.query', { limit: 10 });
    expect(rows.map(({ trigger }) => trigger)).not.toContain('copy');
  });
});

describe('secrets and tokens', () => {
  it('are in no log line, no event and no file of the data folder', async () => {
    await on.add();
    await on.until(live);
    const { accessToken } = await on.run('tokens.reveal', { appId: APP_ID });
    on.sandbox.world.inject({ kind: 'broken-json' }, { calls: 1 });
    await on.run('tokens.refresh', { appId: APP_ID });
    await on.run('accounts.setSecret', { appId: APP_ID, secret: SECRET });
    await on.until(live);
    await on.app.close();
    const files = readdirSync(on.dataDir).map((name) => readFileSync(join(on.dataDir, name), 'latin1'));
    for (const text of [...on.logged, ...files, JSON.stringify(on.events)]) {
      expect(text.includes(SECRET) || text.includes(accessToken)).toBe(false);
    }
    expect(on.logged.length).toBeGreaterThan(1);
  });
});
