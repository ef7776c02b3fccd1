/** Several consoles on one real Redis: who asks WeChat, whatever happens to the consoles and to Redis. */
import { setTimeout as wait } from 'node:timers/promises';
import { describe, it, vi } from 'vitest';
import { whyNoRedis } from '../support/redis-server.ts';
import { APP_ID, type FakeConsole } from '../support/two-consoles-desk.ts';
import { ownerProcess } from '../support/two-consoles-process.ts';
import { asks, onRedis, paired, sampled } from '../support/two-consoles-redis.ts';

const LEASE = `wtc:lease:${APP_ID}`;
const FENCE = `wtc:fence:${APP_ID}`;
const RECORD = `wtc:token:${APP_ID}`;

const noRedis = whyNoRedis();
// They mostly wait for leases to run out.
vi.setConfig({ maxConcurrency: 12, testTimeout: 60_000 });

describe.skipIf(noRedis !== null)('two consoles on one Redis', { timeout: 60_000 }, () => {
  it.concurrent('one leads, the other follows and has its token at once', ({ expect }) =>
    onRedis(async (redis, open) => {
      const { leader, follower } = await paired(open);
      leader.obtain('the-first');
      await expect.poll(() => follower.current()?.accessToken, { timeout: 1000 }).toBe('the-first');
      const client = await redis.client();
      const record = JSON.parse((await client.get(RECORD)) ?? '');
      const fence = Number(await client.get(FENCE));
      expect(Object.keys(record)).toEqual(['accessToken', 'obtainedAt', 'expiresAt', 'line', 'fence']);
      expect(record).toMatchObject({ accessToken: 'the-first', line: 'standard', fence });
      expect(Math.abs(record.expiresAt - (leader.current()?.endsAt ?? 0))).toBeLessThan(1000);
      const rest = await client.pTTL(RECORD);
      expect([rest > 7_190_000, rest <= 7_200_000]).toEqual([true, true]);
      const difference = (follower.current()?.endsAt ?? 0) - (leader.current()?.endsAt ?? 0);
      expect(Math.abs(difference)).toBeLessThan(1000);
      expect(leader.notes).not.toContain('adopt the-first');
    }));

  it.concurrent('closing hands over at once; the token is taken over before the lead', ({ expect }) =>
    onRedis(async (redis, open) => {
      const { leader, follower } = await paired(open);
      const end = sampled(leader, follower);
      leader.obtain('the-first');
      follower.notes.length = 0;
      const fence = Number(await (await redis.client()).get(FENCE));
      const before = performance.now();
      await leader.lease.close();
      expect(performance.now() - before).toBeLessThan(1000);
      await expect.poll(follower.role, { timeout: 2000 }).toMatch(/leading|alone/);
      expect(follower.notes.slice(0, 2)).toEqual(['adopt the-first', expect.stringMatching(/leading|alone/)]);
      expect(Number(await (await redis.client()).get(FENCE))).toBe(fence + 1);
      expect(end().several).toBe(0);
    }));

  it.concurrent('does not give the lease back while a call is under way', ({ expect }) =>
    onRedis(async (redis, open) => {
      const { leader, follower } = await paired(open);
      leader.change({ phase: 'refreshing' });
      const closing = leader.lease.close();
      await wait(100);
      expect(follower.role()).toBe('following');
      leader.obtain('just-in-time');
      leader.change({ phase: 'live' });
      await closing;
      await expect.poll(follower.role, { timeout: 2000 }).toMatch(/leading|alone/);
      expect(follower.current()?.accessToken).toBe('just-in-time');
      follower.change({ phase: 'refreshing' });
      await follower.lease.close();
      const kept = await (await redis.client()).get(LEASE);
      expect([null, '-']).not.toContain(kept);
    }));

  it.concurrent('a killed owner is followed within 15 s, with its token', ({ expect }) =>
    onRedis(async (redis, open) => {
      const owner = ownerProcess(redis.url);
      await expect.poll(() => owner.lines.at(-1), { timeout: 16_000 }).toBe('alone');
      owner.obtain();
      const follower = await open();
      await expect.poll(() => follower.current()?.accessToken, { timeout: 3000 }).toBe('of-the-owner');
      await expect.poll(() => owner.lines.at(-1), { timeout: 9000 }).toBe('leading');
      await owner.kill();
      const died = performance.now();
      await expect.poll(follower.role, { timeout: 16_000, interval: 20 }).toBe('leading');
      expect(performance.now() - died).toBeLessThan(15_000);
      expect(follower.notes.filter((note) => note !== 'following')).toEqual([
        'adopt of-the-owner',
        'leading',
      ]);
    }));

  it.concurrent('an owner that was stopped and wakes does not lead any more', ({ expect }) =>
    onRedis(async (redis, open) => {
      const owner = ownerProcess(redis.url);
      await expect.poll(() => owner.lines.at(-1), { timeout: 16_000 }).toBe('alone');
      const follower = await open();
      await expect.poll(() => owner.lines.at(-1), { timeout: 9000 }).toBe('leading');
      owner.signal('SIGSTOP');
      const stopped = performance.now();
      await expect.poll(follower.role, { timeout: 16_000, interval: 20 }).toBe('leading');
      expect(performance.now() - stopped).toBeLessThan(15_000);
      await wait(1000);
      owner.signal('SIGCONT');
      await expect.poll(() => owner.lines.includes('woken following'), { timeout: 2000 }).toBe(true);
      expect(owner.lines).not.toContain('woken leading');
      await wait(5000);
      expect([owner.lines.at(-1), follower.role()]).toEqual([expect.stringMatching('following'), 'leading']);
      await owner.kill();
    }));

  it.concurrent('Redis flushed: never two, and the record comes back', ({ expect }) =>
    onRedis(async (redis, open) => {
      const { leader, follower } = await paired(open);
      leader.obtain('the-first');
      await expect.poll(() => follower.current()?.accessToken).toBe('the-first');
      const end = sampled(leader, follower);
      const client = await redis.client();
      for (let n = 0; n < 4; n += 1) {
        await client.flushAll();
        await wait(1500 + n * 900);
      }
      await expect.poll(() => [leader, follower].filter(asks).length, { timeout: 16_000 }).toBe(1);
      await expect.poll(async () => (await client.get(RECORD)) ?? '').toContain('the-first');
      expect(end().several).toBe(0);
    }));

  it.concurrent('a console that starts right after a flush waits until the owner has noticed', ({ expect }) =>
    onRedis(async (redis, open) => {
      const owner = await open();
      await expect.poll(owner.role, { timeout: 16_000 }).toBe('alone');
      const end = sampled(owner, { role: () => fresh?.role() });
      let fresh: FakeConsole | undefined;
      await (await redis.client()).flushAll();
      fresh = await open();
      await wait(14_000);
      expect([owner, fresh].filter(asks)).toHaveLength(1);
      expect(end().several).toBe(0);
    }));

  it.concurrent('Redis restarted, killed or not: never two, and soon one again', ({ expect }) =>
    onRedis(async (redis, open) => {
      const { leader, follower } = await paired(open);
      leader.obtain('the-first');
      const end = sampled(leader, follower);
      await redis.restart();
      await wait(6000);
      await redis.kill('SIGKILL');
      await wait(1000);
      await redis.restart();
      await expect.poll(() => [leader, follower].filter(asks).length, { timeout: 16_000 }).toBe(1);
      await wait(5000);
      // Whoever leads may have missed a renewal on a busy machine, and has then handed over: still never two.
      await expect.poll(() => [leader, follower].filter(asks).length, { timeout: 16_000 }).toBe(1);
      expect(end().several).toBe(0);
    }));

  it.concurrent('Redis pausing for longer than a lease: never two, and one again', ({ expect }) =>
    onRedis(async (redis, open) => {
      const { leader, follower } = await paired(open);
      const end = sampled(leader, follower);
      await (await redis.client()).sendCommand(['CLIENT', 'PAUSE', '9000', 'ALL']);
      await wait(14_000);
      await expect.poll(() => [leader, follower].filter(asks).length, { timeout: 16_000 }).toBe(1);
      expect(end().several).toBe(0);
    }));

  it.concurrent('Redis gone: nobody asks while the token lives, each in its last moment', ({ expect }) =>
    onRedis(async (redis, open) => {
      const { leader, follower } = await paired(open);
      leader.obtain('the-first');
      await expect.poll(() => follower.current()?.accessToken).toBe('the-first');
      const end = sampled(leader, follower);
      await redis.kill();
      await wait(15_000);
      expect([leader.role(), follower.role()]).toEqual(['following', 'following']);
      expect(end().several).toBe(0);
      follower.obtain('nearly-dead', APP_ID, 7_100_000);
      await expect.poll(follower.role, { timeout: 3000 }).toBe('alone');
      expect(leader.role()).toBe('following');
      leader.bury();
      await expect.poll(leader.role, { timeout: 3000 }).toBe('alone');
    }));

  it.concurrent('Redis gone, and nobody else: goes on; a Redis that comes back empty is waited for', ({
    expect,
  }) =>
    onRedis(async (redis, open) => {
      const only = await open();
      await expect.poll(only.role, { timeout: 16_000 }).toBe('alone');
      const end = sampled(only);
      await redis.kill();
      await wait(14_000);
      expect(only.role()).toBe('alone');
      expect(end().nobodyMs).toBeLessThan(1500);
      await redis.restart();
      await expect.poll(only.role, { timeout: 3000 }).toBe('following');
      await expect.poll(only.role, { timeout: 16_000 }).toBe('alone');
    }));
});
