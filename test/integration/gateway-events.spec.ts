/** `/v1/tokens/{appId}/events`: each new token pushed to business servers. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStreams } from '../../electron/handout/gateway/streams.ts';
import { createMetrics } from '../../electron/handout/metrics.ts';
import { fakeClients, fakeDesk } from '../support/gateway-desk.ts';
import { type EventStream, openEvents } from '../support/gateway-events.ts';
import { KEY, MASTER_KEY, NEWS, SHOP, startFakeGateway, UNKNOWN } from '../support/gateway-harness.ts';

const wait = { timeout: 5000, interval: 10 };

describe('over the gateway', () => {
  let gateway: Awaited<ReturnType<typeof startFakeGateway>>;
  const open: EventStream[] = [];

  beforeEach(async () => {
    gateway = await startFakeGateway();
  });
  afterEach(async () => {
    for (const stream of open.splice(0)) stream.stop();
    await gateway.close();
  });

  async function read(appId = SHOP, key = KEY): Promise<EventStream> {
    const stream = await openEvents(`${gateway.url}/v1/tokens/${appId}/events`, key);
    open.push(stream);
    return stream;
  }

  it('gives the current token at once, each new one, and tells when there is none', async () => {
    const token = gateway.desk.token(SHOP);
    const stream = await read();
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    await vi.waitFor(() => expect(stream.events).toHaveLength(1), wait);
    expect(stream.events[0]).toEqual({
      event: 'token',
      id: token?.fingerprint,
      data: {
        access_token: 'token-of-the-shop',
        expires_in: expect.any(Number),
        expires_at: token?.endsAt,
        app_id: SHOP,
        fingerprint: token?.fingerprint,
      },
    });
    gateway.desk.grant(SHOP, 'token-after');
    gateway.desk.grant(NEWS, 'token-of-another');
    gateway.desk.grant(SHOP, null);
    await vi.waitFor(() => expect(stream.events).toHaveLength(3), wait);
    expect(stream.events[1]?.data).toMatchObject({ access_token: 'token-after' });
    expect(stream.events[2]).toEqual({ event: 'gone', id: null, data: { app_id: SHOP } });
    expect(gateway.clients.uses.map(({ fingerprint }) => fingerprint)).toEqual([
      token?.fingerprint,
      stream.events[1]?.id,
    ]);
  });

  it('begins with `gone` for an account without a token, and needs a key for it', async () => {
    gateway.desk.grant(NEWS, null);
    const stream = await read(NEWS);
    await vi.waitFor(() => expect(stream.events[0]?.event).toBe('gone'), wait);
    await expect(read(UNKNOWN)).rejects.toThrow('403');
    await expect(read(UNKNOWN, MASTER_KEY)).rejects.toThrow('404');
    await expect(read(SHOP, 'another-key')).rejects.toThrow('401');
  });

  it('ends the stream of an account that was removed, and of a revoked key before it gets another token', async () => {
    gateway.desk.grant(NEWS, 'token-of-the-news');
    const [shop, news] = [await read(SHOP), await read(NEWS, MASTER_KEY)];
    gateway.desk.remove(NEWS);
    await news.ended;
    expect(news.events.map(({ event }) => event)).toEqual(['token', 'gone']);
    gateway.clients.revoke('shop-server');
    gateway.desk.grant(SHOP, 'token-after');
    await shop.ended;
    expect(shop.events.map(({ event }) => event)).toEqual(['token']);
  });

  it('serves a thousand streams through one listener', async () => {
    const streams = await Promise.all(Array.from({ length: 1000 }, () => read()));
    expect(gateway.desk.listening).toBe(1);
    expect(await gateway.metrics.text(() => true)).toContain('wtc_gateway_streams 1000');
    const since = performance.now();
    gateway.desk.grant(SHOP, 'token-after');
    await vi.waitFor(() => {
      const got = streams.filter(({ events }) => events.at(-1)?.data.access_token === 'token-after');
      expect(got).toHaveLength(1000);
    }, wait);
    expect(performance.now() - since).toBeLessThan(3000);
    for (const stream of streams) stream.stop();
    await vi.waitFor(
      async () => expect(await gateway.metrics.text(() => true)).toContain('wtc_gateway_streams 0'),
      wait,
    );
  });

  it('is cut off when the gateway closes', async () => {
    const stream = await read();
    await gateway.close();
    await stream.ended;
    expect(gateway.desk.listening).toBe(0);
    gateway = await startFakeGateway();
  });
});

describe('with limits of a test', () => {
  const desk = fakeDesk();
  let clients = fakeClients();
  let server: Server;
  let streams: ReturnType<typeof createStreams>;

  async function start(limits: { keepAliveMs: number; unreadBytes: number }): Promise<EventStream> {
    desk.grant(SHOP, 'token-of-the-shop');
    clients = fakeClients();
    clients.add('shop-server', KEY, [SHOP]);
    const client = clients.find(KEY);
    const parts = { desk, clients, metrics: createMetrics(desk), clock: Date.now };
    streams = createStreams(parts, limits);
    server = createServer((_request, response) => client && streams.open(response, client, SHOP));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return openEvents(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, KEY);
  }
  afterEach(() => {
    streams.close();
    server.close();
    server.closeAllConnections();
  });

  it('says every so often that it still stands, and ends when the key was revoked meanwhile', async () => {
    const stream = await start({ keepAliveMs: 20, unreadBytes: 1024 });
    await vi.waitFor(() => expect(stream.comments).toBeGreaterThan(2), wait);
    expect(stream.hasEnded).toBe(false);
    clients.revoke('shop-server');
    await stream.ended;
  });

  it('cuts off a reader that does not read, and only that one', async () => {
    const stalled = await start({ keepAliveMs: 60_000, unreadBytes: 16 * 1024 });
    const port = (server.address() as AddressInfo).port;
    const keeps = await openEvents(`http://127.0.0.1:${port}/`, KEY);
    const connections = () => new Promise<number>((done) => server.getConnections((_, open) => done(open)));
    expect(await connections()).toBe(2);
    stalled.stall();
    const large = 'x'.repeat(10_000);
    let granted = 0;
    while ((await connections()) === 2 && granted < 5000) {
      granted += 1;
      desk.grant(SHOP, `token-${large}`);
      await vi.waitFor(() => expect(keeps.events).toHaveLength(granted + 1), wait);
    }
    expect(granted).toBeLessThan(5000);
    expect(keeps.hasEnded).toBe(false);
    keeps.stop();
    stalled.stop();
  });
});
