/** The connection on which a console hears of the others: let go when what comes on it is no Redis's. */
import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { listen } from '../../../electron/handout/redis/lease-ear.ts';
import type { LeaseRedis } from '../../../electron/handout/redis/lease-scripts.ts';
import { TooMuch } from '../../../electron/handout/redis/library.ts';
import type { Log } from '../../../electron/log.ts';

class Ear extends EventEmitter {
  connect = async () => undefined;
  subscribe = async () => undefined;
  destroy = vi.fn();
}

function listening() {
  const ear = new Ear();
  const warn = vi.fn();
  const redis = { duplicate: () => ear } as unknown as LeaseRedis;
  const stop = listen(redis, () => undefined, { warn } as unknown as Log);
  return { ear, warn, stop };
}

it('is let go when more comes than any Redis says', () => {
  const { ear, warn } = listening();
  ear.emit('error', new TooMuch('too much came from Redis'));
  expect(ear.destroy).toHaveBeenCalledOnce();
  expect(warn).toHaveBeenCalledOnce();
});

it('stays through any other fault, which is logged once', () => {
  const { ear, warn, stop } = listening();
  ear.emit('error', new Error('NOPERM no channel'));
  ear.emit('error', new Error('NOPERM no channel'));
  expect(ear.destroy).not.toHaveBeenCalled();
  expect(warn).toHaveBeenCalledOnce();
  stop();
  expect(ear.destroy).toHaveBeenCalledOnce();
});
