/**
 * Several consoles, one account: which of them asks WeChat. Pure; docs/several-consoles.md tells the whole design.
 * All times in milliseconds.
 */
import type { AccountView } from '../../console/contract.ts';

export type Role = AccountView['role'];

/** A point in time on two clocks: the monotonic one stops in a sleep, the wall clock jumps; the earlier end wins. */
export interface Moment {
  readonly wall: number;
  readonly mono: number;
}

/** How long Redis keeps a lease that is not renewed. */
export const LEASE_MS = 12_000;
/** How often it is renewed, and how often those that follow look. */
export const RENEW_MS = 4000;
/** So much earlier than in Redis a lease ends for its owner: two monotonic clocks never drift that far in 12 s. */
export const MARGIN_MS = 2000;
/**
 * A Redis without memory (new, flushed, restarted) cannot tell that somebody leads. Who comes fresh to one waits
 * until every lease from before has ended, for an owner that has lost contact too.
 */
export const HOLD_MS = LEASE_MS;
/** Another console counts when it was seen so recently. */
export const OTHERS_WINDOW_MS = 600_000;
/** How long a console that has never reached Redis waits for it. */
export const FIRST_CONTACT_MS = 20_000;
/** How long Redis must fail before it counts as gone: for a console that knows of others, and for one that is alone. */
export const GONE_MS = { shared: LEASE_MS, alone: 3000 } as const;
/** With Redis gone, consoles that know of others let a token come so near its end before each asks for itself. */
export const LAST_MOMENT_MS = 120_000;

/** What a console knows of one account's lease. */
export interface Seat {
  /** Until when the lease is this console's, the margin taken off; null: not its own when last seen. */
  readonly held: Moment | null;
  /** The monotonic time from which it may lead with the lease it holds. */
  readonly leadsFrom: number;
  /** The monotonic time until which another may believe that it leads. */
  readonly foreignUntil: number;
}

export const NEW_SEAT: Seat = { held: null, leadsFrom: 0, foreignUntil: 0 };

/** What Redis said of one account's lease. */
export interface Sight {
  readonly owner: 'me' | 'other' | 'none';
  /** How it became this console's just now: nobody had it, or its owner had released it. */
  readonly gained: 'no' | 'absent' | 'released';
  /** What is left of another's lease. */
  readonly restMs: number;
}

/** What Redis said of the consoles. */
export interface Company {
  /** Other consoles seen within the window. */
  readonly others: number;
  /** Redis still knew this process from an earlier look: it has lost no memory since. */
  readonly isRemembered: boolean;
  /** Redis knew no console at all. */
  readonly wasEmpty: boolean;
  /** Consoles that have said since the last look that they are gone. */
  readonly left: number;
  /** Consoles that have not been seen for so long that they no longer count, or that a jump of Redis's clock outdated. */
  readonly lost: number;
}

export const NOBODY: Company = { others: 0, isRemembered: false, wasEmpty: true, left: 0, lost: 0 };

/** How this console stands with Redis. */
export interface Contact {
  /** When it began to try, monotonic. */
  readonly since: number;
  /** Since when Redis fails, monotonic; null while it answers, and while nothing was tried. */
  readonly failingSince: number | null;
  /** Whether other consoles share this Redis, as last seen or remembered; null: not known. */
  readonly isShared: boolean | null;
  /** Whether Redis has answered in this life of the process. */
  readonly wasReached: boolean;
}

/** Milliseconds left by the clock that ends first. */
export function left(until: Moment, now: Moment): number {
  return Math.min(until.wall - now.wall, until.mono - now.mono);
}

/** A seat after a look that was sent at `sentAt` and answered at `now`. */
export function seen(seat: Seat, sight: Sight, company: Company, sentAt: Moment, now: Moment): Seat {
  // Not earlier than it was seen to end before: Redis's clock may have jumped ahead, and its owner knows nothing of it.
  const foreignUntil = Math.max(seat.foreignUntil, now.mono + sight.restMs);
  if (sight.owner === 'other') return { ...NEW_SEAT, foreignUntil };
  if (sight.owner === 'none') return { ...NEW_SEAT, foreignUntil: seat.foreignUntil };
  const life = LEASE_MS - MARGIN_MS;
  const held = { wall: sentAt.wall + life, mono: sentAt.mono + life };
  return { ...seat, held, leadsFrom: leadsFrom(seat, sight, company, sentAt, now.mono) };
}

function leadsFrom(seat: Seat, sight: Sight, company: Company, sentAt: Moment, now: number): number {
  if (sight.gained === 'released') return now;
  const wasGained = sight.gained === 'absent' || seat.held === null;
  // The key was this console's all the time, or vanished while it led: its lease has no gap.
  if (!wasGained || (seat.held !== null && left(seat.held, sentAt) > 0)) return seat.leadsFrom;
  const { isRemembered, wasEmpty, others, lost } = company;
  const hasMemory = isRemembered || (!wasEmpty && others === 0 && lost === 0);
  return Math.max(seat.foreignUntil, hasMemory ? now : now + HOLD_MS);
}

/** Whether the lease lets this console ask at this moment. */
export function holds(seat: Seat, now: Moment): boolean {
  return seat.held !== null && left(seat.held, now) > 0 && now.mono >= seat.leadsFrom;
}

/** Whether Redis has failed for so long that a console must do without it. */
export function isGone({ since, failingSince, isShared, wasReached }: Contact, now: Moment): boolean {
  if (!wasReached) return now.mono - since >= FIRST_CONTACT_MS;
  const patience = isShared ? GONE_MS.shared : GONE_MS.alone;
  return failingSince !== null && now.mono - failingSince >= patience;
}

/** What an account is to this console. */
export interface Account {
  readonly seat: Seat;
  /** It has a secret and is not paused; otherwise it leaves the lease to others. */
  readonly isAble: boolean;
  /** The token the record tells of has been taken over. */
  readonly isCaughtUp: boolean;
  /** What is left of its token; 0: none. */
  readonly tokenLeft: number;
}

/** What a console is to an account now. */
export function roleOf(account: Account, contact: Contact, now: Moment): Role {
  const alone = contact.isShared !== true;
  if (account.isCaughtUp && holds(account.seat, now)) return alone ? 'alone' : 'leading';
  if (isGone(contact, now)) return alone || account.tokenLeft < LAST_MOMENT_MS ? 'alone' : 'following';
  // It asks for nothing, and there is nobody it could follow.
  if (contact.wasReached && alone && !account.isAble && account.seat.foreignUntil <= now.mono) return 'alone';
  return 'following';
}

/** How soon the seat's circumstances change by themselves, at the latest after one renewal. */
export function untilChange(seat: Seat, now: Moment): number {
  const ends = seat.held === null ? Number.POSITIVE_INFINITY : left(seat.held, now);
  const times = [ends, seat.leadsFrom - now.mono, seat.foreignUntil - now.mono];
  return Math.min(RENEW_MS, ...times.filter((ms) => ms > 0));
}
