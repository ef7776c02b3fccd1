/** What was found a moment ago may be gone: a repair touches a key only while it is as it was found. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newBook, newSpots, planOf } from '../../electron/handout/redis/book.ts';
import { createClaims } from '../../electron/handout/redis/claims.ts';
import { type Connection, connectRedis, REDIS_PACE } from '../../electron/handout/redis/connection.ts';
import { Publisher } from '../../electron/handout/redis/publisher.ts';
import { fakeDesk } from '../support/redis-desk.ts';
import { type RedisClient, type RedisServer, startRedis, whyNoRedis } from '../support/redis-server.ts';

const APP = 'wxtestapp0000001';
const KEY = `wechat:access_token:${APP}`;

const reason = whyNoRedis();

describe.skipIf(reason !== null)(`repairs${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  let server: RedisServer;
  let redis: RedisClient;
  let connection: Connection;
  beforeAll(async () => {
    server = await startRedis();
    redis = await server.client();
    const ready = Promise.withResolvers<void>();
    const settings = { host: '127.0.0.1', port: server.port, db: 0, username: null, tls: false };
    connection = connectRedis(settings, null, REDIS_PACE, (news) => 'client' in news && ready.resolve());
    await ready.promise;
  });
  afterAll(async () => {
    connection.close();
    await server.stop();
  });
  beforeEach(() => redis.flushAll());

  function prepared() {
    const fake = fakeDesk();
    fake.account(APP);
    fake.give(APP, 'token-now', 100);
    const claims = createClaims();
    const book = newBook(APP);
    book.spots = newSpots(APP, [{ profile: 'plain' }]);
    const plan = planOf(book, fake.desk, claims, Date.now());
    const entry = plan?.lines[0]?.entries[0];
    if (plan === null || entry === undefined) throw new Error('no plan');
    const nothing = () => undefined;
    const publisher = new Publisher({
      ...{ desk: fake.desk, claims, now: Date.now, answered: nothing, changed: nothing },
      connection: () => connection,
    });
    return { publisher, book, plan, entry };
  }

  it('adds a missing key, unless another writer was faster', async () => {
    const { publisher, book, plan, entry } = prepared();
    await publisher.repair(book, plan, [{ kind: 'add', entry }]);
    expect([await redis.get(KEY), await redis.ttl(KEY)]).toEqual(['token-now', expect.closeTo(99, -0.5)]);
    await redis.set(KEY, 'token-of-a-faster-one');
    await publisher.repair(book, plan, [{ kind: 'add', entry }]);
    expect([await redis.get(KEY), await redis.ttl(KEY)]).toEqual(['token-of-a-faster-one', -1]);
  });

  it('replaces what was found, and nothing else', async () => {
    const { publisher, book, plan, entry } = prepared();
    const repair = { kind: 'replace', entry, instead: 'token-before' } as const;
    await redis.set(KEY, 'token-of-a-faster-one');
    await publisher.repair(book, plan, [repair]);
    expect(await redis.get(KEY)).toBe('token-of-a-faster-one');
    await redis.set(KEY, 'token-before');
    await publisher.repair(book, plan, [repair]);
    expect([await redis.get(KEY), await redis.ttl(KEY)]).toEqual(['token-now', expect.closeTo(99, -0.5)]);
  });

  it('deletes either of the values it may have written, and nothing else', async () => {
    const { publisher } = prepared();
    const held = new Map([[KEY, { values: ['token-before', 'token-now'], until: Date.now() + 1000 }]]);
    for (const [value, stays] of [
      ['token-before', false],
      ['token-now', false],
      ['token-of-another', true],
    ] as const) {
      await redis.set(KEY, value);
      expect(await publisher.remove(held)).toBe(true);
      expect(await redis.exists(KEY)).toBe(stays ? 1 : 0);
    }
  });
});
