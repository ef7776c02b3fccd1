/** A real redis-server that is away, slow, full, locked or read-only: named in words, and caught up with afterwards. */
import { createServer } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RedisSettings } from '../../electron/console/contract.ts';
import { createRedisHandout, REDIS_PACE, type RedisHandout } from '../../electron/handout/redis/redis.ts';
import { type FakeDesk, fakeDesk } from '../support/redis-desk.ts';
import {
  freePort,
  type RedisOptions,
  type RedisServer,
  startRedis,
  whyNoRedis,
} from '../support/redis-server.ts';

const APPS = ['wxtestapp0000001', 'wxtestapp0000002', 'wxtestapp0000003'] as const;
const APP = APPS[0];
const KEY = `wechat:access_token:${APP}`;
const PACE = { connect: 1000, command: 300, backOff: [20, 100] as const, reconcile: 100 };
const PASSWORD = 'password of a test';

const reason = whyNoRedis();

describe.skipIf(reason !== null)(`Redis in trouble${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  let server: RedisServer;
  let fake: FakeDesk;
  let handout: RedisHandout;
  const lines: string[] = [];
  const clients: (boolean | null)[] = [];

  const settings = (more: Partial<RedisSettings> = {}): RedisSettings => ({
    ...{ host: '127.0.0.1', port: server.port, db: 0, username: null, tls: false },
    ...more,
  });
  const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 5000, interval: 10 });
  const stands = (status: string, detail: RegExp | null) =>
    soon(() => {
      const now = handout.status();
      expect([now.status, now.detail]).toEqual([
        status,
        detail === null ? null : expect.stringMatching(detail),
      ]);
    });
  const place = (app: string = APP) => handout.places(app)[0]?.place;
  const allWritten = () =>
    soon(() => expect(APPS.map((app) => place(app)?.state)).toEqual(Array(3).fill('written')));
  const values = async () => {
    const client = await server.client();
    return client.mGet(APPS.map((app) => `wechat:access_token:${app}`));
  };
  const give = (round: string) => {
    for (const app of APPS) fake.give(app, `token-${round}-${app}`);
  };
  const tokens = (round: string) => APPS.map((app) => `token-${round}-${app}`);
  const startWith = async (options: RedisOptions) => {
    await server.stop();
    server = await startRedis(options);
  };

  beforeEach(async () => {
    server = await startRedis();
    fake = fakeDesk();
    lines.length = 0;
    clients.length = 0;
    const say = (facts: object, message: string) => void lines.push(`${JSON.stringify(facts)} ${message}`);
    const log = { info: say, warn: say, error: say };
    const changed = () => undefined;
    handout = createRedisHandout({ desk: fake.desk, log, changed, clock: Date.now, pace: PACE });
    handout.onReady((client) => clients.push(client?.isReady ?? null));
    for (const app of APPS) {
      fake.account(app);
      handout.setTargets(app, [{ profile: 'plain' }]);
    }
  });
  afterEach(async () => {
    expect(lines.join()).not.toMatch(/token-|password of/);
    await handout.close();
    await server.stop();
  });

  it('is off, connecting, ready and off again', async () => {
    give('one');
    expect(handout.status()).toMatchObject({ status: 'off', detail: null });
    expect(place()).toMatchObject({ state: 'idle' });
    handout.configure(settings(), null);
    expect(handout.status()).toMatchObject({ status: 'connecting' });
    expect(place()).toMatchObject({ state: 'waiting' });
    await allWritten();
    expect(handout.status().status).toBe('ready');
    expect(await handout.client()?.ping()).toBe('PONG');
    handout.configure(null, null);
    expect(handout.status().status).toBe('off');
    expect(handout.client()).toBeNull();
    expect(clients).toEqual([true, null]);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'away (%s): tokens of the meantime are written when it is back',
    async (signal) => {
      handout.configure(settings(), null);
      give('one');
      await allWritten();
      await server.kill(signal);
      await stands('failing', /ECONNREFUSED/);
      expect(handout.client()).toBeNull();
      give('two');
      give('three');
      await soon(() =>
        expect(place()).toMatchObject({ state: 'waiting', detail: expect.stringMatching(/ECONNREFUSED/) }),
      );
      await server.restart();
      await stands('ready', null);
      await allWritten();
      expect(await values()).toEqual(tokens('three'));
      expect(clients).toEqual([true, null, true]);
    },
  );

  it('restarted and empty: everything is written again', async () => {
    handout.configure(settings(), null);
    give('one');
    await allWritten();
    await server.restart();
    await soon(async () => expect(await values()).toEqual(tokens('one')));
  });

  it('there only later: nothing is lost', async () => {
    const port = await freePort();
    handout.configure(settings({ port }), null);
    give('one');
    await stands('failing', /nothing listens/);
    await startWith({ port });
    await allWritten();
    expect(await values()).toEqual(tokens('one'));
  });

  it('slow: given up after the time-out, nobody waits, and caught up with', async () => {
    handout.configure(settings(), null);
    give('one');
    await allWritten();
    const client = await server.client();
    await client.sendCommand(['CLIENT', 'PAUSE', '1500', 'ALL']);
    const began = performance.now();
    give('two');
    expect(performance.now() - began).toBeLessThan(50);
    await stands('failing', /no answer in time/);
    expect(performance.now() - began).toBeLessThan(1200);
    expect(place()?.state).toBe('waiting');
    give('three');
    await stands('ready', null);
    await allWritten();
    expect(await values()).toEqual(tokens('three'));
  });

  it('asleep for a while (DEBUG SLEEP): an older token that it wrote late does not stay', async () => {
    handout.configure(settings(), null);
    give('one');
    await allWritten();
    const client = await server.client();
    void client.sendCommand(['DEBUG', 'SLEEP', '1']).catch(() => undefined);
    give('two');
    await stands('failing', /no answer in time/);
    give('three');
    await soon(async () => expect(await values()).toEqual(tokens('three')));
    await new Promise((done) => setTimeout(done, 400));
    expect(await values()).toEqual(tokens('three'));
    await allWritten();
  });

  it('stopped (SIGSTOP) while idle: found out by itself', async () => {
    handout.configure(settings(), null);
    await stands('ready', null);
    process.kill(server.pid, 'SIGSTOP');
    await stands('failing', /no answer in time/);
    process.kill(server.pid, 'SIGCONT');
    await stands('ready', null);
  });

  it('with a password: a wrong one and none are named, and the right one writes', async () => {
    await startWith({ password: PASSWORD });
    give('one');
    handout.configure(settings(), null);
    await stands('failing', /asks for a password/);
    handout.configure(settings(), 'another text of a test');
    await stands('failing', /WRONGPASS/);
    expect(place()).toMatchObject({ state: 'waiting', detail: expect.stringMatching(/WRONGPASS/) });
    handout.configure(settings(), PASSWORD);
    await allWritten();
    expect(await values()).toEqual(tokens('one'));
    expect(handout.status()).toMatchObject({ status: 'ready', detail: null });
  });

  it('without a password though one is set here: says so', async () => {
    handout.configure(settings(), PASSWORD);
    await stands('failing', /this Redis has none/);
  });

  it('with an ACL user: its own keys are written, a forbidden one is named and holds up no other', async () => {
    await startWith({ password: PASSWORD });
    const rule = [
      '+ping',
      '+select',
      '+get',
      '+pttl',
      '+set',
      '+eval',
      '+multi',
      '+exec',
      '~wechat:*',
      '>pass of shop',
    ];
    const admin = await server.client();
    await admin.sendCommand(['ACL', 'SETUSER', 'shop', 'on', ...rule]);
    handout.setTargets(APP, [{ profile: 'plain' }, { profile: 'wxjava' }]);
    handout.configure(settings({ username: 'shop', db: 3 }), 'pass of shop');
    give('one');
    await soon(() =>
      expect(handout.places(APP).map((each) => each.place)).toMatchObject([
        { state: 'written' },
        { state: 'failing', detail: expect.stringMatching(/NOPERM/) },
      ]),
    );
    await admin.sendCommand(['SELECT', '3']);
    expect(await admin.get(KEY)).toBe(`token-one-${APP}`);
    expect(handout.status().status).toBe('ready');
    await admin.sendCommand(['ACL', 'SETUSER', 'shop', '~wx:*']);
    await soon(() =>
      expect(handout.places(APP).map((each) => each.place.state)).toEqual(['written', 'written']),
    );
  });

  it('with an ACL user that may not read: what cannot be watched over is told', async () => {
    await startWith({ password: PASSWORD });
    const admin = await server.client();
    const rule = ['on', '+ping', '+set', '+eval', '+multi', '+exec', '~*', '>pass of shop'];
    await admin.sendCommand(['ACL', 'SETUSER', 'shop', ...rule]);
    handout.configure(settings({ username: 'shop' }), 'pass of shop');
    give('one');
    await soon(() =>
      expect(place()).toMatchObject({ state: 'failing', detail: expect.stringMatching(/may not read/) }),
    );
    expect(await admin.get(KEY)).toBe(`token-one-${APP}`);
  });

  it('without that database: says so', async () => {
    handout.configure(settings({ db: 99 }), null);
    await stands('failing', /no database of that number/);
  });

  it('full: named, and caught up with when there is room', async () => {
    handout.configure(settings(), null);
    give('one');
    await allWritten();
    const admin = await server.client();
    await admin.configSet('maxmemory', '1');
    give('two');
    await stands('failing', /full.*OOM/);
    expect(place()).toMatchObject({ state: 'waiting', detail: expect.stringMatching(/OOM/) });
    expect(handout.client()).not.toBeNull();
    await admin.configSet('maxmemory', '0');
    await allWritten();
    await stands('ready', null);
    expect(await values()).toEqual(tokens('two'));
  });

  it('a read-only replica: named, and caught up with when it is a master', async () => {
    const master = await startRedis();
    const admin = await server.client();
    await admin.sendCommand(['REPLICAOF', '127.0.0.1', `${master.port}`]);
    handout.configure(settings(), null);
    give('one');
    await stands('failing', /READONLY/);
    await admin.sendCommand(['REPLICAOF', 'NO', 'ONE']);
    await allWritten();
    await stands('ready', null);
    await master.stop();
  });

  describe('over TLS', () => {
    const trusted = getCACertificates('default');
    beforeEach(() => startWith({ tls: true, password: PASSWORD }));
    afterEach(() => setDefaultCACertificates(trusted));

    it('writes where the certificate is trusted', async () => {
      setDefaultCACertificates([...trusted, server.ca ?? '']);
      handout.configure(settings({ host: 'localhost', tls: true }), PASSWORD);
      give('one');
      await allWritten();
      expect(await values()).toEqual(tokens('one'));
    });

    it('sends nothing where it is not, and says so', async () => {
      handout.configure(settings({ host: 'localhost', tls: true }), PASSWORD);
      await stands('failing', /certificate is not trusted/);
    });

    it('says so when one side speaks TLS and the other does not', async () => {
      handout.configure(settings(), null);
      await stands('failing', /TLS|closed|lost/);
      await startWith({});
      handout.configure(settings({ host: 'localhost', tls: true }), null);
      await stands('failing', /TLS/);
    });
  });

  it('at an address that is no address: says so', async () => {
    handout.configure(settings({ host: 'redis.invalid' }), null);
    await stands('failing', /host name is not known/);
  });

  it.each([
    ['one line without end', '+', 'x'],
    ['one answer of gigabytes', '$9999999999\r\n', 'x'],
    ['answers without end', '', '+OK\r\n'],
  ])('something that sends %s is let go of, and takes no memory', async (_, first, then) => {
    const piece = Buffer.from(then.repeat(65_536 / then.length));
    const flood = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(first);
      const more = () => {
        while (socket.writable && socket.write(piece));
        socket.once('drain', more);
      };
      more();
    });
    await new Promise<void>((listening) => flood.listen(0, '127.0.0.1', listening));
    const { port } = flood.address() as { port: number };
    const before = process.memoryUsage().rss;
    handout.configure(settings({ port }), null);
    let most = 0;
    const until = performance.now() + 4000;
    while (performance.now() < until) {
      most = Math.max(most, process.memoryUsage().rss - before);
      await new Promise((again) => setTimeout(again, 20));
    }
    await stands('failing', /far more came|closed|no answer/);
    handout.configure(null, null);
    flood.close();
    expect(most / 2 ** 20).toBeLessThan(400);
  });

  it('closing lets the last token out and then ends, also with Redis asleep', async () => {
    handout.configure(settings(), null);
    await stands('ready', null);
    give('last');
    await handout.close();
    expect(await values()).toEqual(tokens('last'));

    const second = createRedisHandout({
      ...{ desk: fake.desk, changed: () => undefined, clock: Date.now, pace: REDIS_PACE },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    second.setTargets(APP, [{ profile: 'plain' }]);
    second.configure(settings(), null);
    await soon(() => expect(second.client()).not.toBeNull());
    process.kill(server.pid, 'SIGSTOP');
    give('later');
    const began = performance.now();
    await second.close();
    expect(performance.now() - began).toBeLessThan(900);
    process.kill(server.pid, 'SIGCONT');
  });
});
