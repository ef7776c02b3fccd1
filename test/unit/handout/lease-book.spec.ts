import { describe, expect, it } from 'vitest';
import type { HandedToken } from '../../../electron/console/handout.ts';
import { type Deed, deedFor, newPage, noteRecord } from '../../../electron/handout/redis/lease-book.ts';
import {
  digestOf,
  obtainedOnThisClock,
  readRecord,
  whichCounts,
} from '../../../electron/handout/redis/lease-record.ts';

const WALL = 1_800_000_000_000;
const here = (accessToken: string, obtainedAt = WALL - 60_000): HandedToken => ({
  ...{ accessToken, obtainedAt, expiresAt: WALL + 600_000, line: 'standard' },
  ...{ endsAt: WALL + 600_000, fingerprint: '00000000' },
});
const record = (changes: object = {}) =>
  JSON.stringify({
    ...{ accessToken: 'in-redis', obtainedAt: WALL - 60_000, expiresAt: WALL + 600_000 },
    ...{ line: 'standard', fence: 3, ...changes },
  });

describe('a record', () => {
  it('is read in the times of this machine', () => {
    expect(readRecord(record(), WALL, WALL + 90_000.4)).toEqual({
      accessToken: 'in-redis',
      obtainedAt: WALL + 30_000,
      expiresAt: WALL + 690_000,
      line: 'standard',
    });
  });

  it.each(['', 'nonsense', '{}', 'null', record({ accessToken: '' }), record({ line: 'other' })])(
    'of another making is none: %s',
    (text) => expect(readRecord(text, WALL, WALL)).toBeNull(),
  );

  it('from the future is none: Redis’s clock was ahead and has been put right', () => {
    expect(readRecord(record({ obtainedAt: WALL + 2000 }), WALL, WALL)).not.toBeNull();
    expect(readRecord(record({ obtainedAt: WALL + 2001 }), WALL, WALL)).toBeNull();
    expect(readRecord(record({ obtainedAt: WALL + 8 * 3_600_000 }), WALL, WALL + 8 * 3_600_000)).toBeNull();
  });

  it('is compared with a token of this console by when that was obtained, though the clock has been put right since', () => {
    const found = readRecord(record(), WALL, WALL);
    // Obtained a minute before the record's, by a clock that was eight hours ahead.
    const ahead = 8 * 3_600_000;
    const own = { ...here('own', WALL - 120_000 + ahead), expiresAt: WALL + 600_000 + ahead };
    expect(found && whichCounts(found, own)).toBe('record');
    expect(obtainedOnThisClock(own)).toBe(WALL - 120_000);
  });

  it('is known again by the digest Redis computes', () => {
    const page = newPage('wx00000000000000a1');
    noteRecord(page, { text: record() }, WALL, WALL);
    expect(page.record?.digest).toBe(digestOf(record()));
    const before = page.record;
    noteRecord(page, 'known', WALL, WALL);
    expect(page.record).toEqual(before);
    // This machine's clock was a minute ahead, and has been put right.
    noteRecord(page, 'known', WALL, WALL - 60_000);
    expect(page.record?.token.obtainedAt).toBe((before?.token.obtainedAt ?? 0) - 60_000);
    noteRecord(page, null, WALL, WALL);
    expect(page.record).toBeNull();
  });
});

describe('what makes Redis and the desk tell of the same token', () => {
  it.each<[string, string | null, HandedToken | null, 'owner' | 'other', Deed]>([
    ['nothing anywhere', null, null, 'owner', 'nothing'],
    ['no record, a token of its own', null, here('own'), 'owner', 'write'],
    ['the same, of a follower', null, here('own'), 'other', 'nothing'],
    ['a record, no token', record(), null, 'other', 'adopt'],
    ['the same, of the owner', record(), null, 'owner', 'adopt'],
    ['the same token', record(), here('in-redis'), 'owner', 'nothing'],
    ['an older token', record(), here('own', WALL - 90_000), 'owner', 'adopt'],
    ['a token of the same moment', record(), here('own', WALL - 60_000), 'owner', 'adopt'],
    ['a newer token', record(), here('own', WALL - 30_000), 'owner', 'write'],
    ['a newer token, of a follower', record(), here('own', WALL - 30_000), 'other', 'write'],
    ['a record that has ended', record({ expiresAt: WALL }), null, 'other', 'nothing'],
    ['a record WeChat called dead', record({ accessToken: 'buried' }), null, 'owner', 'drop'],
    ['the same, of a follower', record({ accessToken: 'buried' }), null, 'other', 'nothing'],
    ['the same, and a token since', record({ accessToken: 'buried' }), here('own'), 'owner', 'write'],
  ])('%s', (_, text, token, who, deed) => {
    const page = { ...newPage('wx00000000000000a1'), buried: 'buried' };
    noteRecord(page, text === null ? null : { text }, WALL, WALL);
    expect(deedFor(page, token, who === 'owner', WALL)).toBe(deed);
  });
});
