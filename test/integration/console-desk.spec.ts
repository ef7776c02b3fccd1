/** The tokens as handing out sees them: the passive refresh and its guard, over the real wire. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountView } from '../../electron/console/contract.ts';
import type { HandedToken } from '../../electron/console/handout.ts';
import { APP_ID, type Harness, SECRET, startHarness } from '../support/console-harness.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let on: Harness;
beforeEach(async () => {
  on = await startHarness();
});
afterEach(() => on.close());

const live = ({ phase }: AccountView) => phase === 'live';
const paths = () => on.sandbox.world.calls().map(({ path }) => path.replace('/cgi-bin/', ''));

function current(): HandedToken {
  const token = on.app.desk.token(APP_ID);
  if (!token) throw new Error('no token');
  return token;
}

async function held(ageMs: number): Promise<HandedToken> {
  await on.add();
  await on.until(live);
  on.advance(ageMs);
  return current();
}

const renew = (stale: string) => on.app.desk.renew(APP_ID, stale, '订单服务');

describe('a passive refresh', () => {
  it('of the current token is one call however many ask, with the client in the history', async () => {
    const stale = await held(2 * MINUTE);
    const answers = await Promise.all(Array.from({ length: 1000 }, () => renew(stale.accessToken)));
    expect(paths()).toEqual(['token', 'token']);
    const fresh = current();
    expect(fresh.accessToken).not.toBe(stale.accessToken);
    for (const answer of answers) expect(answer).toEqual({ result: 'renewed', token: fresh });
    const { rows } = await on.run('history.query', { limit: 1 });
    expect(rows[0]).toMatchObject({ trigger: 'passive', actor: '订单服务', outcome: 'granted' });
    expect(on.view().overwrittenAt).toHaveLength(1);
  });

  it('of an older token is no call at all: the current one is the answer', async () => {
    const stale = await held(2 * MINUTE);
    await renew(stale.accessToken);
    expect(await renew(stale.accessToken)).toMatchObject({ result: 'current', token: current() });
    expect(paths()).toHaveLength(2);
  });

  it('within a minute asks only whether the token lives, once for all, and not again for ten seconds', async () => {
    const { accessToken } = await held(30 * SECOND);
    const answers = await Promise.all(Array.from({ length: 50 }, () => renew(accessToken)));
    expect(answers.map(({ result }) => result)).toEqual(Array(50).fill('current'));
    expect(paths()).toEqual(['token', 'get_api_domain_ip']);
    await renew(accessToken);
    expect(paths()).toHaveLength(2);
    on.advance(11 * SECOND);
    await renew(accessToken);
    expect(paths()).toHaveLength(3);
  });

  it('within a minute replaces a token that is dead', async () => {
    const { accessToken } = await held(30 * SECOND);
    on.sandbox.world.mintElsewhere(APP_ID);
    on.sandbox.world.mintElsewhere(APP_ID);
    const answers = await Promise.all(Array.from({ length: 50 }, () => renew(accessToken)));
    expect(new Set(answers.map(({ result }) => result))).toEqual(new Set(['renewed']));
    expect(paths()).toEqual(['token', 'get_api_domain_ip', 'token']);
  });

  it('on the stable line cannot make calls that keep coming', async () => {
    await on.add({ line: 'stable' });
    await on.until(live);
    on.advance(2 * MINUTE);
    const { accessToken } = current();
    for (let n = 0; n < 20; n++) expect((await renew(accessToken)).result).toBe('current');
    expect(paths()).toEqual(['stable_token', 'stable_token', 'get_api_domain_ip']);
  });

  it('is declined in a block, where WeChat would count it', async () => {
    const { accessToken } = await held(2 * MINUTE);
    on.sandbox.world.change(APP_ID, { confirmation: true });
    on.sandbox.world.refuse(APP_ID);
    expect(await renew(accessToken)).toMatchObject({ result: 'current' });
    on.advance(2 * MINUTE);
    expect(await renew(accessToken)).toMatchObject({ result: 'declined', code: 'blocked-by-refusal' });
    expect(paths()).toHaveLength(2);
  });

  it('of an account that is not there, or has no token, says so', async () => {
    expect(await on.app.desk.renew('wx00000000000000ff', 'x', 'y')).toEqual({ result: 'no-token' });
    await on.add({ secret: 'sandbox-secret-of-another' });
    await on.until(({ phase }) => phase === 'needs-attention');
    expect(await renew('x')).toEqual({ result: 'no-token' });
  });
});

describe('whoever listens for tokens', () => {
  it('is told each new one once, one that is gone, and the end of an account', async () => {
    const told: (string | null)[] = [];
    on.app.desk.onToken((appId, token) => {
      expect(appId).toBe(APP_ID);
      told.push(token?.fingerprint ?? null);
    });
    await on.add();
    const first = (await on.until(live)).token?.fingerprint;
    const second = (await on.run('tokens.refresh', { appId: APP_ID })).token?.fingerprint;
    await on.run('accounts.update', { appId: APP_ID, changes: { name: '官网' } });
    await on.run('accounts.remove', { appId: APP_ID });
    expect(told).toEqual([null, first, second, null]);
    expect(on.app.desk.token(APP_ID)).toBeUndefined();
    expect(on.app.desk.appIds()).toEqual([]);
  });
});

describe('the end of a token that is handed out', () => {
  it('is the one on the screen, and the same object until the token changes', async () => {
    await on.add();
    const { token } = await on.until(live);
    expect(current()).toMatchObject({ endsAt: token?.expiresAt, fingerprint: token?.fingerprint });
    expect(current()).toBe(current());
    on.sandbox.world.inject({ kind: 'reset' });
    on.advance(7300 * SECOND);
    expect(on.app.desk.token(APP_ID)).toBeNull();
  });
});

describe('an account that follows another console', () => {
  it('says so, refuses to ask, hands out what it is given, and takes over without a call', async () => {
    await on.add();
    await on.until(live);
    on.app.desk.setRole(APP_ID, 'following');
    await on.until(({ role }) => role === 'following');
    expect(await on.refused('tokens.refresh', { appId: APP_ID })).toMatchObject({ code: 'follows-another' });
    const { obtainedAt, expiresAt, line } = current();
    const token = { accessToken: 'token-of-the-other', obtainedAt: obtainedAt + 1, expiresAt, line };
    await on.app.desk.adopt(APP_ID, token);
    expect(current().accessToken).toBe('token-of-the-other');
    on.app.desk.setRole(APP_ID, 'leading');
    await on.until(({ role, nextAttemptAt }) => role === 'leading' && nextAttemptAt !== null);
    expect(paths()).toEqual(['token']);
  });
});

describe('a process that slept while another console took over', () => {
  it('lets no call leave, keeps its token, and follows', async () => {
    await on.add();
    const { token } = await on.until(live);
    const { handout } = on.app;
    if (!handout) throw new Error('nothing is handed out');
    const role = vi.spyOn(handout, 'role').mockReturnValue('following');
    const view = await on.run('tokens.refresh', { appId: APP_ID });
    expect(view.lastAttempt).toMatchObject({ outcome: 'failed', errmsg: expect.stringContaining('another') });
    await on.until((seen) => seen.role === 'following');
    expect(on.view().token).toEqual(token);
    expect(paths()).toEqual(['token']);
    role.mockRestore();
  });
});

describe('the AppSecret', () => {
  it('is known again, so that nobody writes it into a key', async () => {
    await on.add();
    expect(on.app.desk.isSecretOf(APP_ID, SECRET)).toBe(true);
    expect(on.app.desk.isSecretOf(APP_ID, 'managed-by-token-console')).toBe(false);
  });
});
