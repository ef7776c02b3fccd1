/** WeChat's token API over real sockets on this machine, through the fetch that the headless console uses. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createWechat } from '../../electron/wechat/client.ts';
import { createNodeFetch, type NodeFetchOptions } from '../../electron/wechat/node-fetch.ts';
import type { Fetch, TokenRequest, Wechat } from '../../electron/wechat/wechat.ts';

const SECRET = 'sandbox-secret/of shop?&';
const GRANT = '{"access_token":"sandbox-token","expires_in":7200}';
const DAY = Date.UTC(2026, 10, 22);

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = (listener: RequestListener) => listen(createServer(listener));

interface Waits {
  connectTimeoutMs?: number;
  answerTimeoutMs?: number;
}

/** The client over Node's fetch; `waits` are the client's, `own` the fetch's. */
function connect(waits: Waits = {}, own: NodeFetchOptions = {}): Wechat {
  const node = createNodeFetch({ env: {}, ...own });
  endings.push(() => node.close());
  return createWechat({ fetch: node.fetch, clock: () => DAY, ...waits });
}

function requestTo(apiBase: string, changes: Partial<TokenRequest> = {}): TokenRequest {
  return { line: 'standard', appId: 'wx00000000000000a1', secret: SECRET, apiBase, force: false, ...changes };
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of message.setEncoding('utf8')) text += part;
  return text;
}

describe('a token is asked for', () => {
  async function asked(changes: Partial<TokenRequest>) {
    const seen: {
      method: string | undefined;
      url: string | undefined;
      type: string | undefined;
      body: string;
    }[] = [];
    const apiBase = await serve(async (message, answer) => {
      const { method, url, headers } = message;
      seen.push({ method, url, type: headers['content-type'], body: await bodyOf(message) });
      answer.setHeader('date', 'Sun, 22 Nov 2026 10:00:00 GMT').end(GRANT);
    });
    return { reply: await connect().fetchToken(requestTo(apiBase, changes)), seen };
  }

  it('by GET on the standard line', async () => {
    const { reply, seen } = await asked({ force: true });
    expect(seen).toEqual([
      {
        method: 'GET',
        url: '/cgi-bin/token?grant_type=client_credential&appid=wx00000000000000a1&secret=sandbox-secret%2Fof+shop%3F%26',
        type: undefined,
        body: '',
      },
    ]);
    expect(reply).toEqual({
      outcome: 'granted',
      accessToken: 'sandbox-token',
      expiresIn: 7200,
      askedAt: DAY,
      durationMs: expect.any(Number),
      wechatClock: Date.UTC(2026, 10, 22, 10),
    });
  });

  it.each([false, true])('by POST on the stable line, force_refresh %s', async (force) => {
    const { reply, seen } = await asked({ line: 'stable', force });
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/cgi-bin/stable_token',
        type: 'application/json',
        body: `{"grant_type":"client_credential","appid":"wx00000000000000a1","secret":"${SECRET}","force_refresh":${force}}`,
      },
    ]);
    expect(reply).toMatchObject({ outcome: 'granted', accessToken: 'sandbox-token' });
  });
});

it('checks a token with one cheap call', async () => {
  const urls: (string | undefined)[] = [];
  const apiBase = await serve(({ url }, answer) => {
    urls.push(url);
    answer.end(
      url?.endsWith('=sandbox-token')
        ? '{"ip_list":["101.226.62.77"]}'
        : '{"errcode":42001,"errmsg":"access_token expired rid: 68aeab01-21ea7902-3a442403"}',
    );
  });
  const wechat = connect();
  expect(await wechat.checkToken({ apiBase, accessToken: 'sandbox-token' })).toMatchObject({
    outcome: 'valid',
  });
  expect(await wechat.checkToken({ apiBase, accessToken: 'dead&token' })).toMatchObject({
    outcome: 'refused',
    errcode: 42001,
    rid: '68aeab01-21ea7902-3a442403',
  });
  expect(urls).toEqual([
    '/cgi-bin/get_api_domain_ip?access_token=sandbox-token',
    '/cgi-bin/get_api_domain_ip?access_token=dead%26token',
  ]);
});

it('hears a refusal', async () => {
  const errmsg = 'invalid ip 61.172.68.219, not in whitelist hint: [KJZfAa0644e575]';
  const apiBase = await serve((_, answer) => answer.end(JSON.stringify({ errcode: 40164, errmsg })));
  expect(await connect().fetchToken(requestTo(apiBase))).toMatchObject({
    outcome: 'refused',
    class: 'not-whitelisted',
    errcode: 40164,
    errmsg,
    hint: 'KJZfAa0644e575',
    ip: '61.172.68.219',
  });
});

describe('an answer that is none', () => {
  it.each<[string, RequestListener, object]>([
    [
      'a redirect',
      (_, answer) => answer.writeHead(302, { location: '/elsewhere' }).end(),
      { errmsg: 'redirect: 302' },
    ],
    ['a bad gateway', (_, answer) => answer.writeHead(502).end(GRANT), { errmsg: 'http-status: 502' }],
    [
      'a sign-in page',
      (_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html><title>Hotel</title>'),
      { errmsg: 'unreadable: a web page instead of JSON' },
    ],
    [
      'half a JSON',
      (_, answer) => answer.end(GRANT.slice(0, 20)),
      { errmsg: 'unreadable: not a JSON object' },
    ],
    ['nothing', (_, answer) => answer.end(), { errmsg: 'unreadable: an empty answer' }],
    [
      'a body cut off',
      (_, answer) => {
        answer.writeHead(200, { 'content-length': '100' });
        answer.write(GRANT, () => answer.socket?.destroy());
      },
      { reason: 'connection-lost', errmsg: 'connection-lost: UND_ERR_SOCKET' },
    ],
    ['a hang-up', ({ socket }) => socket.destroy(), { reason: 'connection-lost' }],
    [
      'a reset',
      ({ socket }) => socket.resetAndDestroy(),
      { reason: 'connection-lost', errmsg: 'connection-lost: ECONNRESET' },
    ],
  ])('%s', async (_, listener, failure) => {
    let asked = 0;
    const apiBase = await serve((message, answer) => {
      asked += 1;
      listener(message, answer);
    });
    const reply = await connect().fetchToken(requestTo(apiBase));
    expect(reply).toMatchObject({ outcome: 'failed', class: 'transient', wechatClock: null, ...failure });
    expect(asked).toBe(1);
  });

  it('no HTTP at all', async () => {
    const apiBase = await listen(
      createTcpServer((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n'))),
    );
    expect(await connect().fetchToken(requestTo(apiBase))).toMatchObject({
      errmsg: 'unreadable: HTTPParserError',
    });
  });

  it('more than 64 KiB, of which the rest is not read', async () => {
    const hungUp = Promise.withResolvers<void>();
    const apiBase = await serve((_, answer) => {
      const more = () => {
        while (!answer.destroyed && answer.write(' '.repeat(16 * 1024)));
      };
      answer.on('drain', more).once('close', hungUp.resolve);
      more();
    });
    expect(await connect().fetchToken(requestTo(apiBase))).toMatchObject({
      errmsg: 'too-large: more than 64 KiB',
    });
    await hungUp.promise;
  });
});

describe('a wait', () => {
  const silent: RequestListener = () => undefined;
  const stalled: RequestListener = (_, answer) => {
    answer.write('{"access_token":');
  };

  /** The fetch waits longer than a test may last: only its signal can make it hang up. */
  const patient = { answerTimeoutMs: 60_000 };

  it.each([
    [
      'for headers ends by the client',
      silent,
      { connectTimeoutMs: 40, answerTimeoutMs: 20 },
      patient,
      'no answer within 0.06 s',
    ],
    [
      'for the body ends by the client',
      stalled,
      { answerTimeoutMs: 50 },
      patient,
      'no complete answer within 0.05 s',
    ],
    ['for headers ends by the fetch', silent, {}, { answerTimeoutMs: 50 }, 'UND_ERR_HEADERS_TIMEOUT'],
    ['for the body ends by the fetch', stalled, {}, { answerTimeoutMs: 50 }, 'UND_ERR_BODY_TIMEOUT'],
  ])('%s', async (_, listener, waits, own, detail) => {
    const hungUp = Promise.withResolvers<void>();
    const apiBase = await serve((message, answer) => {
      message.socket.once('close', () => hungUp.resolve());
      listener(message, answer);
    });
    expect(await connect(waits, own).fetchToken(requestTo(apiBase))).toMatchObject({
      outcome: 'failed',
      reason: 'timeout',
      errmsg: `timeout: ${detail}`,
    });
    await hungUp.promise;
  });

  it.each(['headers', 'the body'])('for %s ends when the caller gives up', async (phase) => {
    const caller = new AbortController();
    const hungUp = Promise.withResolvers<void>();
    const apiBase = await serve((message, answer) => {
      message.socket.once('close', () => hungUp.resolve());
      if (phase === 'headers') caller.abort();
      else answer.write('{"access_token":');
    });
    const node = createNodeFetch({ env: {}, ...patient });
    endings.push(() => node.close());
    const fetch: Fetch = async (url, init) => {
      const response = await node.fetch(url, init);
      caller.abort();
      return response;
    };
    const wechat = createWechat({ fetch, clock: () => DAY });
    expect(await wechat.fetchToken(requestTo(apiBase), caller.signal)).toMatchObject({
      errmsg: 'network: aborted',
    });
    await hungUp.promise;
  });

  it('ends when the fetch is closed', async () => {
    const node = createNodeFetch({ env: {} });
    const arrived = Promise.withResolvers<void>();
    const apiBase = await serve(() => arrived.resolve());
    const wechat = createWechat({ fetch: node.fetch, clock: () => DAY });
    const asked = wechat.fetchToken(requestTo(apiBase));
    await arrived.promise;
    await node.close();
    expect(await asked).toMatchObject({ outcome: 'failed', reason: 'network' });
    expect(await wechat.fetchToken(requestTo(apiBase))).toMatchObject({
      outcome: 'failed',
      reason: 'network',
    });
  });
});

it('finds nobody at a closed port', async () => {
  const closed = createTcpServer();
  closed.listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  await once(closed, 'close');
  expect(await connect().fetchToken(requestTo(`http://127.0.0.1:${port}`))).toMatchObject({
    errmsg: 'connection-refused: ECONNREFUSED',
  });
});

it('finds no address for a name that cannot exist', async () => {
  const reply = await connect().fetchToken(requestTo('https://api.weixin.invalid'));
  expect(reply).toMatchObject({ outcome: 'failed', reason: 'dns' });
});
