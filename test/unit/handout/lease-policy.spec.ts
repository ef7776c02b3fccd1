import { describe, expect, it } from 'vitest';
import {
  type Account,
  type Company,
  type Contact,
  FIRST_CONTACT_MS,
  GONE_MS,
  HOLD_MS,
  holds,
  LAST_MOMENT_MS,
  LEASE_MS,
  MARGIN_MS,
  type Moment,
  NEW_SEAT,
  RENEW_MS,
  type Role,
  roleOf,
  type Seat,
  type Sight,
  seen,
  untilChange,
} from '../../../electron/handout/redis/lease-policy.ts';

const WALL = 1_800_000_000_000;
const at = (mono: number, wall = WALL + mono): Moment => ({ mono, wall });
const NOW = at(100_000);

const reached: Contact = { since: 0, failingSince: null, isShared: true, wasReached: true };
const holding: Seat = { held: at(104_000), leadsFrom: 0, foreignUntil: 0 };
const waiting: Seat = { held: at(104_000), leadsFrom: 100_001, foreignUntil: 0 };
const another: Seat = { held: null, leadsFrom: 0, foreignUntil: 108_000 };
const account: Account = { seat: another, isAble: true, isCaughtUp: true, tokenLeft: 3_600_000 };
const failing = (ms: number) => ({ failingSince: NOW.mono - ms });
const unreached = (ms: number) => ({ since: NOW.mono - ms, wasReached: false, isShared: null });

type Row = [situation: string, account: Partial<Account>, contact: Partial<Contact>, role: Role];

describe('the role', () => {
  it.each<Row>([
    ['it holds the lease', { seat: holding }, {}, 'leading'],
    ['it holds it and knows of nobody', { seat: holding }, { isShared: false }, 'alone'],
    ['it holds it, and Redis has just gone', { seat: holding }, failing(5000), 'leading'],
    ['it holds it, but must wait', { seat: waiting }, {}, 'following'],
    ['it holds it, but has not taken the token over', { seat: holding, isCaughtUp: false }, {}, 'following'],
    ['its lease has ended', { seat: { ...holding, held: NOW } }, {}, 'following'],
    ['another holds it', {}, {}, 'following'],
    ['another holds it, whom it thought dead', {}, { isShared: false }, 'following'],
    ['another holds it, its own token is dead', { tokenLeft: 0 }, {}, 'following'],
    [
      'nobody holds it, it cannot ask, and is alone',
      { seat: NEW_SEAT, isAble: false },
      { isShared: false },
      'alone',
    ],
    ['nobody holds it, it cannot ask, and is not alone', { seat: NEW_SEAT, isAble: false }, {}, 'following'],
    ['nobody holds it yet', { seat: NEW_SEAT }, { isShared: false }, 'following'],

    ['Redis fails for a moment', { tokenLeft: 0 }, failing(GONE_MS.shared - 1), 'following'],
    ['Redis is gone, the token lives', {}, failing(GONE_MS.shared), 'following'],
    ['Redis is gone, the last moment', { tokenLeft: LAST_MOMENT_MS - 1 }, failing(GONE_MS.shared), 'alone'],
    ['Redis is gone, just before it', { tokenLeft: LAST_MOMENT_MS }, failing(GONE_MS.shared), 'following'],
    ['Redis is gone, no token', { tokenLeft: 0 }, failing(GONE_MS.shared), 'alone'],
    ['Redis is gone, nobody else', {}, { isShared: false, ...failing(GONE_MS.alone) }, 'alone'],
    [
      'nobody else, Redis fails for a moment',
      {},
      { isShared: false, ...failing(GONE_MS.alone - 1) },
      'following',
    ],

    ['before the first contact', { tokenLeft: 0 }, unreached(FIRST_CONTACT_MS - 1), 'following'],
    ['no contact for too long', {}, unreached(FIRST_CONTACT_MS), 'alone'],
    ['no contact, and it remembers others', {}, { ...unreached(60_000), isShared: true }, 'following'],
    ['the same, no token', { tokenLeft: 0 }, { ...unreached(60_000), isShared: true }, 'alone'],
    ['no contact, and it remembers nobody', {}, { ...unreached(60_000), isShared: false }, 'alone'],
    ['the same, early', {}, { ...unreached(5000), isShared: false }, 'following'],
  ])('%s', (_, changes, contact, role) => {
    expect(roleOf({ ...account, ...changes }, { ...reached, ...contact }, NOW)).toBe(role);
  });
});

const sight = (changes: Partial<Sight> = {}): Sight => ({ owner: 'me', gained: 'no', restMs: 0, ...changes });
const known: Company = { others: 1, isRemembered: true, wasEmpty: false, left: 0, lost: 0 };
const SENT = at(99_000);

describe('a seat after a look', () => {
  it('counts a lease from before the question left, the margin off', () => {
    const seat = seen(holding, sight(), known, SENT, NOW);
    const end = SENT.mono + LEASE_MS - MARGIN_MS;
    expect(seat.held).toEqual(at(end));
    expect([holds(seat, at(end - 1)), holds(seat, at(end))]).toEqual([true, false]);
  });

  it('ends by the clock that ends first', () => {
    expect(holds(holding, at(100_000, WALL + 104_000))).toBe(false);
    expect(holds(holding, at(104_000, WALL + 100_000))).toBe(false);
  });

  it('forgets its own lease when another has it, and waits for the end of that', () => {
    const seat = seen(holding, sight({ owner: 'other', restMs: 7000 }), known, SENT, NOW);
    expect(seat).toEqual({ held: null, leadsFrom: 0, foreignUntil: NOW.mono + 7000 });
  });

  it.each<[string, Seat, Partial<Sight>, Partial<Company>, number]>([
    ['released: at once, whatever was seen', another, { gained: 'released' }, {}, NOW.mono],
    ['run out: at once', { ...another, foreignUntil: 99_500 }, { gained: 'absent' }, {}, NOW.mono],
    ['vanished before its end: at its end', another, { gained: 'absent' }, {}, 108_000],
    [
      'Redis forgot everything',
      NEW_SEAT,
      { gained: 'absent' },
      { isRemembered: false, wasEmpty: true },
      NOW.mono + HOLD_MS,
    ],
    [
      'new to a Redis with others',
      NEW_SEAT,
      { gained: 'absent' },
      { isRemembered: false },
      NOW.mono + HOLD_MS,
    ],
    [
      'new to a Redis where all have left',
      NEW_SEAT,
      { gained: 'absent' },
      { isRemembered: false, others: 0 },
      NOW.mono,
    ],
    [
      'new to a Redis whose consoles are long silent, or whose clock has jumped',
      NEW_SEAT,
      { gained: 'absent' },
      { isRemembered: false, others: 0, lost: 1 },
      NOW.mono + HOLD_MS,
    ],
    ['a new account', NEW_SEAT, { gained: 'absent' }, {}, NOW.mono],
    ['gained in an answer that was lost', another, {}, {}, 108_000],
    [
      'vanished while it led: no gap',
      holding,
      { gained: 'absent' },
      { isRemembered: false, wasEmpty: true },
      0,
    ],
    ['its own all the time, though late', { ...holding, held: at(98_000) }, {}, {}, 0],
    ['ended and gained again', { ...holding, held: at(98_000) }, { gained: 'absent' }, {}, NOW.mono],
  ])('%s', (_, seat, gained, company, leadsFrom) => {
    const next = seen(seat, sight(gained), { ...known, ...company }, SENT, NOW);
    expect(next.leadsFrom).toBe(leadsFrom);
    expect(holds(next, at(leadsFrom - 1))).toBe(false);
  });

  it('does not believe that another’s lease ends sooner than was seen: Redis’s clock may have jumped', () => {
    const before = { ...NEW_SEAT, foreignUntil: NOW.mono + 9000 };
    const next = seen(before, sight({ owner: 'other', restMs: 4000 }), known, SENT, NOW);
    expect(next.foreignUntil).toBe(NOW.mono + 9000);
    const renewed = seen(before, sight({ owner: 'other', restMs: 12_000 }), known, SENT, NOW);
    expect(renewed.foreignUntil).toBe(NOW.mono + 12_000);
  });

  it('keeps in mind that another may believe it leads when the key is gone and it does not want it', () => {
    expect(seen(another, sight({ owner: 'none' }), known, SENT, NOW)).toEqual(another);
  });
});

describe('when it may change by itself', () => {
  it.each<[Seat, number]>([
    [NEW_SEAT, RENEW_MS],
    [{ ...holding, held: at(101_500) }, 1500],
    [waiting, 1],
    [another, RENEW_MS],
    [{ ...another, foreignUntil: 100_300 }, 300],
  ])('%j', (seat, ms) => expect(untilChange(seat, NOW)).toBe(ms));
});

describe('the durations', () => {
  it('let a follower lead within 15 s of a death, and nobody lead beside the owner', () => {
    expect(LEASE_MS + 1000).toBeLessThan(15_000);
    expect(LEASE_MS - MARGIN_MS).toBeGreaterThan(2 * RENEW_MS);
    expect(GONE_MS.shared).toBeGreaterThanOrEqual(LEASE_MS);
    // An owner that has lost contact leads on until its lease is over.
    expect(HOLD_MS).toBeGreaterThanOrEqual(LEASE_MS - MARGIN_MS);
  });
});
