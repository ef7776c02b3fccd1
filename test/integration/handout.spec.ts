/** Handing out as an administrator sets it: through the bridge's commands, over a real gateway, file and Redis. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GatewaySettings, HandoutView } from '../../electron/console/contract.ts';
import { memoryVault } from '../../electron/vault/memory.ts';
import type { Vault } from '../../electron/vault/vault.ts';
import { APP_ID, type Harness, SECRET, startHarness } from '../support/console-harness.ts';
import { closedPort } from '../support/network-faults.ts';
import { type RedisServer, startRedis, whyNoRedis } from '../support/redis-server.ts';

const ON: GatewaySettings = { enabled: true, host: '127.0.0.1', port: 0, tls: null };
const PASSWORD = 'sandbox-word-of-redis';

let on: Harness;
beforeEach(async () => {
  on = await startHarness();
  await on.add();
  await on.until(({ phase }) => phase === 'live');
});
afterEach(() => on.close());

const gatewayUrl = () => on.app.state().gateway?.url ?? '';
const ask = (key: string, path = `/v1/tokens/${APP_ID}`) =>
  fetch(`${gatewayUrl()}${path}`, { headers: { authorization: `Bearer ${key}` } });

describe('the gateway', () => {
  it('is off at first; switched on, a key opens it, and a revoked one does not', async () => {
    expect(on.app.state().gateway).toBeNull();
    const view = await on.run('handout.setGateway', ON);
    expect(view.gateway).toMatchObject({ url: gatewayUrl(), problem: null, isFixed: false });
    // `handout-changed` comes by its own clock, and so before or after.
    expect(on.events).toContainEqual({ type: 'gateway-changed', gateway: { url: gatewayUrl() } });
    const { id, key } = await on.run('clients.create', { name: '订单服务', appIds: [APP_ID] });
    const token = (await (await ask(key)).json()) as Record<string, unknown>;
    expect(token).toMatchObject({ app_id: APP_ID, fingerprint: on.view().token?.fingerprint });
    const { rows } = await on.run('clients.list', {});
    expect(rows).toMatchObject([{ id, name: '订单服务', perMinute: 1, fetched: [{ appId: APP_ID }] }]);
    expect(JSON.stringify(rows)).not.toContain(key);
    await on.run('clients.revoke', { id });
    expect((await ask(key)).status).toBe(401);
    expect(await on.refused('clients.revoke', { id })).toMatchObject({ code: 'unknown-client' });
  });

  it('is there again after a restart, and its keys too', async () => {
    await on.run('handout.setGateway', { ...ON, port: await closedPort() });
    const { key } = await on.run('clients.create', { name: 'one', appIds: '*' });
    await on.restart();
    await on.app.opened;
    await on.until(({ phase }) => phase === 'live');
    expect((await ask(key)).status).toBe(200);
  });

  it('stays where it was when the new address is taken', async () => {
    await on.run('handout.setGateway', ON);
    const before = gatewayUrl();
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const error = await on.refused('handout.setGateway', { ...ON, port });
    expect(error).toMatchObject({ code: 'gateway-failed', message: expect.stringContaining('in use') });
    expect(new URL(gatewayUrl()).hostname).toBe(new URL(before).hostname);
    expect((await on.run('handout.get', {})).gateway.settings).toEqual(ON);
    other.close();
  });

  it('names a certificate that is not there', async () => {
    const tls = { certFile: join(on.dataDir, 'none.pem'), keyFile: join(on.dataDir, 'none.key') };
    const error = await on.refused('handout.setGateway', { ...ON, tls });
    expect(error.message).toMatch(/certificate or key file is not there/);
    expect(on.app.state().gateway).toBeNull();
  });

  it('that the command line asked for cannot be moved from the page', async () => {
    await on.close();
    on = await startHarness({ gateway: ON });
    await on.app.opened;
    expect(gatewayUrl()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await on.refused('handout.setGateway', { ...ON, enabled: false })).toMatchObject({
      code: 'managed',
    });
  });

  it('refreshes passively: one call for a thousand servers that say so at once', async () => {
    await on.run('handout.setGateway', ON);
    const { key } = await on.run('clients.create', { name: '订单服务', appIds: '*' });
    const stale = on.app.desk.token(APP_ID)?.accessToken ?? '';
    on.advance(2 * 60_000);
    const refresh = async () => {
      const response = await fetch(`${gatewayUrl()}/v1/tokens/${APP_ID}/refresh`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ stale_token: stale }),
      });
      return (await response.json()) as { refreshed: boolean; access_token: string };
    };
    const before = on.sandbox.world.calls().length;
    const answers = await Promise.all(Array.from({ length: 1000 }, refresh));
    expect(on.sandbox.world.calls().length - before).toBe(1);
    const fresh = on.app.desk.token(APP_ID)?.accessToken;
    expect(new Set(answers.map((answer) => answer.access_token))).toEqual(new Set([fresh]));
    expect((await on.run('history.query', { limit: 1 })).rows[0]).toMatchObject({ actor: '订单服务' });
  });
});

describe('a token file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wtc-tokens-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is not written among the console’s own files', async () => {
    const path = join(on.dataDir, 'vault.age');
    await on.run('handout.setAccount', { appId: APP_ID, file: { path, format: 'bare' }, targets: [] });
    const { accounts } = await on.run('handout.get', {});
    expect(accounts[0]?.fileState).toMatchObject({
      state: 'failing',
      detail: expect.stringContaining('own folder'),
    });
    expect(existsSync(path)).toBe(false);
  });

  it('is written at once, anew with each token, and goes with the account', async () => {
    const path = join(folder, 'token.txt');
    await on.run('handout.setAccount', { appId: APP_ID, file: { path, format: 'bare' }, targets: [] });
    const token = () => on.app.desk.token(APP_ID)?.accessToken;
    await vi.waitFor(() => expect(readFileSync(path, 'utf8')).toBe(token()));
    await on.run('tokens.refresh', { appId: APP_ID });
    await vi.waitFor(() => expect(readFileSync(path, 'utf8')).toBe(token()));
    const { accounts } = await on.run('handout.get', {});
    expect(accounts).toMatchObject([{ appId: APP_ID, fileState: { state: 'written' } }]);
    await on.run('accounts.remove', { appId: APP_ID });
    await vi.waitFor(() => expect(existsSync(path)).toBe(false));
    await on.add();
    expect((await on.run('handout.get', {})).accounts[0]?.file).toBeNull();
  });

  it('has to have an absolute path', async () => {
    const file = { path: 'token.txt', format: 'bare' } as const;
    expect(await on.refused('handout.setAccount', { appId: APP_ID, file, targets: [] })).toMatchObject({
      code: 'invalid-input',
      faults: [{ path: 'file.path' }],
    });
  });
});

const reason = whyNoRedis();

describe.skipIf(reason !== null)(`a Redis that is there${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let redis: RedisServer;
  beforeEach(async () => {
    redis = await startRedis({ password: PASSWORD });
    const settings = { host: '127.0.0.1', port: redis.port, db: 0, username: null, tls: false };
    await on.run('handout.setRedis', { settings, password: PASSWORD });
    // A console new to a Redis waits for every lease from before to end.
    await on.until(({ role }) => role === 'leading' || role === 'alone');
  }, 30_000);
  afterEach(() => redis.stop());

  const targets = [{ profile: 'wxjava' as const }, { profile: 'silenceper' as const }];
  const token = () => on.app.desk.token(APP_ID)?.accessToken ?? '';
  const place = async (n: number) => (await on.run('handout.get', {})).accounts[0]?.targets[n]?.place.state;

  it('gets the token at once and each new one, with what is left of its life', async () => {
    await on.run('handout.setAccount', { appId: APP_ID, file: null, targets });
    const client = await redis.client();
    await vi.waitFor(async () => expect(await client.get(`wx:access_token:${APP_ID}`)).toBe(token()), 5000);
    await on.run('tokens.refresh', { appId: APP_ID });
    const key = `gowechat_officialaccount__access_token_${APP_ID}`;
    await vi.waitFor(async () => expect(await client.get(key)).toBe(token()), 5000);
    expect(await client.ttl(key)).toBeGreaterThan(7190);
    expect(await place(0)).toBe('written');
    await on.run('accounts.remove', { appId: APP_ID });
    await vi.waitFor(async () => expect(await client.exists(key)).toBe(0), 5000);
  });

  it('keeps what another writer put there until a person takes it over; a changed file does not', async () => {
    await on.run('handout.setAccount', { appId: APP_ID, file: null, targets });
    await vi.waitFor(async () => expect(await place(0)).toBe('written'), 5000);
    const client = await redis.client();
    const key = `wx:access_token:${APP_ID}`;
    await client.set(key, 'token-of-another-writer', { EX: 7000 });
    await vi.waitFor(async () => expect(await place(0)).toBe('foreign'), { timeout: 15_000, interval: 200 });
    const file = { path: join(on.dataDir, 'token.txt'), format: 'bare' } as const;
    await on.run('handout.setAccount', { appId: APP_ID, file, targets });
    expect(await client.get(key)).toBe('token-of-another-writer');
    await on.run('handout.setAccount', { appId: APP_ID, file, targets });
    await vi.waitFor(async () => expect(await client.get(key)).toBe(token()), 5000);
  });

  it('is led on after the same settings were saved again', async () => {
    const { settings } = (await on.run('handout.get', {})).redis;
    await on.run('handout.setRedis', { settings });
    await on.until(({ role }) => role === 'leading' || role === 'alone');
    const refreshed = await on.run('tokens.refresh', { appId: APP_ID });
    expect(refreshed.lastAttempt?.outcome).toBe('granted');
    const client = await redis.client();
    await vi.waitFor(async () => expect(await client.get(`wtc:token:${APP_ID}`)).toContain(token()), 5000);
  });

  it('is found again with its password after a restart, and the account is led again without a call', async () => {
    const calls = on.sandbox.world.calls().length;
    await on.restart();
    await on.until(({ role, phase }) => (role === 'leading' || role === 'alone') && phase === 'live');
    expect(on.sandbox.world.calls()).toHaveLength(calls);
    expect((await on.run('handout.get', {})).redis).toMatchObject({ status: 'ready', hasPassword: true });
  });
});

describe.skipIf(reason !== null)(`Redis with a password in a vault that locks`, () => {
  it('is named as waiting for the vault, and connected when the vault opens; a change is then refused whole', async () => {
    const kept = memoryVault();
    let isLocked = false;
    const trouble = { result: 'locked', detail: 'the keychain is locked' } as const;
    const vault: Vault = {
      ...kept,
      read: async (entry) => (isLocked && entry.part === 'password' ? trouble : kept.read(entry)),
      keep: async (entry, value) =>
        isLocked && entry.part === 'password' ? trouble : kept.keep(entry, value),
    };
    await on.close();
    on = await startHarness({ vault: () => vault });
    const server = await startRedis({ password: PASSWORD });
    const settings = { host: '127.0.0.1', port: server.port, db: 0, username: null, tls: false };
    const redis = async () => (await on.run('handout.get', {})).redis;
    const ready = () =>
      vi.waitFor(async () => expect((await redis()).status).toBe('ready'), { timeout: 8000, interval: 50 });
    await on.run('handout.setRedis', { settings, password: PASSWORD });
    await ready();
    isLocked = true;
    await on.restart();
    await vi.waitFor(async () => expect((await redis()).status).toBe('failing'), 5000);
    expect(await redis()).toMatchObject({
      hasPassword: true,
      detail: expect.stringContaining('the keychain is locked'),
    });
    const changed = { settings: { ...settings, db: 1 }, password: 'another' };
    expect(await on.refused('handout.setRedis', changed)).toMatchObject({ code: 'storage-failed' });
    expect((await redis()).settings).toEqual(settings);
    isLocked = false;
    await on.app.tryAgain();
    await ready();
    await server.stop();
  });
});

describe('Redis', () => {
  const settings = { host: '127.0.0.1', port: 1, db: 0, username: null, tls: false };

  it('that is not there is named, and nothing else stops', async () => {
    const view = await on.run('handout.setRedis', { settings, password: PASSWORD });
    expect(view.redis).toMatchObject({ settings, hasPassword: true });
    const failing = ({ redis }: HandoutView) => redis.status === 'failing' && redis.detail !== null;
    await vi.waitFor(async () => expect(failing(await on.run('handout.get', {}))).toBe(true), 8000);
    expect(on.app.desk.token(APP_ID)).not.toBeNull();
    const off = await on.run('handout.setRedis', { settings: null });
    expect(off.redis).toMatchObject({ settings: null, hasPassword: false, status: 'off' });
    await on.until(({ role }) => role === 'alone');
    expect((await on.run('tokens.refresh', { appId: APP_ID })).lastAttempt?.outcome).toBe('granted');
  });

  it('keeps its password in the vault: not in an answer, an event, a log or the data folder', async () => {
    const view = await on.run('handout.setRedis', { settings, password: PASSWORD });
    await on.app.close();
    const files = readdirSync(on.dataDir).map((name) => readFileSync(join(on.dataDir, name), 'latin1'));
    for (const text of [JSON.stringify(view), JSON.stringify(on.events), ...on.logged, ...files])
      expect(text).not.toContain(PASSWORD);
  });

  it('never gets the AppSecret as part of a key', async () => {
    const targets = [{ profile: 'easywechat6' as const, configuredSecret: SECRET }];
    expect(await on.refused('handout.setAccount', { appId: APP_ID, file: null, targets })).toMatchObject({
      code: 'invalid-input',
      faults: [{ path: 'targets.0.configuredSecret' }],
    });
  });
});
