/** A Redis that stays away: tried again for as long as it takes, and nothing of a try stays behind. */
import { getEventListeners } from 'node:events';
import { expect, it, vi } from 'vitest';
import { connectRedis, REDIS_PACE } from '../../../electron/handout/redis/connection.ts';
import { closedPort } from '../../support/network-faults.ts';

it('keeps nothing of the attempts that failed', async () => {
  const listened = vi.spyOn(AbortSignal.prototype, 'addEventListener');
  const settings = { host: '127.0.0.1', port: await closedPort(), db: 0, username: null, tls: false };
  const heard = vi.fn();
  const connection = connectRedis(settings, null, { ...REDIS_PACE, backOff: [1, 2] }, heard);
  await vi.waitFor(() => expect(heard.mock.calls.length).toBeGreaterThan(30), 10_000);
  const signals = new Set(listened.mock.contexts as AbortSignal[]);
  const left = [...signals].map((signal) => getEventListeners(signal, 'abort').length);
  connection.close();
  expect(left.length).toBeGreaterThan(0);
  expect(Math.max(...left)).toBeLessThanOrEqual(2);
  listened.mockRestore();
});
