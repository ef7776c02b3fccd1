/** The web carrier over real sockets. Requests are made with node:http, where Host and Origin can be forged. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPage, type Page } from '../../electron/page/page.ts';
import { startWeb, type Web } from '../../electron/web/web.ts';
import { emptyState, type FakeConsole, fakeConsole } from '../support/fake-console.ts';

const ADMIN_KEY = 'admin-key-of-the-test';
const BY_KEY = { authorization: `Bearer ${ADMIN_KEY}` };
const JSON_BODY = { 'content-type': 'application/json' };

let folder: string;
let page: Page;
let console: FakeConsole;
let web: Web;
const logged: unknown[] = [];
const keep = (details: unknown, message: unknown) => logged.push([details, message]);
const log = { info: keep, warn: keep, error: keep };

function start(changes: Partial<Parameters<typeof startWeb>[0]> = {}): Promise<Web> {
  const listen = { host: '127.0.0.1', port: 0 };
  return startWeb({ console, page, listen, adminKey: ADMIN_KEY, allowRemote: false, log, ...changes });
}

type Ask = { method?: string; headers?: IncomingHttpHeaders; body?: string };

/** Sends a request as it is told and resolves with the head of its response. */
function open(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<IncomingMessage> {
  const { hostname: host, port } = new URL(web.url);
  const options: RequestOptions = { host, port, path, method, headers, agent: false };
  return new Promise((resolve, reject) => {
    request(options, resolve).on('error', reject).end(body);
  });
}

async function ask(path: string, options?: Ask) {
  const response = await open(path, options);
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

async function call(command: string, body: string, headers: IncomingHttpHeaders = BY_KEY) {
  const { status, text } = await ask(`/bridge/${command}`, {
    method: 'POST',
    headers: { ...JSON_BODY, ...headers },
    body,
  });
  return { status, answer: JSON.parse(text) };
}

const refused = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });

/** Logs in and returns the header to send. */
async function login(): Promise<{ authorization: string }> {
  const { text } = await ask('/session', { method: 'POST', headers: BY_KEY });
  return { authorization: `Bearer ${JSON.parse(text).value.session}` };
}

/** Reads server-sent messages, one parsed `data:` at a time. */
async function* messages(response: IncomingMessage): AsyncGenerator<unknown, undefined> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) if (part.startsWith('data: ')) yield JSON.parse(part.slice('data: '.length));
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'web-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><meta name="nonce" content="__CSP_NONCE__">');
  await writeFile(join(folder, 'index.js'), 'export {};');
  page = await openPage(folder);
});

afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  logged.length = 0;
  console = fakeConsole();
  web = await start();
});

afterEach(() => web.close());

describe('a command', () => {
  it('reaches the console with the admin key, and its answer comes back', async () => {
    expect(await call('tokens.refresh', '{"appId":"wx00000000000000a1"}')).toEqual({
      status: 200,
      answer: { ok: true, value: { command: 'tokens.refresh', input: { appId: 'wx00000000000000a1' } } },
    });
  });

  it('gets status 200 for an error of the console', async () => {
    const error = { code: 'unknown-account', message: 'There is no such account.' } as const;
    await web.close();
    console = fakeConsole(async () => ({ ok: false, error }));
    web = await start();
    expect(await call('state.get', '{}')).toEqual({ status: 200, answer: { ok: false, error } });
  });

  it.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer wrong' }],
    ['another scheme', { authorization: `Basic ${ADMIN_KEY}` }],
    ['an invented session', { authorization: `Bearer ${'a'.repeat(43)}` }],
  ])('is refused with %s', async (_what, headers) => {
    expect(await call('state.get', '{}', headers)).toEqual({ status: 401, answer: refused('unauthorized') });
    expect(await call('no.such', '{}', headers)).toMatchObject({ status: 401 });
    expect(console.executed).toEqual([]);
  });

  it.each(['state.gett', 'toString', '__proto__', 'x'.repeat(9000), 'state.get/more'])(
    '%.20s is unknown',
    async (command) => {
      expect(await call(command, '{}')).toEqual({ status: 404, answer: refused('unknown-command') });
      expect(console.executed).toEqual([]);
    },
  );

  it.each(['', '{', 'null', '[]', '"text"', '1'])('with the body %j is invalid input', async (body) => {
    expect(await call('state.get', body)).toEqual({ status: 200, answer: refused('invalid-input') });
    expect(console.executed).toEqual([]);
  });

  it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])(
    'with the content type %s is invalid input, so no form can send one',
    async (type) => {
      const headers = { ...BY_KEY, ...(type === undefined ? {} : { 'content-type': type }) };
      const { status, text } = await ask('/bridge/state.get', { method: 'POST', headers, body: '{}' });
      expect([status, JSON.parse(text)]).toEqual([200, refused('invalid-input')]);
      expect(console.executed).toEqual([]);
    },
  );

  it('may be 64 KiB long and not a byte more', async () => {
    const body = (bytes: number) => `{"name":"${'x'.repeat(bytes - 11)}"}`;
    expect(await call('state.get', body(64 * 1024))).toMatchObject({ status: 200, answer: { ok: true } });
    expect(await call('state.get', body(64 * 1024 + 1))).toEqual({
      status: 413,
      answer: refused('too-large'),
    });
    const chunked = { ...BY_KEY, 'transfer-encoding': 'chunked' };
    expect(await call('state.get', body(64 * 1024 + 1), chunked)).toMatchObject({ status: 413 });
    expect(console.executed).toHaveLength(1);
  });

  it('that brings accounts may be 32 MiB long and not a byte more', async () => {
    const most = 32 * 1024 * 1024;
    const body = (bytes: number) => `{"text":"${'x'.repeat(bytes - 11)}"}`;
    expect(
      await ask('/bridge/accounts.import', {
        method: 'POST',
        headers: { ...BY_KEY, ...JSON_BODY },
        body: body(most),
      }),
    ).toMatchObject({ status: 200 });
    expect(await call('accounts.import', body(most + 1))).toEqual({
      status: 413,
      answer: refused('too-large'),
    });
    expect(console.executed).toHaveLength(1);
  });

  it('cannot be asked for with GET', async () => {
    expect(await ask('/bridge/state.get', { headers: BY_KEY })).toMatchObject({ status: 404 });
    expect(console.executed).toEqual([]);
  });

  it('that throws is answered without its words', async () => {
    await web.close();
    console = fakeConsole(() => Promise.reject(new TypeError('sandbox-secret-of-shop')));
    web = await start();
    expect(await call('state.get', '{}')).toEqual({ status: 500, answer: refused('internal') });
    expect(JSON.stringify(logged)).toContain('TypeError');
    expect(JSON.stringify(logged)).not.toContain('sandbox-secret');
  });
});

describe('a session', () => {
  it('is told in the answer and nowhere else: no cookie goes to other ports of this host', async () => {
    const { status, headers, text } = await ask('/session', { method: 'POST', headers: BY_KEY });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ ok: true, value: { session: expect.stringMatching(/^[\w-]{43}$/) } });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it('opens the bridge until it is ended, and its streams end with it', async () => {
    const [mine, other] = [await login(), await login()];
    expect(await call('state.get', '{}', mine)).toMatchObject({ status: 200, answer: { ok: true } });
    const stream = await open('/bridge/events', { headers: mine });
    const ended = once(stream.resume(), 'error');

    expect(await ask('/session', { method: 'DELETE', headers: mine })).toMatchObject({
      status: 204,
      text: '',
    });
    await ended;
    expect(await call('state.get', '{}', mine)).toMatchObject({ status: 401 });
    expect(await call('state.get', '{}', other)).toMatchObject({ status: 200 });
    expect(await ask('/session', { method: 'DELETE', headers: mine })).toMatchObject({ status: 204 });
  });

  it('ends 12 hours after it was last used', async () => {
    const now = { wall: 0, mono: 0 };
    await web.close();
    web = await start({ clock: () => ({ ...now }) });
    const session = await login();
    const statusAfter = async (hours: number) => {
      now.wall += hours * 60 * 60_000;
      return (await call('state.get', '{}', session)).status;
    };
    expect([await statusAfter(11), await statusAfter(11), await statusAfter(12)]).toEqual([200, 200, 401]);
    expect(await ask('/bridge/events', { headers: session })).toMatchObject({ status: 401 });
    expect(await call('state.get', '{}')).toMatchObject({ status: 200 });
  });

  it('is not given for another session, a wrong key or nothing', async () => {
    for (const headers of [await login(), { authorization: 'Bearer wrong' }, {}]) {
      const { status, text } = await ask('/session', { method: 'POST', headers });
      expect([status, JSON.parse(text)]).toEqual([401, refused('unauthorized')]);
    }
  });

  it('is never taken from a cookie; that of an earlier version is cleared', async () => {
    const id = (await login()).authorization.slice('Bearer '.length);
    const { port } = new URL(web.url);
    const own = `wtc_session_${port}`;
    const headers = { cookie: `other=1; ${own}=${id}; wtc_session_1=${id}` };
    expect(await call('state.get', '{}', headers)).toMatchObject({ status: 401 });
    const { status, headers: answered } = await ask('/', { headers });
    expect([status, answered['set-cookie']]).toEqual([
      200,
      [`${own}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`],
    ]);
    const others = await ask('/', { headers: { cookie: 'other=1; wtc_session_1=2' } });
    expect(others.headers).not.toHaveProperty('set-cookie');
  });
});

describe('wrong keys', () => {
  it('have to wait after ten, the right one never', async () => {
    const wrong = { authorization: 'Bearer guessed-key' };
    for (let i = 0; i < 10; i += 1) expect((await call('state.get', '{}', wrong)).status).toBe(401);
    const { status, headers, text } = await ask('/session', { method: 'POST', headers: wrong });
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(50);
    expect(JSON.parse(text).error.until).toBeGreaterThan(Date.now());
    expect((await call('state.get', '{}')).status).toBe(200);
  });

  it('are named nowhere', async () => {
    const { answer } = await call('state.get', '{}', { authorization: 'Bearer guessed-key' });
    expect(JSON.stringify([answer, logged])).not.toMatch(/guessed-key|admin-key-of/);
    expect(logged).toEqual([[{ from: '127.0.0.1' }, 'wrong admin key, or a session that has ended']]);
  });
});

describe('whoever has no key', () => {
  /** A request whose body breaks off, so that it can never be read. */
  async function breakOff(path: string): Promise<void> {
    const { hostname: host, port } = new URL(web.url);
    const socket = connect(Number(port), host);
    const closed = once(socket, 'close');
    socket.end(`POST ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nContent-Length: 99\r\n\r\nx`);
    socket.resume();
    await closed;
  }

  it('cannot fill the log, whatever is sent', async () => {
    for (let i = 0; i < 30; i += 1) {
      await Promise.all([
        call('state.get', '{}', { authorization: `Bearer guess-${i}` }),
        ask('/session', { method: 'POST', headers: { authorization: `Bearer guess-${i}` } }),
        ask('/bridge/events', { headers: { authorization: `Bearer ${'a'.repeat(42)}${i % 10}` } }),
        ask('/', { headers: { host: `evil-${i}.example` } }),
        ask('/', { headers: { origin: `https://evil-${i}.example` } }),
        ask('/session', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }),
        breakOff('/session'),
        breakOff('/none'),
        ask('/%zz'),
      ]);
    }
    const messages = logged.map((line) => (line as [unknown, string])[1]);
    expect(messages.toSorted()).toEqual([...new Set(messages)].toSorted());
    expect(messages).toEqual(
      expect.arrayContaining(['request refused', 'wrong admin key, or a session that has ended']),
    );
  });

  it('is turned away before the body is sent', async () => {
    const { hostname: host, port } = new URL(web.url);
    const socket = connect(Number(port), host);
    const head = `Host: ${host}:${port}\r\nContent-Type: application/json\r\nContent-Length: 9999999`;
    socket.write(`POST /bridge/accounts.import HTTP/1.1\r\n${head}\r\n\r\n{`);
    const [said] = await once(socket, 'data');
    expect(String(said)).toMatch(/^HTTP\/1\.1 401 /);
    socket.destroy();
  });
});

describe('a request from a foreign page', () => {
  const port = () => new URL(web.url).port;

  it.each(['/', '/index.js', '/bridge/events', '/session', '/none'])(
    'to %s fails by its Host',
    async (path) => {
      const headers = { ...BY_KEY, host: `evil.example:${port()}` };
      const { status, text, headers: answered } = await ask(path, { headers });
      expect(status).toBe(403);
      expect(JSON.parse(text).error.message).toMatch(/Host/);
      expect(answered).not.toHaveProperty('access-control-allow-origin');
    },
  );

  it('fails by its Origin, even with the session', async () => {
    const session = await login();
    for (const origin of ['https://evil.example', `http://localhost:${port()}`, 'null']) {
      const { status, answer } = await call('state.get', '{}', { ...session, origin });
      expect([status, answer]).toEqual([403, refused('unauthorized')]);
    }
    const origin = `http://127.0.0.1:${port()}`;
    expect(await call('state.get', '{}', { ...session, origin })).toMatchObject({ status: 200 });
  });

  it('fails by Sec-Fetch-Site, but a link may open the page', async () => {
    const headers = { ...BY_KEY, 'sec-fetch-site': 'cross-site' };
    for (const path of ['/bridge/events', '/%62ridge/events']) {
      expect(await ask(path, { headers })).toMatchObject({ status: 403 });
    }
    expect(await ask('/session', { method: 'POST', headers })).toMatchObject({ status: 403 });
    expect(await ask('/', { headers })).toMatchObject({ status: 200 });
  });

  it('gets no CORS answer', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const { status, headers: answered } = await ask('/bridge/state.get', { method: 'OPTIONS', headers });
    expect(status).toBe(403);
    expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('may use this machine’s name only where remote administration is allowed', async () => {
    const headers = { host: `${hostname()}:${port()}` };
    expect(await ask('/', { headers })).toMatchObject({ status: 403 });
    await web.close();
    web = await start({ allowRemote: true });
    expect(await ask('/', { headers })).toMatchObject({ status: 200 });
  });
});

describe('the events', () => {
  it('begin with the whole state and go on with each change', async () => {
    const response = await open('/bridge/events', { headers: await login() });
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    const received = messages(response);
    expect((await received.next()).value).toEqual({ type: 'state', state: emptyState });
    console.announce({ type: 'account-removed', appId: 'wx00000000000000a1' });
    expect((await received.next()).value).toEqual({ type: 'account-removed', appId: 'wx00000000000000a1' });
    response.destroy();
    await vi.waitFor(() => expect(console.listeners).toBe(0));
  });

  it('need the key or a session', async () => {
    expect(await ask('/bridge/events')).toMatchObject({ status: 401 });
    expect(console.listeners).toBe(0);
  });

  it('are cut off for a client that does not read', async () => {
    const stalled = await open('/bridge/events', { headers: BY_KEY });
    stalled.pause();
    const reading = await open('/bridge/events', { headers: BY_KEY });
    reading.resume();
    await vi.waitFor(() => expect(console.listeners).toBe(2));
    const version = 'x'.repeat(512 * 1024);
    await vi.waitFor(() => {
      console.announce({ type: 'state', state: { ...emptyState, version } });
      expect(console.listeners).toBe(1);
    }, 10_000);
    expect(stalled.destroyed).toBe(false);
    expect(reading.destroyed).toBe(false);
    const cut = once(stalled, 'error');
    stalled.resume();
    expect(await cut).toMatchObject([{ code: 'ECONNRESET' }]);
    reading.on('error', () => {});
  });
});

describe('the page', () => {
  it('is served with its policy', async () => {
    const { status, headers, text } = await ask('/?from=test');
    const nonce = /content="([^"]+)"/.exec(text)?.[1];
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(await ask('/index.js')).toMatchObject({ status: 200, text: 'export {};' });
  });

  it('answers HEAD without a body and nothing else', async () => {
    expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect(await ask('/', { method })).toMatchObject({ status: 404 });
    }
  });

  it.each(['/../web.spec.ts', '/..%2fweb.spec.ts', '/%2e%2e/%2e%2e/etc/passwd'])(
    'has no %s',
    async (path) => {
      expect(await ask(path)).toMatchObject({ status: 404, text: 'Not found\n' });
    },
  );

  it('answers an unreadable address', async () => {
    const { status, headers } = await ask('/%zz');
    expect(status).toBe(400);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
  });
});

describe('opening and closing', () => {
  it('names the address it listens at', async () => {
    expect(web.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    await web.close();
    web = await start({ listen: { host: 'localhost', port: 0 } });
    expect(web.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    await web.close();
    web = await start({ listen: { host: '0.0.0.0', port: 0 }, allowRemote: true });
    expect(web.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it('does not listen beyond this machine unless allowed', async () => {
    await expect(start({ listen: { host: '0.0.0.0', port: 0 } })).rejects.toThrow(RangeError);
  });

  it('says when the address is in use', async () => {
    const listen = { host: '127.0.0.1', port: Number(new URL(web.url).port) };
    await expect(start({ listen })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('closes within a second with streams open and a command under way', async () => {
    await web.close();
    console = fakeConsole(() => new Promise(() => {}));
    web = await start();
    const stream = await open('/bridge/events', { headers: BY_KEY });
    const cut = once(stream.resume(), 'error');
    const hanging = call('tokens.refresh', '{}').catch((error) => error);
    await vi.waitFor(() => expect(console.executed).toHaveLength(1));

    const begun = performance.now();
    await web.close();
    expect(performance.now() - begun).toBeLessThan(1000);
    await cut;
    expect(await hanging).toMatchObject({ code: 'ECONNRESET' });
    expect(console.listeners).toBe(0);

    const port = Number(new URL(web.url).port);
    const again = createServer().listen(port, '127.0.0.1');
    await once(again, 'listening');
    again.close();
  });

  it('lets a command that ends meanwhile answer', async () => {
    await web.close();
    let end = () => {};
    console = fakeConsole(() => new Promise((resolve) => (end = () => resolve({ ok: true, value: 'done' }))));
    web = await start();
    const answered = call('tokens.refresh', '{}');
    await vi.waitFor(() => expect(console.executed).toHaveLength(1));
    const closed = web.close();
    end();
    expect(await answered).toEqual({ status: 200, answer: { ok: true, value: 'done' } });
    await closed;
  });
});
