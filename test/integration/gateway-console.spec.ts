/** The gateway over the real console and a sandbox WeChat: passive refreshes, and tokens as they come and go. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { APP_ID, type Harness, SECRET, startHarness } from '../support/console-harness.ts';
import { openEvents } from '../support/gateway-events.ts';
import { gatewayOver, KEY } from '../support/gateway-harness.ts';

const SECOND = 1000;
const wait = { timeout: 5000, interval: 10 };

let on: Harness;
let gateway: Awaited<ReturnType<typeof gatewayOver>>;

beforeEach(async () => {
  on = await startHarness();
  const clock = () => on.app.parts.clock().wall;
  gateway = await gatewayOver(on.app.desk, null, clock);
  on.app.listen((event) => {
    if (event.type !== 'history-added') return;
    const { appId, trigger, outcome, errcode } = event.row;
    gateway.metrics.attempt(appId, trigger, outcome, errcode);
  });
  await on.add();
  await on.until(({ phase }) => phase === 'live');
});
afterEach(async () => {
  await gateway.close();
  await on.close();
});

interface Given {
  readonly access_token: string;
  readonly expires_in: number;
  readonly fingerprint: string;
  readonly refreshed?: boolean;
}

const read = async () => (await (await gateway.ask(`/v1/tokens/${APP_ID}`)).json()) as Given;
const refresh = (stale_token: string) => gateway.post(`/v1/tokens/${APP_ID}/refresh`, { stale_token });
const calls = (path: string) =>
  on.sandbox.world.calls().filter((call) => call.path === `/cgi-bin/${path}`).length;

it('reads the console’s token again and again without a call to WeChat', async () => {
  const before = on.sandbox.world.calls().length;
  const given = await read();
  expect(given.fingerprint).toBe(on.view().token?.fingerprint);
  expect(given.expires_in).toBeGreaterThan(7190);
  on.advance(100 * SECOND);
  const later = await read();
  expect(later.access_token).toBe(given.access_token);
  expect(given.expires_in - later.expires_in).toBeGreaterThanOrEqual(100);
  expect(on.sandbox.world.calls()).toHaveLength(before);
});

describe('passive refresh', () => {
  it('asks WeChat once for a thousand servers at once, in the name of the first', async () => {
    on.advance(61 * SECOND);
    const { access_token: stale } = await read();
    on.sandbox.world.mintElsewhere(APP_ID);
    const before = calls('token');
    const answers = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const response = await refresh(stale);
        return { status: response.status, ...((await response.json()) as Given) };
      }),
    );
    expect(calls('token') - before).toBe(1);
    const current = await read();
    expect(current.access_token).not.toBe(stale);
    const wrong = answers.filter((answer) => answer.access_token !== current.access_token);
    expect(wrong).toEqual([]);
    expect(answers.filter(({ refreshed }) => refreshed).length).toBeGreaterThan(0);
    const { rows } = await on.run('history.query', { limit: 500 });
    expect(rows.filter(({ trigger }) => trigger === 'passive')).toMatchObject([
      { actor: 'shop-server', outcome: 'granted' },
    ]);
  });

  it('makes no call for a token that is not the current one', async () => {
    on.advance(61 * SECOND);
    const before = on.sandbox.world.calls().length;
    const response = await refresh('token-from-long-ago');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ...(await read()), refreshed: false });
    expect(on.sandbox.world.calls()).toHaveLength(before);
  });

  it('replaces a token younger than 60 s only once a check shows that it is dead', async () => {
    const young = await read();
    expect(await (await refresh(young.access_token)).json()).toMatchObject({
      access_token: young.access_token,
      refreshed: false,
    });
    expect([calls('token'), calls('get_api_domain_ip')]).toEqual([1, 1]);
    on.advance(11 * SECOND);
    on.sandbox.world.mintElsewhere(APP_ID);
    on.sandbox.world.mintElsewhere(APP_ID);
    const renewed = (await (await refresh(young.access_token)).json()) as Given;
    expect(renewed).toMatchObject({ refreshed: true });
    expect(renewed.access_token).not.toBe(young.access_token);
    expect(calls('token')).toBe(2);
  });

  it('is what force_refresh comes to, with the same guard', async () => {
    const young = await read();
    const force = { grant_type: 'client_credential', appid: APP_ID, secret: KEY, force_refresh: true };
    const forced = async () =>
      (await (await gateway.post('/cgi-bin/stable_token', force, null)).json()) as Given;
    expect((await forced()).access_token).toBe(young.access_token);
    expect(calls('token')).toBe(1);
    on.advance(61 * SECOND);
    expect((await forced()).access_token).not.toBe(young.access_token);
    expect(calls('token')).toBe(2);
  });
});

it('says why there is no token once WeChat refuses, and is not ready', async () => {
  on.sandbox.world.change(APP_ID, { whitelist: [] });
  on.advance(7201 * SECOND);
  await on.until(({ phase }) => phase === 'needs-attention');
  const response = await gateway.ask(`/v1/tokens/${APP_ID}`);
  expect(response.status).toBe(503);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await response.json()).toMatchObject({
    phase: 'needs-attention',
    errcode: 40164,
    rid: on.view().lastAttempt?.rid,
  });
  expect((await gateway.ask('/readyz')).status).toBe(503);
  const metrics = await (await gateway.ask('/metrics')).text();
  expect(metrics).toContain(`wtc_token_seconds_left{app_id="${APP_ID}"} 0`);
  expect(metrics).toContain(`wtc_account_phase{app_id="${APP_ID}",phase="needs-attention"} 1`);
  expect(metrics).toMatch(
    /wtc_attempts_total\{app_id="\w+",trigger="\w+",outcome="refused",errcode="40164"\} 1/,
  );
  expect(metrics).not.toContain(SECRET);
});

it('pushes each new token, and ends the stream of an account that was removed', async () => {
  const stream = await openEvents(`${gateway.url}/v1/tokens/${APP_ID}/events`, KEY);
  const first = await read();
  await on.run('tokens.refresh', { appId: APP_ID });
  await vi.waitFor(() => expect(stream.events).toHaveLength(2), wait);
  const second = await read();
  expect(stream.events.map(({ data }) => data.access_token)).toEqual([
    first.access_token,
    second.access_token,
  ]);
  await on.run('accounts.remove', { appId: APP_ID });
  await stream.ended;
  expect(stream.events.at(-1)?.event).toBe('gone');
});
