/** Handing out through a real redis-server: what is written, what is put right, what is left alone. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RedisProfile, RedisTarget } from '../../electron/console/contract.ts';
import { entriesOf } from '../../electron/handout/redis/profiles.ts';
import { createRedisHandout, REDIS_PACE, type RedisHandout } from '../../electron/handout/redis/redis.ts';
import { type FakeDesk, fakeDesk } from '../support/redis-desk.ts';
import { type RedisClient, type RedisServer, startRedis, whyNoRedis } from '../support/redis-server.ts';

const PROFILES: readonly RedisProfile[] = [
  'wxjava',
  'easywechat6',
  'easywechat5',
  'silenceper',
  'wechatpy',
  'powerwechat',
  'plain',
];
const APP = 'wxtestapp0000001';
const KEY = 'wechat:access_token:wxtestapp0000001';
const PLAIN: readonly RedisTarget[] = [{ profile: 'plain' }];
const FAST = { ...REDIS_PACE, reconcile: 60 };

const reason = whyNoRedis();

describe.skipIf(reason !== null)(`Redis${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  let server: RedisServer;
  let redis: RedisClient;
  let fake: FakeDesk;
  let handout: RedisHandout;
  const lines: string[] = [];
  const changed = vi.fn();

  const open = (pace = FAST) => {
    const say = (facts: object, message: string) => void lines.push(`${JSON.stringify(facts)} ${message}`);
    const log = { info: say, warn: say, error: say };
    return createRedisHandout({ desk: fake.desk, log, changed, clock: Date.now, pace });
  };
  const configure = (on = handout) =>
    on.configure({ host: '127.0.0.1', port: server.port, db: 0, username: null, tls: false }, null);
  const place = (index = 0) => handout.places(APP)[index]?.place;
  const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 4000, interval: 10 });
  const holds = (value: string | null, key = KEY) =>
    soon(async () => expect(await redis.get(key)).toBe(value));
  const standsAt = (state: string, index = 0) => soon(() => expect(place(index)?.state).toBe(state));

  beforeEach(async () => {
    server = await startRedis();
    redis = await server.client();
    fake = fakeDesk();
    fake.account(APP);
    lines.length = 0;
    changed.mockClear();
    handout = open();
  });
  afterEach(async () => {
    await handout.close();
    await server.stop();
  });

  describe.each(['official', 'mini'] as const)('a %s account', (kind) => {
    it.each(['standard', 'stable'] as const)('on the %s line is written byte for byte', async (line) => {
      fake.account(APP, { kind, line });
      const targets = PROFILES.map((profile) => ({ profile, configuredSecret: `text-for-${profile}` }));
      const own = { profile: 'node-easywechat', prefix: 'node:' } as const;
      configure();
      handout.setTargets(APP, [...targets, own]);
      fake.give(APP, 'token-one', 7200);
      await soon(() =>
        expect(handout.places(APP).map(({ place }) => place.state)).toEqual(Array(8).fill('written')),
      );

      const token = fake.desk.token(APP);
      if (!token) throw new Error('no token');
      const expected = [...targets, own].flatMap((target) =>
        entriesOf(target, { appId: APP, kind, line }, token, token.obtainedAt + 1),
      );
      expect((await redis.keys('*')).sort()).toEqual(expected.map(({ key }) => key).sort());
      expect(handout.places(APP).flatMap(({ keys }) => keys)).toEqual(expected.map(({ key }) => key));
      for (const { key, value } of expected) {
        // Written within two seconds of the token, so with 7199 or 7198 seconds left.
        const seconds = Number(/7199|7198/.exec((await redis.get(key)) ?? '')?.[0] ?? 7199);
        expect(await redis.get(key)).toBe(value.replace('7199', `${seconds}`));
        const ttl = await redis.pTTL(key);
        expect(ttl).toBeGreaterThan(7_190_000);
        expect(ttl).toBeLessThanOrEqual(token.endsAt - Date.now());
      }
    });
  });

  it('writes all targets of an account in one MULTI, and deletes nothing before it', async () => {
    const seen: string[] = [];
    const monitor = await server.client();
    await monitor.monitor((line) => void seen.push(`${line}`));
    handout = await replaced(handout, open({ ...REDIS_PACE, reconcile: 60_000 }));
    handout.setTargets(APP, [{ profile: 'wxjava' }, { profile: 'wechatpy' }, { profile: 'powerwechat' }]);
    configure();
    await soon(() => expect(handout.status().status).toBe('ready'));
    for (const token of ['token-one', 'token-two']) {
      seen.length = 0;
      fake.give(APP, token);
      await standsAt('written', 2);
      await soon(() => expect(seen.join()).toMatch(/"EXEC"/i));
      const verbs = seen
        .map((line) => /\] "(\w+)"/.exec(line)?.[1]?.toUpperCase())
        // The first look at the keys may end in between.
        .filter((verb) => verb !== 'PING');
      expect(verbs).toEqual(['MULTI', 'SET', 'SET', 'SET', 'SET', 'EXEC']);
      expect(seen.join()).toContain(token);
    }
  });

  it('writes the newest of many tokens, and never an older one last', async () => {
    handout.setTargets(APP, PLAIN);
    configure();
    await soon(() => expect(handout.status().status).toBe('ready'));
    for (let n = 1; n <= 200; n += 1) fake.give(APP, `token-${n}`);
    await holds('token-200');
    await new Promise((done) => setTimeout(done, 200));
    expect(await redis.get(KEY)).toBe('token-200');
  });

  describe('a key', () => {
    beforeEach(async () => {
      handout.setTargets(APP, PLAIN);
      configure();
      fake.give(APP, 'token-one');
      await standsAt('written');
    });

    it('that an SDK removes (WxJava’s EXPIRE 0) is written again', async () => {
      await redis.expire(KEY, 0);
      expect(await redis.get(KEY)).toBeNull();
      await holds('token-one');
      expect(await redis.ttl(KEY)).toBeGreaterThan(7000);
    });

    it('that is gone with all others (FLUSHALL) is written again', async () => {
      await redis.flushAll();
      await holds('token-one');
    });

    it('with another writer’s token is left alone and told, until a person takes it over', async () => {
      await redis.set(KEY, 'token-of-another', { expiration: { type: 'EX', value: 7000 } });
      await standsAt('foreign');
      expect(place()?.detail).toMatch(/another writer is there since 20..-.*left alone/);
      await new Promise((done) => setTimeout(done, 300));
      expect(await redis.get(KEY)).toBe('token-of-another');
      expect(lines.filter((line) => line.includes('another writer'))).toHaveLength(1);
      expect(lines.join()).not.toContain('token-of-another');

      handout.setTargets(APP, PLAIN);
      await holds('token-one');
      await standsAt('written');
    });

    it('with another writer’s token gives way to the next token of this console', async () => {
      await redis.set(KEY, 'token-of-another');
      await standsAt('foreign');
      fake.give(APP, 'token-two');
      await holds('token-two');
      await standsAt('written');
    });

    it('with an older token of this console is put right', async () => {
      fake.give(APP, 'token-two');
      await holds('token-two');
      await redis.set(KEY, 'token-one');
      await holds('token-two');
      expect(await redis.ttl(KEY)).toBeGreaterThan(7000);
      expect(place()?.state).toBe('written');
    });

    it('whose life was taken away or made longer than the token’s is put right', async () => {
      await redis.persist(KEY);
      await soon(async () => expect(await redis.ttl(KEY)).toBeGreaterThan(7000));
      await redis.expire(KEY, 9000);
      await soon(async () => expect(await redis.ttl(KEY)).toBeLessThanOrEqual(7200));
      expect(place()?.state).toBe('written');
    });

    it('that has become a list is told and left alone', async () => {
      await redis.del(KEY);
      await redis.multi().del(KEY).rPush(KEY, 'x').exec();
      await soon(async () => expect([place()?.state, await redis.type(KEY)]).toEqual(['foreign', 'list']));
    });

    it('is deleted when the token is dead before its time', async () => {
      fake.lose(APP);
      await holds(null);
      expect(place()?.state).toBe('idle');
    });

    it('is not deleted with the token while it holds another writer’s', async () => {
      await redis.set(KEY, 'token-of-another');
      fake.lose(APP);
      await new Promise((done) => setTimeout(done, 200));
      expect(await redis.get(KEY)).toBe('token-of-another');
    });

    it('goes with its account, and with its target, unless it is another’s', async () => {
      handout.setTargets(APP, [{ profile: 'plain' }, { profile: 'plain', prefix: 'second' }]);
      await holds('token-one', 'second:access_token:wxtestapp0000001');
      handout.setTargets(APP, PLAIN);
      await holds(null, 'second:access_token:wxtestapp0000001');
      expect(await redis.get(KEY)).toBe('token-one');
      fake.remove(APP);
      handout.forget(APP);
      await holds(null);
      expect(handout.places(APP)).toEqual([]);
    });

    it('is deleted once Redis is back, when its account went meanwhile', async () => {
      const before = (await redis.dump(KEY)) ?? '';
      await server.kill();
      await soon(() => expect(handout.status().status).toBe('failing'));
      fake.remove(APP);
      handout.forget(APP);
      await server.restart();
      redis = await server.client();
      expect(before).toBeTruthy();
      await redis.set(KEY, 'token-one');
      await holds(null);
    });
  });

  it('keeps two lines apart: after a change of line the new key is written without a new token', async () => {
    handout.setTargets(APP, [{ profile: 'silenceper' }]);
    configure();
    fake.give(APP, 'token-one');
    await holds('token-one', `gowechat_officialaccount__access_token_${APP}`);
    fake.account(APP, { line: 'stable' });
    await holds('token-one', `gowechat_officialaccount__stable_access_token_${APP}`);
  });

  it('does not write while another console leads, and does once this one leads', async () => {
    handout = await replaced(handout, open({ ...REDIS_PACE, reconcile: 60_000 }));
    fake.account(APP, { role: 'following' });
    handout.setTargets(APP, PLAIN);
    configure();
    await soon(() => expect(handout.status().status).toBe('ready'));
    fake.give(APP, 'token-one');
    await new Promise((done) => setTimeout(done, 100));
    expect(await redis.get(KEY)).toBeNull();
    expect(place()).toMatchObject({ state: 'idle', detail: expect.stringContaining('another console') });
    fake.account(APP, { role: 'leading' });
    handout.roleChanged(APP);
    await holds('token-one');
  });

  it('names two targets that would write one key, and writes the second once the key is free', async () => {
    fake.account('wxtestapp0000002');
    fake.give('wxtestapp0000002', 'token-of-two');
    fake.give(APP, 'token-of-one');
    handout.setTargets('wxtestapp0000002', [{ profile: 'plain', key: 'shared' }]);
    handout.setTargets(APP, [
      { profile: 'wxjava', key: 'shared' },
      { profile: 'plain', key: 'wtc:lease:x' },
    ]);
    configure();
    await holds('token-of-two', 'shared');
    expect(handout.places(APP).map((each) => each.place.state)).toEqual(['failing', 'failing']);
    expect(place()?.detail).toMatch(/another target/);
    handout.setTargets('wxtestapp0000002', []);
    await holds('token-of-one', 'shared');
    expect(await redis.exists('wtc:lease:x')).toBe(0);
  });

  it('writes nothing in a token’s last second, and lets it end with the token', async () => {
    handout.setTargets(APP, PLAIN);
    configure();
    await soon(() => expect(handout.status().status).toBe('ready'));
    fake.give(APP, 'token-short', 1.9);
    await holds('token-short');
    const ttl = await redis.pTTL(KEY);
    expect(ttl).toBeLessThanOrEqual(1000);
    await holds(null);
  });
});

async function replaced(before: RedisHandout, after: RedisHandout): Promise<RedisHandout> {
  await before.close();
  return after;
}
