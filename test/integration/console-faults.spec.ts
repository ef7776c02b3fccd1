/** The console over a vault that locks and a disk that fills: nothing is lost, everything is said. */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Ledger } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/open.ts';
import { memoryVault } from '../../electron/vault/memory.ts';
import { openVault } from '../../electron/vault/open.ts';
import type { Marks, Trouble, Vault } from '../../electron/vault/vault.ts';
import { APP_ID, type Harness, SECRET, startHarness } from '../support/console-harness.ts';

const live = ({ phase }: { phase: string }) => phase === 'live';

/** A keychain that a test locks and unlocks; what it holds outlives a restart of the console. */
function lockableVault() {
  const inside = memoryVault();
  const state = { trouble: null as Trouble | null };
  const vault: Vault = {
    kind: 'keychain',
    probe: async () => ({
      kind: 'keychain',
      status: state.trouble?.result ?? 'ready',
      detail: state.trouble?.detail ?? null,
    }),
    read: async (entry) => state.trouble ?? inside.read(entry),
    keep: async (entry, value) => state.trouble ?? inside.keep(entry, value),
    forget: async (entry) => state.trouble ?? inside.forget(entry),
  };
  return { state, vault };
}

const NEW = 'sandbox-secret-of-a-new-day';
const LOCKED: Trouble = { result: 'locked', detail: 'the keychain is locked' };

let on: Harness;
afterEach(() => on.close());

describe('a keychain that is locked', () => {
  it('when an account is added: the secret is held for this session, said so, and kept once it is unlocked', async () => {
    const { state, vault } = lockableVault();
    on = await startHarness({ vault: () => vault });
    state.trouble = LOCKED;
    await on.add();
    await on.until(live);
    expect(on.view().secret).toBe('session-only');
    const { vault: health, notices } = on.app.state();
    expect(health).toEqual({ kind: 'keychain', status: 'locked', detail: LOCKED.detail });
    expect(notices).toMatchObject([{ id: 'vault-failing', detail: LOCKED.detail }]);

    state.trouble = null;
    await on.app.tryAgain();
    expect(on.view().secret).toBe('stored');
    expect(on.app.state()).toMatchObject({ vault: { status: 'ready', detail: null }, notices: [] });
    await on.restart();
    expect((await on.until(live)).token).toEqual(on.view().token);
    expect(on.sandbox.world.calls()).toHaveLength(1);
  });

  it('at the start: nothing is asked; once unlocked the stored token is used, not refreshed', async () => {
    const { state, vault } = lockableVault();
    on = await startHarness({ vault: () => vault });
    await on.add();
    const { token } = await on.until(live);
    state.trouble = LOCKED;
    await on.restart();
    expect(on.view()).toMatchObject({ phase: 'needs-attention', secret: 'locked', token: null });
    expect(await on.refused('tokens.refresh', { appId: APP_ID })).toMatchObject({ code: 'secret-locked' });
    state.trouble = null;
    on.app.lookAgain();
    expect((await on.until(live)).token).toEqual(token);
    expect(on.sandbox.world.calls()).toHaveLength(1);
  });

  it('when a token is granted: the token is handed out from memory and kept later', async () => {
    const { state, vault } = lockableVault();
    on = await startHarness({ vault: () => vault });
    await on.add();
    await on.until(live);
    state.trouble = LOCKED;
    const { token } = await on.run('tokens.refresh', { appId: APP_ID });
    expect((await on.run('tokens.reveal', { appId: APP_ID })).expiresAt).toBe(token?.expiresAt);
    state.trouble = null;
    await on.app.tryAgain();
    await on.restart();
    expect((await on.until(live)).token).toEqual(token);
  });

  it('when an account is removed: it stays, and goes on', async () => {
    const { state, vault } = lockableVault();
    on = await startHarness({ vault: () => vault });
    await on.add();
    await on.until(live);
    state.trouble = LOCKED;
    expect(await on.refused('accounts.remove', { appId: APP_ID })).toMatchObject({ code: 'storage-failed' });
    expect(on.app.state().accounts).toHaveLength(1);
    state.trouble = null;
    await on.app.tryAgain();
    await on.until(live);
    expect(on.sandbox.world.calls()).toHaveLength(1);
  });

  it('is tried again by itself, further and further apart: each try may ask the person at the screen', async () => {
    const { state, vault } = lockableVault();
    let probes = 0;
    const counted: Vault = {
      ...vault,
      probe() {
        probes += 1;
        return vault.probe();
      },
    };
    on = await startHarness({ vault: () => counted });
    await on.add();
    await on.until(live);
    state.trouble = LOCKED;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await on.restart();
      const at: number[] = [];
      for (let seconds = 10; seconds <= 1600; seconds += 10) {
        const before = probes;
        await vi.advanceTimersByTimeAsync(10_000);
        if (probes > before) at.push(seconds);
      }
      expect(at).toEqual([30, 90, 210, 450, 930, 1530]);
      state.trouble = null;
      await vi.advanceTimersByTimeAsync(600_000);
      expect(on.view().phase).toBe('live');
      const settled = probes;
      await vi.advanceTimersByTimeAsync(3_600_000);
      expect(probes).toBe(settled);
    } finally {
      vi.useRealTimers();
    }
  });

  it('for one account only: the notice stays until that one is kept, and health is told only when it changes', async () => {
    const OTHER = 'wx00000000000000a2';
    const refused = new Set<string>();
    const inside = lockableVault().vault;
    const keep: Vault['keep'] = async (entry, value) =>
      refused.has(entry.appId) ? LOCKED : inside.keep(entry, value);
    on = await startHarness({ vault: () => ({ ...inside, keep }) });
    on.sandbox.world.add({ appId: OTHER, secret: SECRET });
    await on.add();
    await on.add({ appId: OTHER, name: 'other' });
    await on.until(live);
    await on.until(live, OTHER);
    expect(on.events.filter(({ type }) => type === 'vault-changed')).toEqual([]);

    refused.add(OTHER);
    await on.run('tokens.refresh', { appId: OTHER });
    await on.run('tokens.refresh', { appId: APP_ID });
    expect(on.app.state().notices).toMatchObject([{ id: 'vault-failing', detail: LOCKED.detail }]);
    refused.clear();
    await on.app.tryAgain();
    expect(on.app.state().notices).toEqual([]);
  });

  it('a secret set meanwhile is used at once', async () => {
    const { state, vault } = lockableVault();
    on = await startHarness({ vault: () => vault });
    await on.add({ secret: 'sandbox-secret-of-another' });
    await on.until(({ phase }) => phase === 'needs-attention');
    state.trouble = LOCKED;
    await on.run('accounts.setSecret', { appId: APP_ID, secret: SECRET });
    expect(await on.until(live)).toMatchObject({ secret: 'session-only' });
  });
});

describe('a ledger that cannot be written', () => {
  it('stops no refresh; its rows wait, in order, and are announced once they are on disk', async () => {
    const disk = { full: false };
    const fill = (ledger: Ledger): Ledger => ({
      ...ledger,
      record(row, standing) {
        if (disk.full) throw new Error('database or disk is full');
        return ledger.record(row, standing);
      },
    });
    on = await startHarness({ ledger: fill });
    await on.add();
    await on.until(live);
    disk.full = true;
    const refreshed = await on.run('tokens.refresh', { appId: APP_ID });
    await on.run('tokens.reveal', { appId: APP_ID });
    expect(refreshed.phase).toBe('live');
    expect(on.app.state().notices).toMatchObject([
      { id: 'ledger-failing', detail: 'database or disk is full' },
    ]);
    expect((await on.run('history.query', { limit: 9 })).rows).toHaveLength(1);
    disk.full = false;
    await on.app.tryAgain();
    expect(on.app.state().notices).toEqual([]);
    const { rows } = await on.run('history.query', { limit: 9 });
    expect(rows.map(({ trigger }) => trigger)).toEqual(['reveal', 'manual', 'startup']);
    const announced = on.events.flatMap((event) => (event.type === 'history-added' ? event.row.trigger : []));
    expect(announced).toEqual(['startup', 'manual', 'reveal']);
  });

  it('an account that cannot be removed goes on as it was, with what was newer than the vault', async () => {
    const disk = { full: false };
    const { state, vault } = lockableVault();
    const fill = (ledger: Ledger): Ledger => ({
      ...ledger,
      removeAccount(appId, forgetHistory) {
        if (disk.full) throw new Error('database or disk is full');
        ledger.removeAccount(appId, forgetHistory);
      },
    });
    on = await startHarness({ ledger: fill, vault: () => vault });
    await on.add();
    await on.until(live);
    state.trouble = { result: 'unavailable', detail: 'the disk is full' };
    on.sandbox.world.change(APP_ID, { secret: NEW });
    await on.run('accounts.setSecret', { appId: APP_ID, secret: NEW });
    const { accessToken } = await on.run('tokens.reveal', { appId: APP_ID });
    disk.full = true;
    const error = await on.refused('accounts.remove', { appId: APP_ID });
    expect(error).toMatchObject({ code: 'storage-failed', message: expect.stringContaining('stays') });
    expect(on.view()).toMatchObject({ secret: 'session-only', phase: 'live' });
    expect((await on.run('tokens.reveal', { appId: APP_ID })).accessToken).toBe(accessToken);
    state.trouble = null;
    expect(await on.refused('accounts.remove', { appId: APP_ID })).toMatchObject({ code: 'storage-failed' });
    expect(await on.until(({ secret }) => secret === 'stored')).toMatchObject({ phase: 'live' });
    disk.full = false;
    await on.restart();
    await on.until(live);
    expect((await on.run('tokens.reveal', { appId: APP_ID })).accessToken).toBe(accessToken);
    await on.run('tokens.refresh', { appId: APP_ID });
    expect(on.view().lastAttempt).toMatchObject({ outcome: 'granted' });
    await on.run('accounts.remove', { appId: APP_ID });
    expect(on.app.state().accounts).toEqual([]);
  });

  it('takes no change that it cannot keep', async () => {
    const disk = { full: true };
    const fill = (ledger: Ledger): Ledger => ({
      ...ledger,
      addAccount(row) {
        if (disk.full) throw new Error('database or disk is full');
        ledger.addAccount(row);
      },
    });
    on = await startHarness({ ledger: fill });
    await expect(on.add()).rejects.toThrow(/storage-failed.*disk is full/);
    expect(on.app.state().accounts).toEqual([]);
    disk.full = false;
    await on.add();
    await on.until(live);
  });
});

describe('accounts that the database has lost', () => {
  it('are told from what the vault keeps, until somebody has taken note', async () => {
    on = await startHarness({
      vault: (marks, dataDir) => openVault('file', { dataDir, keyFile: join(dataDir, 'test.key'), marks }),
    });
    await on.add();
    await on.until(live);
    expect(on.app.state().notices).toEqual([]);
    await on.app.close();
    for (const name of readdirSync(on.dataDir).filter((file) => file.startsWith('ledger')))
      rmSync(join(on.dataDir, name));
    await on.restart();
    expect(on.app.state()).toMatchObject({
      accounts: [],
      notices: [{ id: 'accounts-missing', detail: APP_ID }],
    });
    await on.restart();
    expect(on.app.state().notices).toMatchObject([{ id: 'accounts-missing', detail: APP_ID }]);
    await on.run('notices.takeNote', { id: 'accounts-missing' });
    expect(on.app.state().notices).toEqual([]);
    await on.restart();
    expect(on.app.state().notices).toEqual([]);
  });

  it('are back from the copy when the database alone is gone, which is told until somebody has taken note', async () => {
    const kept = memoryVault();
    on = await startHarness({ vault: () => kept });
    await on.add();
    await on.until(live);
    await on.app.close();
    rmSync(join(on.dataDir, 'ledger.sqlite'));
    for (let start = 0; start < 2; start++) {
      await on.restart();
      expect(await on.until(live)).toMatchObject({ appId: APP_ID });
      expect(on.app.state().notices).toMatchObject([{ id: 'ledger-restored' }]);
    }
    await on.run('notices.takeNote', { id: 'ledger-restored' });
    await on.restart();
    expect(on.app.state().notices).toEqual([]);
    expect(on.sandbox.world.calls()).toHaveLength(1);
  });
});

describe('a data folder that goes away under the running console', () => {
  const file = (marks: Marks, dataDir: string) =>
    openVault('file', { dataDir, keyFile: join(tmpdir(), `wtc-key-${process.pid}`), marks });
  afterEach(() => rmSync(join(tmpdir(), `wtc-key-${process.pid}`), { force: true }));

  it.each([
    ['deleted', (folder: string) => rmSync(folder, { recursive: true })],
    ['moved', (folder: string) => renameSync(folder, `${folder}-moved`)],
    [
      'replaced',
      (folder: string) => {
        renameSync(folder, `${folder}-moved`);
        mkdirSync(folder, { mode: 0o700 });
        openLedger(folder).close();
      },
    ],
  ])(
    '%s: what is to be kept is refused, and it is told; tokens are handed out and refreshed',
    async (_, go) => {
      on = await startHarness({ vault: file });
      await on.add();
      await on.until(live);
      go(on.dataDir);
      const other = { appId: 'wx00000000000000b2', name: '乙', kind: 'mini', line: 'stable', secret: SECRET };
      expect(await on.refused('accounts.add', other)).toMatchObject({ code: 'storage-failed' });
      const renamed = { appId: APP_ID, changes: { name: '新名字' } };
      expect(await on.refused('accounts.update', renamed)).toMatchObject({ code: 'storage-failed' });
      const client = { name: '订单服务', appIds: '*' };
      expect(await on.refused('clients.create', client)).toMatchObject({ code: 'storage-failed' });
      expect(await on.refused('accounts.remove', { appId: APP_ID })).toMatchObject({
        code: 'storage-failed',
      });
      on.app.lookAtFolder();
      expect(on.app.state().notices.map(({ id }) => id)).toContain('folder-gone');
      await on.run('tokens.refresh', { appId: APP_ID });
      expect(on.view()).toMatchObject({ phase: 'live', role: 'alone' });
      rmSync(`${on.dataDir}-moved`, { recursive: true, force: true });
    },
  );

  it('with another console in its place: this one asks no more, and puts nothing there', async () => {
    on = await startHarness({ vault: file });
    await on.add();
    await on.until(live);
    renameSync(on.dataDir, `${on.dataDir}-moved`);
    mkdirSync(on.dataDir, { mode: 0o700 });
    const other = openLedger(on.dataDir);
    on.app.lookAtFolder();
    expect(on.app.state().notices.map(({ id }) => id)).toContain('folder-taken');
    await on.until(({ role }) => role === 'following');
    expect(await on.refused('tokens.refresh', { appId: APP_ID })).toMatchObject({ code: 'follows-another' });
    on.advance(3 * 60 * 60_000);
    expect(on.sandbox.world.calls()).toHaveLength(1);
    expect(readdirSync(on.dataDir)).not.toContain('vault.age');
    other.close();
    rmSync(`${on.dataDir}-moved`, { recursive: true, force: true });
  });
});
