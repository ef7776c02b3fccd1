/** Accounts, how each stands, and which vault entries were kept for it. */
import type { DatabaseSync } from 'node:sqlite';
import type { Marks } from '../vault/vault.ts';
import type { AccountRow, Kept } from './ledger.ts';

const COLUMNS = `app_id AS appId, name, kind, line, api_base AS apiBase, lead_seconds AS leadSeconds,
  check_minutes AS checkMinutes, paused, added_at AS addedAt`;

type Stored = Omit<AccountRow, 'paused'> & { readonly paused: number };

const stored = (row: AccountRow): Stored => ({ ...row, paused: Number(row.paused) });

/** The account part of a ledger; see ledger.ts for what each does. */
export function accountTable(db: DatabaseSync) {
  const all = db.prepare(`SELECT ${COLUMNS} FROM accounts ORDER BY added_at, app_id`);
  const find = db.prepare('SELECT 1 FROM accounts WHERE app_id = ?');
  const insert = db.prepare(`INSERT INTO accounts
    (app_id, name, kind, line, api_base, lead_seconds, check_minutes, paused, added_at)
    VALUES (:appId, :name, :kind, :line, :apiBase, :leadSeconds, :checkMinutes, :paused, :addedAt)`);
  const update =
    db.prepare(`UPDATE accounts SET name = :name, kind = :kind, line = :line, api_base = :apiBase,
    lead_seconds = :leadSeconds, check_minutes = :checkMinutes, paused = :paused, added_at = :addedAt WHERE app_id = :appId`);
  const remove = db.prepare('DELETE FROM accounts WHERE app_id = ?');
  const kept = db.prepare('SELECT standing, asking_since AS askingSince FROM accounts WHERE app_id = ?');
  const asking = db.prepare('UPDATE accounts SET asking_since = ? WHERE app_id = ?');
  const standing = db.prepare('UPDATE accounts SET standing = ? WHERE app_id = ?');

  return {
    all: (): AccountRow[] =>
      (all.all() as unknown as Stored[]).map((row) => ({ ...row, paused: row.paused === 1 })),
    has: (appId: string): boolean => find.get(appId) !== undefined,
    add: (row: AccountRow): void => void insert.run({ ...stored(row) }),
    update(row: AccountRow): void {
      if (update.run({ ...stored(row) }).changes === 0) throw new Error(`There is no account ${row.appId}.`);
    },
    remove: (appId: string): void => void remove.run(appId),
    kept: (appId: string): Kept => ({
      ...((kept.get(appId) as unknown as Kept | undefined) ?? { standing: null, askingSince: null }),
    }),
    setAsking: (appId: string, since: number | null): void => void asking.run(since, appId),
    setStanding: (appId: string, value: string): void => void standing.run(value, appId),
  };
}

/** The vault's marks; see vault.ts. */
export function markTable(db: DatabaseSync): Marks & { clearAll(appId: string): void } {
  const find = db.prepare('SELECT 1 FROM marks WHERE app_id = ? AND part = ?');
  const set = db.prepare('INSERT OR IGNORE INTO marks (app_id, part) VALUES (?, ?)');
  const clear = db.prepare('DELETE FROM marks WHERE app_id = ? AND part = ?');
  const known = db.prepare("SELECT app_id FROM marks WHERE part = 'secret'");
  const clearAll = db.prepare('DELETE FROM marks WHERE app_id = ?');
  return {
    has: ({ appId, part }) => find.get(appId, part) !== undefined,
    set: ({ appId, part }) => void set.run(appId, part),
    clear: ({ appId, part }) => void clear.run(appId, part),
    known: () => known.all().map(({ app_id }) => String(app_id)),
    clearAll: (appId) => void clearAll.run(appId),
  };
}
