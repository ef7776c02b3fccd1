/** An AppSecret, and what it brought, goes only where somebody who has it said: over the real wire. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountView } from '../../electron/console/contract.ts';
import { openLedger } from '../../electron/ledger/open.ts';
import { startSandbox } from '../../electron/sandbox/server.ts';
import { memoryVault } from '../../electron/vault/memory.ts';
import type { Trouble, Vault } from '../../electron/vault/vault.ts';
import { APP_ID, type Harness, SECRET, startHarness } from '../support/console-harness.ts';

const WECHAT = 'https://api.weixin.qq.com';
const live = ({ phase }: AccountView) => phase === 'live';

let on: Harness;
/** A server of somebody else's. */
let foreign: Awaited<ReturnType<typeof startSandbox>>;
const state = { trouble: null as Trouble | null };

function lockable(): Vault {
  const inside = memoryVault();
  return {
    kind: 'keychain',
    probe: async () => ({ kind: 'keychain', status: state.trouble?.result ?? 'ready', detail: null }),
    read: async (entry) => state.trouble ?? inside.read(entry),
    keep: async (entry, value) => state.trouble ?? inside.keep(entry, value),
    forget: async (entry) => state.trouble ?? inside.forget(entry),
  };
}

beforeEach(async () => {
  state.trouble = null;
  foreign = await startSandbox();
  foreign.world.add({ appId: APP_ID, secret: SECRET });
  const vault = lockable();
  on = await startHarness({ vault: () => vault });
});
afterEach(async () => {
  await on.close();
  await foreign.close();
});

const moved = (more: object = {}) => ({ appId: APP_ID, changes: { apiBase: foreign.url }, ...more });
const reached = () => foreign.world.calls().length;

/** Everything that could make the console ask, and time for it. */
async function prodded(): Promise<void> {
  await on.app.tryAgain();
  await on.app.execute('tokens.refresh', { appId: APP_ID, force: true });
  await on.app.execute('tokens.verify', { appId: APP_ID });
  on.advance(3 * 60 * 60_000);
  await on.app.accounts.get(APP_ID)?.keeper?.settled();
}

describe('a foreign address', () => {
  it('needs the AppSecret that goes there, and no other', async () => {
    await on.add();
    await on.until(live);
    expect(await on.refused('accounts.update', moved())).toMatchObject({ code: 'secret-needed' });
    const wrong = await on.refused('accounts.update', moved({ secret: 'sandbox-secret-of-nobody' }));
    expect(wrong).toMatchObject({ code: 'secret-needed', faults: [{ path: 'secret' }] });
    await prodded();
    expect(reached()).toBe(0);
    await on.run('accounts.update', moved({ secret: SECRET }));
    await on.run('tokens.refresh', { appId: APP_ID });
    expect(reached()).toBeGreaterThan(0);
    const before = reached();
    await on.restart();
    await on.run('tokens.refresh', { appId: APP_ID });
    expect(reached()).toBeGreaterThan(before);
  });

  it('is not taken while the vault is locked, also by a console that has just started', async () => {
    await on.add();
    await on.until(live);
    state.trouble = { result: 'locked', detail: 'the keychain is locked' };
    await on.restart();
    expect(on.view().secret).toBe('locked');
    expect(await on.refused('accounts.update', moved())).toMatchObject({ code: 'secret-locked' });
    const guessed = await on.refused('accounts.update', moved({ secret: SECRET }));
    expect(guessed).toMatchObject({ code: 'secret-locked' });
    state.trouble = null;
    await prodded();
    expect(reached()).toBe(0);
  });

  it('that stands in the ledger without anybody having said so gets nothing, neither AppSecret nor token', async () => {
    await on.add();
    await on.until(live);
    await on.app.close();
    const ledger = openLedger(on.dataDir);
    const [row] = ledger.accounts();
    if (!row) throw new Error('no row');
    ledger.updateAccount({ ...row, apiBase: foreign.url });
    ledger.close();
    await on.restart();
    expect(on.view().secret).toBe('missing');
    await prodded();
    expect(reached()).toBe(0);
    // The AppSecret is still there for the address it was given for.
    await on.run('accounts.update', { appId: APP_ID, changes: { apiBase: WECHAT } });
    expect(on.view().secret).toBe('stored');
  });

  it('that came with a file of accounts has to be named with the AppSecret', async () => {
    const account = { appId: APP_ID, name: '商城', kind: 'official', line: 'standard', apiBase: foreign.url };
    const text = JSON.stringify({ format: 'wechat-token-console/accounts', version: 1, accounts: [account] });
    const { added } = await on.run('accounts.import', { text });
    expect(added).toMatchObject([{ foreignApiBase: foreign.url, hasSecret: false }]);
    for (const untested of [true, false]) {
      const unnamed = await on.refused('accounts.setSecret', { appId: APP_ID, secret: SECRET, untested });
      expect(unnamed).toMatchObject({ code: 'address-needed' });
      const misnamed = { appId: APP_ID, secret: SECRET, untested, apiBase: on.sandbox.url };
      expect(await on.refused('accounts.setSecret', misnamed)).toMatchObject({ code: 'address-needed' });
    }
    await prodded();
    expect(reached()).toBe(0);
    await on.run('accounts.setSecret', { appId: APP_ID, secret: SECRET, apiBase: foreign.url });
    expect(on.view().secret).toBe('stored');
    expect(reached()).toBeGreaterThan(0);
  });

  it('is the account’s until its AppSecret is replaced, which then need not name it again', async () => {
    await on.add();
    await on.until(live);
    on.sandbox.world.change(APP_ID, { secret: 'sandbox-secret-of-tomorrow' });
    await on.run('accounts.setSecret', { appId: APP_ID, secret: 'sandbox-secret-of-tomorrow' });
    await on.restart();
    await on.run('tokens.refresh', { appId: APP_ID });
    expect(on.view().lastAttempt).toMatchObject({ outcome: 'granted' });
  });

  it('with a token but without an AppSecret does not get the token either', async () => {
    await on.add();
    await on.until(live);
    await on.app.close();
    await on.restart();
    on.app.safe.expect(APP_ID);
    expect(await on.refused('accounts.update', moved())).toMatchObject({ code: 'secret-needed' });
    await prodded();
    expect(reached()).toBe(0);
  });
});

describe('an account that is removed while something of it is under way', () => {
  it('leaves neither an AppSecret nor a token nor a row behind', async () => {
    for (const command of ['accounts.setSecret', 'tokens.refresh', 'tokens.verify'] as const) {
      await on.add({ line: 'stable' });
      await on.until(live);
      on.sandbox.world.inject({ kind: 'slow', ms: 150 }, { calls: 1 });
      const underWay = on.app.execute(command, {
        appId: APP_ID,
        ...(command === 'accounts.setSecret' && { secret: SECRET }),
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
      await on.run('accounts.remove', { appId: APP_ID, forgetHistory: true });
      const answer = await underWay;
      if (command === 'accounts.setSecret')
        expect(answer).toMatchObject({ error: { code: 'unknown-account' } });
      await new Promise((resolve) => setTimeout(resolve, 200));
      await on.app.tryAgain();
      expect(await on.app.safe.open(APP_ID)).toBeNull();
      expect(on.app.safe.stateOf(APP_ID, on.sandbox.url)).toBe('missing');
      on.app.safe.drop(APP_ID);
      expect((await on.run('history.query', { limit: 10 })).rows).toEqual([]);
    }
  });
});
