/** Certificates and proxies, with a real TLS server and a real CONNECT proxy on this machine. */
import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect as dial } from 'node:net';
import type { Duplex } from 'node:stream';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWechat } from '../../electron/wechat/client.ts';
import { createNodeFetch, type NodeFetchOptions } from '../../electron/wechat/node-fetch.ts';
import { selfSigned } from '../support/certificate.ts';

const HOST = 'wechat.invalid';
const SECRET = 'sandbox-secret-of-shop';
const PASSWORD = 'sandbox-word-of-proxy';

const identity = selfSigned(HOST);
let upstream: Server;
let asked = 0;

beforeAll(async () => {
  upstream = createHttpsServer({ key: identity.key, cert: identity.cert }, (_, answer) => {
    asked += 1;
    answer.end('{"access_token":"sandbox-token","expires_in":7200}');
  });
  await listen(upstream);
});
afterAll(() => end(upstream));

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  asked = 0;
  for (const each of endings.splice(0).reverse()) await each();
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return portOf(server);
}

async function end(server: Server) {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function ask(apiBase: string, env: NonNullable<NodeFetchOptions['env']>, waits: NodeFetchOptions = {}) {
  const node = createNodeFetch({ env, ...waits });
  endings.push(() => node.close());
  const wechat = createWechat({ fetch: node.fetch, clock: Date.now });
  const reply = await wechat.fetchToken({
    line: 'standard',
    appId: 'wx00000000000000a1',
    secret: SECRET,
    apiBase,
    force: false,
  });
  expect(JSON.stringify(reply)).not.toContain(SECRET);
  expect(JSON.stringify(reply)).not.toContain(PASSWORD);
  return reply;
}

/** A proxy that tells what it was asked and answers each CONNECT as `serve` says; by default it connects. */
async function startProxy(serve: (socket: Duplex) => void = tunnel) {
  const seen: { target: string | undefined; authorization: string | undefined }[] = [];
  const sockets = new Set<Duplex>();
  const server = createHttpServer((_, answer) => answer.writeHead(500).end());
  server.on('connect', (message, socket) => {
    seen.push({ target: message.url, authorization: message.headers['proxy-authorization'] });
    sockets.add(socket);
    serve(socket);
  });
  const port = await listen(server);
  endings.push(() => {
    for (const socket of sockets) socket.destroy();
    return end(server);
  });
  return { address: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}`, seen };
}

function tunnel(socket: Duplex) {
  const target = dial(portOf(upstream), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.pipe(target).pipe(socket);
  });
  socket.once('close', () => target.destroy());
  target.once('error', () => socket.destroy());
}

const refuse = (status: string) => (socket: Duplex) =>
  socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`);

describe('a certificate', () => {
  it('that nobody vouches for ends the call before the secret is sent', async () => {
    const reply = await ask(`https://127.0.0.1:${portOf(upstream)}`, {});
    expect(reply).toMatchObject({ outcome: 'failed', errmsg: 'tls: DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(asked).toBe(0);
  });

  it('is checked through a proxy too', async () => {
    const proxy = await startProxy();
    const reply = await ask(`https://${HOST}`, { HTTPS_PROXY: proxy.url });
    expect(reply).toMatchObject({ errmsg: 'tls: DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(asked).toBe(0);
  });

  it('is not looked for where no TLS is spoken', async () => {
    const plain = createHttpServer((_, answer) => answer.end());
    const port = await listen(plain);
    endings.push(() => end(plain));
    expect(await ask(`https://127.0.0.1:${port}`, {})).toMatchObject({ outcome: 'failed', reason: 'tls' });
  });
});

describe('with the certificate trusted', () => {
  const before = getCACertificates('default');
  beforeAll(() => setDefaultCACertificates([...before, identity.cert]));
  afterAll(() => setDefaultCACertificates(before));

  it('the proxy of the environment is used', async () => {
    const proxy = await startProxy();
    expect(await ask(`https://${HOST}`, { HTTPS_PROXY: proxy.url })).toMatchObject({ outcome: 'granted' });
    expect(proxy.seen).toEqual([{ target: `${HOST}:443`, authorization: undefined }]);
    expect(asked).toBe(1);
  });

  it('a proxy may be written without http:// and with a password', async () => {
    const proxy = await startProxy();
    const reply = await ask(`https://${HOST}:8443`, { https_proxy: `shop:${PASSWORD}@${proxy.address}` });
    expect(reply).toMatchObject({ outcome: 'granted' });
    const authorization = `Basic ${Buffer.from(`shop:${PASSWORD}`).toString('base64')}`;
    expect(proxy.seen).toEqual([{ target: `${HOST}:8443`, authorization }]);
  });

  it('HTTP_PROXY serves where there is no HTTPS_PROXY', async () => {
    const proxy = await startProxy();
    expect(await ask(`https://${HOST}`, { HTTP_PROXY: proxy.url })).toMatchObject({ outcome: 'granted' });
    expect(proxy.seen).toHaveLength(1);
  });

  it('a name not covered by the certificate is refused', async () => {
    const proxy = await startProxy();
    const reply = await ask('https://other.invalid', { HTTPS_PROXY: proxy.url });
    expect(reply).toMatchObject({ errmsg: 'tls: ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(asked).toBe(0);
  });
});

describe('no proxy is asked', () => {
  it.each([HOST, '.invalid', '*'])('for a name in NO_PROXY=%s', async (noProxy) => {
    const proxy = await startProxy();
    const reply = await ask(`https://${HOST}`, { HTTPS_PROXY: proxy.url, NO_PROXY: noProxy });
    expect(reply).toMatchObject({ outcome: 'failed', reason: 'dns' });
    expect(proxy.seen).toEqual([]);
  });

  it('for this machine', async () => {
    const proxy = await startProxy();
    const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: 'example.com' };
    expect(await ask(`https://127.0.0.1:${portOf(upstream)}`, env)).toMatchObject({ reason: 'tls' });
    expect(await ask(`https://localhost:${portOf(upstream)}`, env)).toMatchObject({ reason: 'tls' });
    expect(proxy.seen).toEqual([]);
  });
});

describe('a proxy', () => {
  it.each([
    ['407 Proxy Authentication Required', 'proxy: HTTP 407'],
    ['403 Forbidden', 'proxy: HTTP 403'],
    ['502 Bad Gateway', 'proxy: HTTP 502'],
  ])('may refuse: %s', async (status, errmsg) => {
    const proxy = await startProxy(refuse(status));
    const reply = await ask(`https://${HOST}`, { HTTPS_PROXY: `http://shop:${PASSWORD}@${proxy.address}` });
    expect(reply).toMatchObject({ outcome: 'failed', class: 'transient', errmsg });
  });

  it('may not be there', async () => {
    const proxy = createHttpServer();
    const port = await listen(proxy);
    await end(proxy);
    expect(
      await ask(`https://${HOST}`, { HTTPS_PROXY: `http://shop:${PASSWORD}@127.0.0.1:${port}` }),
    ).toMatchObject({
      errmsg: 'proxy: ERR_PROXY_CONNECTION_FAILED',
    });
  });

  it('may never answer', async () => {
    const proxy = await startProxy(() => undefined);
    const reply = await ask(`https://${HOST}`, { HTTPS_PROXY: proxy.url }, { connectTimeoutMs: 50 });
    expect(reply).toMatchObject({ errmsg: 'timeout: UND_ERR_HEADERS_TIMEOUT' });
  });

  it.each([
    `ftp://shop:${PASSWORD}@127.0.0.1:21`,
    `socks4://127.0.0.1:1080`,
    `http://shop:${PASSWORD}@:`,
    `http://shop:9#${PASSWORD}@127.0.0.1:9`,
    `http://shop:9?${PASSWORD}@127.0.0.1:9`,
    `http://shop:%zz${PASSWORD}@127.0.0.1:9`,
    `"http://shop:${PASSWORD}@127.0.0.1:9"`,
    `'127.0.0.1:9'`,
  ])('may be nonsense: %s', async (url) => {
    expect(await ask(`https://${HOST}`, { HTTPS_PROXY: url })).toMatchObject({
      errmsg: 'proxy-variable: ERR_PROXY_NOT_A_URL',
    });
  });
});
