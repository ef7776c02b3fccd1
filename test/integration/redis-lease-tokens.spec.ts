/** Several consoles on one real Redis: which token counts, and who is able to lead. */
import { setTimeout as wait } from 'node:timers/promises';
import { describe, it, vi } from 'vitest';
import { whyNoRedis } from '../support/redis-server.ts';
import { APP_ID, fakeConsole } from '../support/two-consoles-desk.ts';
import { asks, onRedis, paired, sampled } from '../support/two-consoles-redis.ts';

const LEASE = `wtc:lease:${APP_ID}`;
const RECORD = `wtc:token:${APP_ID}`;

const noRedis = whyNoRedis();
// They mostly wait for leases to run out.
vi.setConfig({ maxConcurrency: 12, testTimeout: 60_000 });

describe.skipIf(noRedis !== null)('tokens between consoles', { timeout: 60_000 }, () => {
  it.concurrent('the newest wins: one obtained without Redis is brought in, an outdated one is not', ({
    expect,
  }) =>
    onRedis(async (redis, open) => {
      const { leader, follower } = await paired(open);
      leader.obtain('the-first', APP_ID, 60_000);
      await expect.poll(() => follower.current()?.accessToken).toBe('the-first');
      follower.obtain('outdated', APP_ID, 120_000);
      await expect.poll(() => follower.current()?.accessToken, { timeout: 6000 }).toBe('the-first');
      expect(leader.notes).not.toContain('adopt outdated');
      follower.cut();
      follower.obtain('newer', APP_ID, 10_000);
      await follower.reconnect();
      await expect.poll(() => leader.current()?.accessToken, { timeout: 6000 }).toBe('newer');
      expect((await (await redis.client()).get(RECORD)) ?? '').toContain('newer');
      expect(follower.current()?.accessToken).toBe('newer');
    }));

  it.concurrent('a record under a higher fence is not overwritten by an owner of old', ({ expect }) =>
    onRedis(async (redis, open) => {
      const { leader } = await paired(open);
      const client = await redis.client();
      leader.obtain('the-first', APP_ID, 60_000);
      await expect.poll(() => client.get(RECORD)).toBeTruthy();
      const record = JSON.parse((await client.get(RECORD)) ?? '');
      const higher = JSON.stringify({
        ...record,
        accessToken: 'under-a-higher-fence',
        fence: record.fence + 5,
      });
      await client.set(RECORD, higher, { expiration: { type: 'PX', value: 600_000 } });
      leader.obtain('later', APP_ID, 30_000);
      await wait(500);
      expect(await client.get(RECORD)).toBe(higher);
    }));

  it.concurrent('a token from before Redis was switched on is known as this console’s own when it ends', ({
    expect,
  }) =>
    onRedis(async (redis, open) => {
      const only = await open();
      await expect.poll(only.role, { timeout: 16_000 }).toBe('alone');
      await only.lease.stop();
      only.obtain('from-before');
      only.lease.start();
      await only.reconnect();
      const client = await redis.client();
      await expect
        .poll(async () => (await client.get(RECORD)) ?? '', { timeout: 6000 })
        .toContain('from-before');
      only.notes.length = 0;
      only.bury(); // somebody else fetched a token: WeChat called this one dead
      await expect.poll(() => client.get(RECORD), { timeout: 6000 }).toBeNull();
      expect(only.current()).toBeUndefined();
      expect(only.notes).not.toContain('adopt from-before');
      expect(asks(only)).toBe(true);
    }));

  it.concurrent('a token that WeChat called dead leaves Redis and is not taken over again', ({ expect }) =>
    onRedis(async (redis, open) => {
      const { leader, follower } = await paired(open);
      const client = await redis.client();
      leader.obtain('the-first');
      await expect.poll(() => follower.current()?.accessToken).toBe('the-first');
      const record = (await client.get(RECORD)) ?? '';
      leader.bury();
      await expect.poll(() => client.get(RECORD)).toBeNull();
      await client.set(RECORD, record);
      follower.bury();
      await wait(5000);
      expect([leader.current(), follower.current()]).toEqual([undefined, undefined]);
      leader.obtain('the-next');
      await expect.poll(() => follower.current()?.accessToken).toBe('the-next');
    }));

  it.concurrent('who takes over does not lead before its vault has the token; its other leases live on', ({
    expect,
  }) =>
    onRedis(async (redis, open) => {
      const other = 'wx00000000000000b2';
      const appIds = [APP_ID, other];
      const [first, second] = [await open({ appIds }), await open({ appIds })];
      await expect.poll(() => [first, second].filter(asks).length, { timeout: 16_000 }).toBe(1);
      const [leader, follower] = asks(first) ? [first, second] : [second, first];
      const vault = Promise.withResolvers<void>();
      follower.slowVault(vault.promise);
      leader.obtain('the-first');
      await wait(200);
      await leader.lease.close();
      await expect.poll(() => follower.roles.get(other), { timeout: 2000 }).toMatch(/leading|alone/);
      await wait(13_000);
      expect([follower.role(), follower.roles.get(other)]).toEqual([
        'following',
        expect.stringMatching(/leading|alone/),
      ]);
      vault.resolve();
      await expect.poll(follower.role, { timeout: 1000 }).toMatch(/leading|alone/);
      expect(follower.current()?.accessToken).toBe('the-first');
      expect(await (await redis.client()).get(LEASE)).not.toBe('-');
    }));

  it.concurrent('an account that cannot ask leaves the lead to another console', ({ expect }) =>
    onRedis(async (_, open) => {
      const { leader, follower } = await paired(open);
      const end = sampled(leader, follower);
      leader.change({ phase: 'paused' });
      await expect.poll(follower.role, { timeout: 6000 }).toBe('leading');
      leader.change({ phase: 'live' });
      follower.change({ secret: 'locked' });
      await expect.poll(leader.role, { timeout: 16_000 }).toBe('leading');
      expect(end().several).toBe(0);
    }));

  it.concurrent('an account that was removed is the other console’s at once', ({ expect }) =>
    onRedis(async (_, open) => {
      const { leader, follower } = await paired(open);
      leader.lease.setAccounts([]);
      await expect.poll(follower.role, { timeout: 1000 }).toBe('leading');
      leader.lease.setAccounts([APP_ID]);
      await wait(300);
      expect([leader.role(), follower.role()]).toEqual(['following', 'leading']);
    }));

  it.concurrent('a new account of a running console is led at once', ({ expect }) =>
    onRedis(async (_, open) => {
      const only = await open();
      await expect.poll(only.role, { timeout: 16_000 }).toBe('alone');
      const added = 'wx00000000000000c3';
      const another = await open({ appIds: [added] });
      await expect.poll(() => another.roles.get(added), { timeout: 16_000 }).toBe('leading');
      await another.close();
      const before = performance.now();
      only.lease.setAccounts([APP_ID, added]);
      await expect.poll(() => only.lease.role(added), { interval: 5 }).toMatch(/leading|alone/);
      expect(performance.now() - before).toBeLessThan(500);
    }));

  it.concurrent('switched off and on again: gives back, and takes up', ({ expect }) =>
    onRedis(async (redis, open) => {
      const { leader, follower } = await paired(open);
      await leader.lease.stop();
      await expect.poll(follower.role, { timeout: 2000 }).toMatch(/leading|alone/);
      await expect.poll(follower.role, { timeout: 6000 }).toBe('alone');
      leader.notes.length = 0;
      await leader.reconnect();
      await expect.poll(follower.role, { timeout: 16_000 }).toBe('leading');
      expect(new Set(leader.notes)).toEqual(new Set(['following']));
      expect(await (await redis.client()).zCard('wtc:consoles')).toBe(2);
    }));

  it.concurrent('a user without a right to channels looks instead', ({ expect }) =>
    onRedis(async (redis, open) => {
      const client = await redis.client();
      await client.sendCommand([
        ...['ACL', 'SETUSER', 'console', 'on', 'nopass', '~wtc:*', 'resetchannels'],
        ...['+@read', '+@write', '+@scripting', '+@connection', '+@pubsub', '+time'],
      ]);
      const url = redis.url.replace('redis://', 'redis://console:any@');
      const deaf = await fakeConsole(url);
      const leader = await open();
      await expect.poll(() => [deaf, leader].filter(asks).length, { timeout: 16_000 }).toBe(1);
      await expect.poll(() => deaf.logged.join(), { timeout: 3000 }).toMatch(/looking instead/);
      const [first, second] = asks(deaf) ? [deaf, leader] : [leader, deaf];
      first.obtain('the-first');
      await expect.poll(() => second.current()?.accessToken, { timeout: 6000 }).toBe('the-first');
      await deaf.close();
    }));

  it.concurrent('1,000 accounts are looked at in one go', ({ expect }) =>
    onRedis(async (redis, open) => {
      const appIds = Array.from({ length: 1000 }, (_, n) => `wx${n.toString(16).padStart(16, '0')}`);
      const only = await open({ appIds });
      await expect.poll(() => only.roles.get(appIds.at(-1) ?? ''), { timeout: 16_000 }).toBe('alone');
      const client = await redis.client();
      await client.configResetStat();
      await wait(8500);
      const stats = await client.info('commandstats');
      const [, calls, usec] = /cmdstat_eval:calls=(\d+),usec=(\d+)/.exec(stats) ?? [];
      console.log(`1,000 accounts: ${calls} scripts in 8.5 s, ${Number(usec) / 1000} ms of Redis`);
      expect(Number(calls)).toBeLessThanOrEqual(3 * 11);
    }));
});
