/** What the tests of several consoles on one real Redis share. */
import { expect, vi } from 'vitest';
import { type RedisServer, startRedis } from './redis-server.ts';
import { type FakeConsole, fakeConsole } from './two-consoles-desk.ts';

export const asks = ({ role }: Pick<FakeConsole, 'role'>) => role() === 'leading' || role() === 'alone';

/** Runs on a Redis of its own and closes all that was opened. */
export async function onRedis(
  use: (
    redis: RedisServer,
    open: (changes?: Parameters<typeof fakeConsole>[1]) => Promise<FakeConsole>,
  ) => Promise<void>,
) {
  const redis = await startRedis();
  const opened: FakeConsole[] = [];
  const open = async (changes: Parameters<typeof fakeConsole>[1] = {}) => {
    const console_ = await fakeConsole(redis.url, changes);
    opened.push(console_);
    return console_;
  };
  try {
    await use(redis, open);
  } finally {
    await Promise.all(opened.map((each) => each.close().catch(() => undefined)));
    await redis.stop();
  }
}

/** Until two consoles know of each other and one of them leads. */
export async function paired(open: (changes?: Parameters<typeof fakeConsole>[1]) => Promise<FakeConsole>) {
  const [first, second] = [await open(), await open()];
  await vi.waitFor(() => expect([first, second].filter(asks)).toHaveLength(1), { timeout: 16_000 });
  const [leader, follower] = asks(first) ? [first, second] : [second, first];
  const wanted = ['leading', 'following'];
  await vi.waitFor(() => expect([leader.role(), follower.role()]).toEqual(wanted), { timeout: 9000 });
  return { leader, follower };
}

/** Looks again and again whether more than one asks; tells how often that was so. */
export function sampled(...consoles: Pick<FakeConsole, 'role'>[]) {
  let [looks, several, nobody] = [0, 0, 0];
  const timer = setInterval(() => {
    const count = consoles.filter(asks).length;
    looks += 1;
    if (count > 1) several += 1;
    if (count === 0) nobody += 1;
  }, 2);
  return () => {
    clearInterval(timer);
    expect(looks).toBeGreaterThan(0);
    return { several, nobodyMs: nobody * 2 };
  };
}
