import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcome, trigger } from '../../electron/console/contract.ts';
import type { HistoryQuery, Ledger } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/open.ts';
import { account, attempt, CLUB, SHOP, temporaryFolder } from '../support/ledger-fixtures.ts';

let place: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;

beforeEach(() => {
  place = temporaryFolder();
  ledger = openLedger(place.folder);
});
afterEach(() => {
  ledger.close();
  place.remove();
});

function reopen(): void {
  ledger.close();
  ledger = openLedger(place.folder);
}

describe('a ledger', () => {
  it('gives back after a restart what it was given', () => {
    ledger.addAccount(account());
    ledger.addAccount(account({ appId: CLUB, paused: true, addedAt: 1_600_000_000_000 }));
    ledger.updateAccount(account({ name: '小店', kind: 'mini', line: 'standard', leadSeconds: 60 }));
    ledger.noteAsking(SHOP, 5);
    ledger.setSetting('language', 'en');
    ledger.setSetting('language', 'zh');
    reopen();
    expect(ledger.accounts()).toEqual([
      account({ appId: CLUB, paused: true, addedAt: 1_600_000_000_000 }),
      account({ name: '小店', kind: 'mini', line: 'standard', leadSeconds: 60 }),
    ]);
    expect(ledger.kept(SHOP)).toEqual({ standing: null, askingSince: 5 });
    expect(ledger.kept(CLUB)).toEqual({ standing: null, askingSince: null });
    expect(ledger.setting('language')).toBe('zh');
    expect(ledger.setting('no such')).toBeNull();
    expect(ledger.mended).toBeNull();
  });

  it('makes its folder and its files for their owner alone', () => {
    const folder = join(place.folder, 'new', 'data');
    const other = openLedger(folder);
    other.addAccount(account());
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm', 'console.lock']) {
      expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
    other.close();
  });

  it('refuses an account that is there already, and a change to one that is not', () => {
    ledger.addAccount(account());
    expect([SHOP, CLUB].map((appId) => ledger.hasAccount(appId))).toEqual([true, false]);
    expect(() => ledger.addAccount(account({ name: 'Other' }))).toThrow(/UNIQUE/);
    expect(() => ledger.updateAccount(account({ appId: CLUB }))).toThrow(CLUB);
    expect(ledger.accounts()).toEqual([account()]);
  });

  it('ends the call and keeps the standing with the attempt', () => {
    ledger.addAccount(account());
    ledger.noteAsking(SHOP, 7);
    const row = ledger.record(attempt(), 'first');
    expect(row).toEqual({ ...attempt(), id: row.id });
    expect(ledger.kept(SHOP)).toEqual({ standing: 'first', askingSince: null });
    ledger.record(attempt());
    expect(ledger.kept(SHOP).standing).toBe('first');
  });

  it.each(['reveal', 'copy', 'verify'] as const)('does not take a %s for the end of a call', (use) => {
    ledger.addAccount(account());
    ledger.noteAsking(SHOP, 7);
    ledger.record(attempt({ trigger: use }));
    expect(ledger.kept(SHOP).askingSince).toBe(7);
  });

  it('records nothing at all when one part cannot be recorded', () => {
    ledger.addAccount(account());
    ledger.noteAsking(SHOP, 7);
    const wrong = attempt({ durationMs: 'long' as unknown as number });
    expect(() => ledger.record(wrong, 'new')).toThrow(/REAL/);
    expect(ledger.kept(SHOP)).toEqual({ standing: null, askingSince: 7 });
    expect(ledger.history({ limit: 10 }).rows).toEqual([]);
  });

  it('records the end of a call whose account was removed meanwhile', () => {
    const row = ledger.record(attempt(), 'late');
    expect(ledger.history({ limit: 10 }).rows).toEqual([row]);
    expect(ledger.accounts()).toEqual([]);
  });

  it.each([
    { forgetHistory: false, left: [SHOP, CLUB] },
    { forgetHistory: true, left: [CLUB] },
  ])('removes an account with its marks (forgetHistory: $forgetHistory)', ({ forgetHistory, left }) => {
    for (const appId of [CLUB, SHOP]) {
      ledger.addAccount(account({ appId }));
      ledger.marks.set({ appId, part: 'secret' });
      ledger.record(attempt({ appId }));
    }
    ledger.removeAccount(SHOP, forgetHistory);
    reopen();
    expect(ledger.accounts().map(({ appId }) => appId)).toEqual([CLUB]);
    expect(ledger.marks.has({ appId: SHOP, part: 'secret' })).toBe(false);
    expect(ledger.marks.has({ appId: CLUB, part: 'secret' })).toBe(true);
    expect(ledger.history({ limit: 10 }).rows.map(({ appId }) => appId)).toEqual(left);
  });

  it('keeps a mark for each part by itself, also before its account is added', () => {
    const secret = { appId: SHOP, part: 'secret' } as const;
    ledger.marks.set(secret);
    ledger.marks.set(secret);
    reopen();
    expect(ledger.marks.has(secret)).toBe(true);
    expect(ledger.marks.has({ ...secret, part: 'token' })).toBe(false);
    ledger.marks.clear(secret);
    expect(ledger.marks.has(secret)).toBe(false);
  });

  it('folds the WAL in when it is closed, and can be closed twice', () => {
    ledger.record(attempt());
    ledger.close();
    ledger.close();
    expect(existsSync(join(place.folder, 'ledger.sqlite-wal'))).toBe(false);
    expect(() => ledger.accounts()).toThrow();
  });

  it('gives no id twice, even after the newest rows were forgotten', () => {
    const { id } = ledger.record(attempt());
    ledger.removeAccount(SHOP, true);
    expect(ledger.record(attempt()).id).toBe(id + 1);
  });
});

describe('the history', () => {
  const hour = 3_600_000;
  const rows = fc.array(
    fc.record({
      appId: fc.constantFrom(SHOP, CLUB),
      // Three days and back: the clock of a real machine is set now and then.
      at: fc.integer({ min: 0, max: 72 }).map((hours) => 1_700_000_000_000 + hours * hour),
      trigger: fc.constantFrom(...trigger.options.slice(0, 4)),
      outcome: fc.constantFrom(...outcome.options),
      errcode: fc.constantFrom(null, -1, 40164),
    }),
    { maxLength: 40 },
  );
  const bound = fc.option(
    fc.integer({ min: -1, max: 73 }).map((hours) => 1_700_000_000_000 + hours * hour),
    { nil: undefined },
  );
  const filters = fc.record({
    appId: fc.constantFrom(undefined, SHOP),
    outcome: fc.constantFrom(undefined, ...outcome.options),
    errcode: fc.constantFrom(undefined, -1, 40164, 45009),
    trigger: fc.constantFrom(undefined, ...trigger.options.slice(0, 4)),
    from: bound,
    to: bound,
  });

  function pages(query: HistoryQuery) {
    const found = [];
    let cursor: string | null | undefined;
    do {
      const page = ledger.history({ ...query, cursor: cursor ?? undefined });
      expect(page.rows.length).toBeLessThanOrEqual(query.limit);
      found.push(...page.rows);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  it('finds page by page, newest first, exactly what was asked for', () => {
    fc.assert(
      fc.property(rows, filters, fc.integer({ min: 1, max: 15 }), (given, filter, limit) => {
        for (const appId of [SHOP, CLUB]) ledger.removeAccount(appId, true);
        const recorded = given.map((row) => ledger.record(attempt(row)));
        const { from, to, ...equal } = filter;
        const wanted = recorded.filter(
          (row) =>
            row.at >= (from ?? 0) &&
            row.at <= (to ?? Number.MAX_SAFE_INTEGER) &&
            Object.entries(equal).every(
              ([name, value]) => value === undefined || row[name as keyof typeof row] === value,
            ),
        );
        expect(pages({ ...filter, limit })).toEqual(wanted.reverse());
      }),
      { numRuns: 150 },
    );
  });

  it('goes on where it was while new rows arrive', () => {
    for (let index = 0; index < 4; index += 1) ledger.record(attempt({ expiresIn: index }));
    const first = ledger.history({ limit: 2 });
    ledger.record(attempt({ expiresIn: 99 }));
    const second = ledger.history({ limit: 2, cursor: first.nextCursor ?? undefined });
    expect([...first.rows, ...second.rows].map(({ expiresIn }) => expiresIn)).toEqual([3, 2, 1, 0]);
    expect(second.nextCursor).toBeNull();
  });
});

describe('the keys of business servers', () => {
  const client = (id: string, appIds: readonly string[] | '*') => ({
    ...{ id, name: `server ${id}`, appIds, keyHash: `hash of ${id}` },
    ...{ createdAt: 1_700_000_000_000 + Number(id), lastUsedAt: null },
  });

  it('come back as they were, oldest first, with when each was last seen', () => {
    ledger.addClient(client('2', '*'));
    ledger.addClient(client('1', [SHOP, CLUB]));
    ledger.noteClientUses(new Map([['1', 1_700_000_009_000]]));
    expect(ledger.clients()).toEqual([
      { ...client('1', [SHOP, CLUB]), lastUsedAt: 1_700_000_009_000 },
      client('2', '*'),
    ]);
    ledger.removeClient('1');
    expect(ledger.clients()).toEqual([client('2', '*')]);
  });

  it('are each one of a kind', () => {
    ledger.addClient(client('1', '*'));
    expect(() => ledger.addClient({ ...client('2', '*'), keyHash: 'hash of 1' })).toThrow();
    expect(ledger.clients()).toHaveLength(1);
  });
});
