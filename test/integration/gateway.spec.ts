/** The gateway on real sockets over a desk in memory: interfaces.md section 3, outside /cgi-bin. */
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startGateway } from '../../electron/handout/gateway/gateway.ts';
import { selfSigned } from '../support/certificate.ts';
import {
  gatewayOver,
  KEY,
  keptLog,
  MASTER_KEY,
  NEWS,
  problemIn,
  SHOP,
  startFakeGateway,
  UNKNOWN,
} from '../support/gateway-harness.ts';

let gateway: Awaited<ReturnType<typeof startFakeGateway>>;

beforeEach(async () => {
  gateway = await startFakeGateway();
});
afterEach(async () => {
  await gateway.close();
});

describe('reading a token', () => {
  it('gives what is left of it, fit for no cache, and notes who has it', async () => {
    const token = gateway.desk.grant(SHOP, 'a "quoted" token', 90_500);
    const before = Date.now();
    const response = await gateway.ask(`/v1/tokens/${SHOP}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const body = (await response.json()) as { expires_in: number };
    expect(body).toEqual({
      access_token: 'a "quoted" token',
      expires_in: expect.any(Number),
      expires_at: token?.endsAt,
      app_id: SHOP,
      fingerprint: token?.fingerprint,
    });
    expect(body.expires_in).toBe(Math.floor(((token?.endsAt ?? 0) - before) / 1000));
    expect(gateway.clients.uses.at(-1)).toEqual({
      client: 'shop-server',
      appId: SHOP,
      fingerprint: token?.fingerprint,
    });
    expect(gateway.desk.renewals).toEqual([]);
  });

  it('answers HEAD without a body, and an address with a query as without', async () => {
    const head = await gateway.ask(`/v1/tokens/${SHOP}`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    const odd = await gateway.ask(`//v1/tokens/${SHOP}?from=here`);
    expect(((await odd.json()) as { access_token: string }).access_token).toBe('token-of-the-shop');
  });

  it('needs a key, and a right one', async () => {
    const none = await gateway.ask(`/v1/tokens/${SHOP}`, {}, null);
    expect(none.status).toBe(401);
    expect(none.headers.get('www-authenticate')).toBe('Bearer');
    expect(await problemIn(none)).toMatchObject({ status: 401, title: 'Unauthorized' });
    for (const key of ['another-key', 'k'.repeat(5000)]) {
      expect((await gateway.ask(`/v1/tokens/${SHOP}`, {}, key)).status).toBe(401);
    }
    const basic = await gateway.ask(`/v1/tokens/${SHOP}`, { headers: { Authorization: 'Basic a2V5' } }, null);
    expect(basic.status).toBe(401);
    gateway.clients.revoke('shop-server');
    expect((await gateway.ask(`/v1/tokens/${SHOP}`)).status).toBe(401);
  });

  it('tells a limited key nothing of accounts that are not its own', async () => {
    gateway.desk.grant('wx00000000000000c3', 'token-of-another');
    const foreign = await problemIn(await gateway.ask('/v1/tokens/wx00000000000000c3'));
    const unknown = await problemIn(await gateway.ask(`/v1/tokens/${UNKNOWN}`));
    expect(foreign).toEqual(unknown);
    expect(foreign).toMatchObject({ status: 403, title: 'Forbidden' });
    expect((await gateway.ask(`/v1/tokens/${UNKNOWN}`, {}, MASTER_KEY)).status).toBe(404);
    expect((await gateway.ask('/v1/tokens/not-an-appid', {}, MASTER_KEY)).status).toBe(404);
    // The shop's key may read it, but it is not there.
    expect((await gateway.ask(`/v1/tokens/${NEWS}`)).status).toBe(404);
  });

  it('says why there is no token and when to come again', async () => {
    gateway.desk.grant(SHOP, null);
    const attempt = { at: 1, trigger: 'retry', outcome: 'refused', errmsg: 'invalid ip', ip: null } as const;
    gateway.desk.show(SHOP, {
      phase: 'needs-attention',
      nextAttemptAt: Date.now() + 29_500,
      lastAttempt: { ...attempt, errcode: 40164, rid: 'a-rid-of-a-test', durationMs: 5 },
    });
    const response = await gateway.ask(`/v1/tokens/${SHOP}`);
    expect(response.status).toBe(503);
    expect(['29', '30']).toContain(response.headers.get('retry-after'));
    expect(await problemIn(response)).toMatchObject({
      status: 503,
      phase: 'needs-attention',
      errcode: 40164,
      rid: 'a-rid-of-a-test',
    });
    gateway.desk.show(SHOP, { phase: 'awaiting-admin', nextAttemptAt: null, lastAttempt: null });
    const waiting = await gateway.ask(`/v1/tokens/${SHOP}`);
    expect(waiting.headers.has('retry-after')).toBe(false);
    const told = await problemIn(waiting);
    expect(told).not.toHaveProperty('errcode');
    expect(told).not.toHaveProperty('rid');
  });

  it('hands out no token that has ended, though the desk still holds it', async () => {
    gateway.desk.grant(SHOP, 'token-that-ended', -1);
    expect((await gateway.ask(`/v1/tokens/${SHOP}`)).status).toBe(503);
  });
});

describe('passive refresh', () => {
  const stale = { stale_token: 'token-of-the-shop' };

  it('asks the desk in the client’s name and says whether the token is new', async () => {
    const token = gateway.desk.grant(SHOP, 'token-after');
    if (!token) throw new Error('no token');
    gateway.desk.answerRenewals(async () => ({ result: 'renewed', token }));
    const renewed = await gateway.post(`/v1/tokens/${SHOP}/refresh`, stale);
    expect(renewed.headers.get('cache-control')).toBe('no-store');
    expect(await renewed.json()).toMatchObject({
      access_token: 'token-after',
      app_id: SHOP,
      refreshed: true,
    });
    expect(gateway.desk.renewals).toEqual([
      { appId: SHOP, staleToken: 'token-of-the-shop', actor: 'shop-server' },
    ]);
    gateway.desk.answerRenewals(async () => ({ result: 'current', token }));
    expect(await (await gateway.post(`/v1/tokens/${SHOP}/refresh`, stale)).json()).toMatchObject({
      refreshed: false,
      fingerprint: token.fingerprint,
    });
  });

  it('answers 503 with its reason where no call was made, or none brought a token', async () => {
    gateway.desk.show(SHOP, { phase: 'refused' });
    const until = Date.now() + 59_900;
    gateway.desk.answerRenewals(async () => ({ result: 'declined', code: 'blocked-by-refusal', until }));
    const blocked = await gateway.post(`/v1/tokens/${SHOP}/refresh`, stale);
    expect(blocked.status).toBe(503);
    expect(blocked.headers.get('retry-after')).toBe('60');
    expect(await problemIn(blocked)).toMatchObject({ phase: 'refused' });
    gateway.desk.answerRenewals(async () => ({ result: 'no-token' }));
    expect((await gateway.post(`/v1/tokens/${SHOP}/refresh`, stale)).status).toBe(503);
  });

  it.each(['', '{', '[]', 'null', '{}', '{"stale_token": 7}', '{"stale_token": ""}'])(
    'calls nobody for the body %j',
    async (body) => {
      const response = await gateway.post(`/v1/tokens/${SHOP}/refresh`, body);
      expect(response.status).toBe(400);
      await problemIn(response);
      expect(gateway.desk.renewals).toEqual([]);
    },
  );

  it('calls nobody for a key that is not for the account', async () => {
    expect((await gateway.post(`/v1/tokens/${SHOP}/refresh`, stale, null)).status).toBe(401);
    expect((await gateway.post(`/v1/tokens/${UNKNOWN}/refresh`, stale)).status).toBe(403);
    expect((await gateway.post(`/v1/tokens/${UNKNOWN}/refresh`, stale, MASTER_KEY)).status).toBe(404);
    expect(gateway.desk.renewals).toEqual([]);
  });

  it('takes 16 KiB and no more', async () => {
    gateway.desk.answerRenewals(async () => ({ result: 'no-token' }));
    const fits = JSON.stringify({ stale_token: 'x'.repeat(16 * 1024 - 18) });
    expect(fits).toHaveLength(16 * 1024);
    expect((await gateway.post(`/v1/tokens/${SHOP}/refresh`, fits)).status).toBe(503);
    const large = await gateway.post(`/v1/tokens/${SHOP}/refresh`, `${fits} `);
    expect(large.status).toBe(413);
    await problemIn(large);
  });

  it('tells nothing of a fault of its own', async () => {
    gateway.desk.answerRenewals(() => Promise.reject(new Error('token-of-the-shop is in this message')));
    const response = await gateway.post(`/v1/tokens/${SHOP}/refresh`, stale);
    expect(response.status).toBe(500);
    expect(JSON.stringify(await problemIn(response))).not.toContain('token-of');
    expect(gateway.logged.join()).toContain('a gateway request failed');
    expect(gateway.logged.join()).not.toContain('token-of');
  });
});

describe('methods, addresses and foreign pages', () => {
  it.each([
    ['POST', `/v1/tokens/${SHOP}`, 'GET, HEAD'],
    ['DELETE', `/v1/tokens/${SHOP}`, 'GET, HEAD'],
    ['GET', `/v1/tokens/${SHOP}/refresh`, 'POST'],
    ['HEAD', `/v1/tokens/${SHOP}/events`, 'GET'],
    ['PUT', '/metrics', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('%s %s is not allowed', async (method, path, allow) => {
    const response = await gateway.ask(path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
  });

  it('has nothing anywhere else', async () => {
    for (const path of ['/', '/v1/tokens', `/v1/tokens/${SHOP}/more`, '/favicon.ico']) {
      expect((await gateway.ask(path)).status, path).toBe(404);
    }
    expect((await gateway.ask('/v1/tokens/%E0%A4%A')).status).toBe(400);
  });

  it('serves no page of a browser, whatever it asks for', async () => {
    const headers = { Origin: 'http://127.0.0.1' };
    for (const path of [`/v1/tokens/${SHOP}`, `/v1/tokens/${SHOP}/events`, '/healthz', '/nowhere']) {
      const response = await gateway.ask(path, { headers });
      expect(response.status, path).toBe(403);
      await problemIn(response);
    }
    const preflight = await gateway.ask(`/v1/tokens/${SHOP}`, { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(403);
    expect(preflight.headers.has('access-control-allow-origin')).toBe(false);
  });

  it('answers to any name a business server knows it by', async () => {
    const { hostname, port } = new URL(gateway.url);
    const headers = { Host: 'console.example', Authorization: `Bearer ${KEY}` };
    const asked = httpRequest({ hostname, port, path: `/v1/tokens/${SHOP}`, headers });
    const status = await new Promise((resolve) =>
      asked.once('response', (response) => resolve(response.resume().statusCode)).end(),
    );
    expect(status).toBe(200);
  });

  it('turns away what is not HTTP, and headers beyond 16 KiB', async () => {
    const { hostname, port } = new URL(gateway.url);
    const say = (bytes: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => socket.write(bytes));
        let heard = '';
        socket.on('data', (data) => {
          heard += data;
        });
        socket.once('close', () => resolve(heard)).once('error', reject);
      });
    expect(await say('hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*problem\+json.*"status":400/s);
    const long = `GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(17_000)}\r\n\r\n`;
    expect(await say(long)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('wrong keys', () => {
  it('are told to wait after twenty in a minute, while right ones go on', async () => {
    const wrong = () => gateway.ask(`/v1/tokens/${SHOP}`, {}, 'a-guessed-key');
    for (let tries = 0; tries < 20; tries += 1) expect((await wrong()).status).toBe(401);
    const turnedAway = await wrong();
    expect(turnedAway.status).toBe(429);
    expect(Number(turnedAway.headers.get('retry-after'))).toBeGreaterThan(50);
    await problemIn(turnedAway);
    expect((await gateway.ask(`/v1/tokens/${SHOP}`)).status).toBe(200);
    expect((await gateway.ask('/healthz', {}, null)).status).toBe(200);
    expect(gateway.logged.filter((line) => line.includes('wrong client key'))).toHaveLength(1);
    expect(gateway.logged.join()).not.toContain('a-guessed-key');
  });
});

describe('health', () => {
  it('is alive without a key', async () => {
    const response = await gateway.ask('/healthz', {}, null);
    expect([response.status, await response.text()]).toEqual([200, 'ok\n']);
  });

  it('is ready while every account that is not paused has a token', async () => {
    const ready = () => gateway.ask('/readyz', {}, null);
    expect(await (await ready()).json()).toEqual({ ready: true, accounts: 1, without_token: 0 });
    gateway.desk.grant(NEWS, null);
    const not = await ready();
    expect(not.status).toBe(503);
    expect(await not.json()).toEqual({ ready: false, accounts: 2, without_token: 1 });
    gateway.desk.show(NEWS, { phase: 'paused' });
    expect((await ready()).status).toBe(200);
  });
});

describe('metrics', () => {
  it('are for clients, and count what was asked', async () => {
    expect((await gateway.ask('/metrics', {}, null)).status).toBe(401);
    await gateway.ask(`/v1/tokens/${SHOP}`);
    await gateway.ask(`/v1/tokens/${SHOP}?a=b`);
    await gateway.ask(`/v1/tokens/${UNKNOWN}`);
    await gateway.post(`/v1/tokens/${SHOP}/refresh`, { stale_token: 'gone' });
    const response = await gateway.ask('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    expect(text).toContain('wtc_gateway_requests_total{route="/v1/tokens/{appId}",status="200"} 2');
    expect(text).toContain('wtc_gateway_requests_total{route="/v1/tokens/{appId}",status="403"} 1');
    expect(text).toContain('wtc_gateway_request_duration_seconds_count{route="/v1/tokens/{appId}"} 3');
    expect(text).toContain(`wtc_passive_refreshes_total{app_id="${SHOP}",result="no-token"} 1`);
    for (const secret of [KEY, MASTER_KEY, 'token-of-the-shop']) expect(text).not.toContain(secret);
  });

  it('name only the accounts that the key is for', async () => {
    gateway.desk.grant(NEWS, 'token-of-the-news');
    gateway.metrics.attempt(NEWS, 'retry', 'refused', 40164);
    gateway.clients.add('shop-only', 'key-of-the-shop-only', [SHOP]);
    await gateway.post(`/v1/tokens/${NEWS}/refresh`, { stale_token: 'gone' }, MASTER_KEY);
    const limited = await (await gateway.ask('/metrics', {}, 'key-of-the-shop-only')).text();
    expect(limited).toContain(`wtc_token_seconds_left{app_id="${SHOP}"}`);
    expect(limited).not.toContain(NEWS);
    const whole = await (await gateway.ask('/metrics', {}, MASTER_KEY)).text();
    expect(whole).toContain(`wtc_token_seconds_left{app_id="${NEWS}"}`);
    expect(whole).toContain(`wtc_passive_refreshes_total{app_id="${NEWS}"`);
    expect(whole).toContain(
      `wtc_attempts_total{app_id="${NEWS}",trigger="retry",outcome="refused",errcode="40164"} 1`,
    );
  });
});

describe('closing', () => {
  it('ends within a second though a request is under way and a connection is held open', async () => {
    gateway.desk.answerRenewals(() => new Promise(() => {}));
    const cut = gateway.post(`/v1/tokens/${SHOP}/refresh`, { stale_token: 'x' }).catch((error) => error);
    const { hostname, port } = new URL(gateway.url);
    const idle = connect(Number(port), hostname);
    await vi.waitFor(() => expect(gateway.desk.renewals).toHaveLength(1));
    const since = performance.now();
    await gateway.close();
    expect(performance.now() - since).toBeLessThan(1000);
    expect(await cut).toBeInstanceOf(Error);
    expect(gateway.desk.listening).toBe(0);
    idle.destroy();
  });

  it('rejects with the system’s error for an address in use, and leaves nothing behind', async () => {
    const { port } = new URL(gateway.url);
    const { log } = keptLog();
    const { desk, clients, metrics } = gateway;
    const listen = { host: '127.0.0.1', port: Number(port) };
    await expect(startGateway({ desk, clients, metrics, listen, tls: null, log })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    expect(desk.listening).toBe(1);
  });

  it('names an IPv6 address in brackets', async () => {
    const { log } = keptLog();
    const { desk, clients, metrics } = gateway;
    const six = await startGateway({
      desk,
      clients,
      metrics,
      listen: { host: '::1', port: 0 },
      tls: null,
      log,
    });
    expect(six.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(`${six.url}/healthz`)).status).toBe(200);
    await six.close();
  });
});

describe('TLS', () => {
  it('is 1.2 at least', async () => {
    const { key, cert } = selfSigned('localhost');
    const secure = await gatewayOver(gateway.desk, { key, cert });
    const port = Number(new URL(secure.url).port);
    const speak = (maxVersion: 'TLSv1.1' | 'TLSv1.2') =>
      new Promise<string | null>((resolve, reject) => {
        // OpenSSL itself speaks 1.1 only below its usual security level.
        const terms = { minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' } as const;
        const socket = connectTls({ host: 'localhost', port, ca: cert, ...terms });
        socket.once('error', reject).once('secureConnect', () => {
          resolve(socket.getProtocol());
          socket.destroy();
        });
      });
    try {
      expect(await speak('TLSv1.2')).toBe('TLSv1.2');
      await expect(speak('TLSv1.1')).rejects.toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
    } finally {
      await secure.close();
    }
  });

  it('rejects a certificate that cannot be used, and leaves nothing behind', async () => {
    const { cert } = selfSigned('localhost');
    const { key } = selfSigned('localhost');
    await expect(gatewayOver(gateway.desk, { key, cert })).rejects.toThrow(/mismatch/);
    await expect(gatewayOver(gateway.desk, { key: 'no key', cert: 'no certificate' })).rejects.toThrow();
    expect(gateway.desk.listening).toBe(1);
  });
});
