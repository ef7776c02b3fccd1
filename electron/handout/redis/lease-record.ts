/**
 * The record of an account's token in Redis, by which the console that leads tells the others. Its times are those
 * of Redis's clock, so that no two machines' clocks are ever compared.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { HandedToken } from '../../console/handout.ts';

const tokenInRecord = z.object({
  accessToken: z.string().min(1),
  obtainedAt: z.number(),
  expiresAt: z.number(),
  line: z.enum(['standard', 'stable']),
  /** The lease under which it was written: it grows with each new owner. */
  fence: z.number(),
});

/** A token as the desk adopts it, its times by this machine's clock. */
export type FoundToken = Omit<z.infer<typeof tokenInRecord>, 'fence'>;

/** More than this ahead of Redis's clock nothing can have been written: the clock has been put back since. */
export const AHEAD_MS = 2000;

/**
 * null for what this version does not understand, and for a record from the future. `redisNow` and `wall`: the two
 * clocks at one moment.
 */
export function readRecord(text: string, redisNow: number, wall: number): FoundToken | null {
  const parsed = z
    .string()
    .transform((json, context) => {
      try {
        return JSON.parse(json) as unknown;
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(tokenInRecord)
    .safeParse(text);
  if (!parsed.success) return null;
  const { accessToken, obtainedAt, expiresAt, line } = parsed.data;
  if (obtainedAt > redisNow + AHEAD_MS) return null;
  const shift = Math.round(wall - redisNow);
  return { accessToken, obtainedAt: obtainedAt + shift, expiresAt: expiresAt + shift, line };
}

type HeldHere = Pick<HandedToken, 'accessToken' | 'obtainedAt' | 'expiresAt' | 'endsAt'>;

/**
 * When a token of this console was obtained, by its wall clock as it is now: the clock may have been put right since,
 * and what is left of the token is counted on both clocks.
 */
export function obtainedOnThisClock({
  obtainedAt,
  expiresAt,
  endsAt,
}: Omit<HeldHere, 'accessToken'>): number {
  return obtainedAt + endsAt - expiresAt;
}

/**
 * Which of two tokens is the account's: the one WeChat issued last, since on the standard line it ends the other.
 * Usually that is the record's; a console that had to go on without Redis may have a newer one.
 */
export function whichCounts(record: FoundToken, here: HeldHere | null): 'same' | 'record' | 'here' {
  if (here === null) return 'record';
  if (record.accessToken === here.accessToken) return 'same';
  return obtainedOnThisClock(here) > record.obtainedAt ? 'here' : 'record';
}

/** As Redis computes it (`redis.sha1hex`), so that a record that is known already need not be sent again. */
export function digestOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
