/** The connection on which a console hears of the others, by the real client: let go when what comes is no Redis's. */
import { createServer, type Socket } from 'node:net';
import { expect, it, vi } from 'vitest';
import { listen } from '../../electron/handout/redis/lease-ear.ts';
import type { LeaseRedis } from '../../electron/handout/redis/lease-scripts.ts';
import { loadLibrary } from '../../electron/handout/redis/library.ts';
import type { Log } from '../../electron/log.ts';

const MIB = 2 ** 20;

it('lets a flood go, once, and says so', async () => {
  let sent = 0;
  const sockets: Socket[] = [];
  const piece = Buffer.from('+OK\r\n'.repeat(13_000));
  const flood = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    const more = () => {
      while (socket.writable) {
        sent += piece.length;
        if (!socket.write(piece)) break;
      }
    };
    socket.on('drain', more);
    more();
  });
  await new Promise<void>((listening) => flood.listen(0, '127.0.0.1', listening));
  const { port } = flood.address() as { port: number };
  const { createClient } = await loadLibrary();
  const redis = createClient({ socket: { host: '127.0.0.1', port } }) as unknown as LeaseRedis;
  const warn = vi.fn();

  const stop = listen(redis, () => undefined, { warn } as unknown as Log);
  await vi.waitFor(() => expect(sockets[0]?.destroyed).toBe(true), 8000);
  await new Promise((later) => setTimeout(later, 1500));
  expect(sockets.every(({ destroyed }) => destroyed)).toBe(true);
  expect(sent).toBeLessThan(sockets.length * 128 * MIB);
  expect(warn).toHaveBeenCalledOnce();
  stop();
  flood.close();
}, 15_000);
