/** Hears at once what other consoles change. Only a hint: whoever hears nothing sees it at its next look. */
import type { Log } from '../../log.ts';
import { CHANGED, type LeaseEar, type LeaseRedis } from './lease-scripts.ts';
import { TooMuch } from './library.ts';

/** Listens on a connection of its own until the returned function is called; a fault is logged once. */
export function listen(redis: LeaseRedis, heard: (appId: string) => void, log: Log): () => void {
  const ear: LeaseEar = redis.duplicate();
  let isQuiet = false;
  const fault = (error: unknown) => {
    // A Redis user without a right to channels, or a second connection too many: looks every 4 s must do.
    if (!isQuiet) log.warn({ fault: codeOf(error) }, 'no messages of other consoles, looking instead');
    isQuiet = true;
    // The client goes on reading after an answer that its decoder refused.
    if (error instanceof TooMuch) destroy(ear);
  };
  ear.on('error', fault);
  const listening = ear.connect().then(() => ear.subscribe(CHANGED, heard));
  listening.catch(fault);
  return () => {
    isQuiet = true;
    destroy(ear);
  };
}

function destroy(ear: LeaseEar): void {
  try {
    ear.destroy();
  } catch {
    // It has never been connected, or has ended already.
  }
}

/** A word for the log: Redis's texts may repeat what it was sent. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const [, redisCode] = /^([A-Z]{2,}) /.exec(error.message) ?? [];
  return (error as NodeJS.ErrnoException).code ?? redisCode ?? error.name;
}
