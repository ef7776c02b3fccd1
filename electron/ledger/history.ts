/** The history: one row for every attempt, newest first, a page at a time. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { HistoryRow } from '../console/contract.ts';
import type { HistoryQuery } from './ledger.ts';

const DAY_MS = 86_400_000;
const COLUMNS = `id, app_id AS appId, at, trigger, actor, line, outcome, errcode, errmsg, rid, ip,
  expires_in AS expiresIn, fingerprint, duration_ms AS durationMs`;

type Filter = Omit<HistoryQuery, 'limit' | 'cursor'>;

const TERMS: Readonly<Record<keyof Filter, string>> = {
  appId: 'app_id = :appId',
  outcome: 'outcome = :outcome',
  errcode: 'errcode = :errcode',
  trigger: 'trigger = :trigger',
  from: 'at >= :from',
  to: 'at <= :to',
};
/** What nearly every row has: the partial indexes leave it out. */
const USUAL: Partial<Record<keyof Filter, string>> = { outcome: 'granted', trigger: 'schedule' };

/** One filter as SQL; SQLite takes a partial index only where the query repeats its condition. */
function term(name: keyof Filter, value: unknown): string {
  const usual = USUAL[name];
  return usual === undefined || usual === value ? TERMS[name] : `${TERMS[name]} AND ${name} <> '${usual}'`;
}

const day = (at: number): number => Math.floor(at / DAY_MS);

/** The history part of a ledger; see ledger.ts. */
export function historyTable(db: DatabaseSync) {
  const insert =
    db.prepare(`INSERT INTO history (app_id, at, trigger, actor, line, outcome, errcode, errmsg, rid,
      ip, expires_in, fingerprint, duration_ms)
    VALUES (:appId, :at, :trigger, :actor, :line, :outcome, :errcode, :errmsg, :rid,
      :ip, :expiresIn, :fingerprint, :durationMs)`);
  const noteDay = db.prepare(`INSERT INTO history_days (day, first_id, last_id) VALUES (:day, :id, :id)
    ON CONFLICT (day) DO UPDATE SET last_id = :id`);
  const idsOfDays = db.prepare(`SELECT min(first_id) AS lowest, max(last_id) AS highest FROM history_days
    WHERE day BETWEEN ? AND ?`);
  const forget = db.prepare('DELETE FROM history WHERE app_id = ?');
  const pages = new Map<string, StatementSync>();

  function page(where: string): StatementSync {
    const known = pages.get(where);
    if (known) return known;
    const statement = db.prepare(
      `SELECT ${COLUMNS} FROM history WHERE ${where} ORDER BY id DESC LIMIT :limit`,
    );
    pages.set(where, statement);
    return statement;
  }

  /** The ids between which every row of the asked span of time lies. */
  function span({ from, to }: Filter): { lowest: number; highest: number } {
    const everything = { lowest: 0, highest: Number.MAX_SAFE_INTEGER };
    if (from === undefined && to === undefined) return everything;
    const ids = idsOfDays.get(day(from ?? 0), day(to ?? Number.MAX_SAFE_INTEGER));
    return { lowest: Number(ids?.lowest ?? 0), highest: Number(ids?.highest ?? 0) };
  }

  return {
    add(row: Omit<HistoryRow, 'id'>): HistoryRow {
      const id = Number(insert.run({ ...row }).lastInsertRowid);
      noteDay.run({ day: day(row.at), id });
      return { id, ...row };
    },
    forget: (appId: string): void => void forget.run(appId),
    query({ limit, cursor, ...filter }: HistoryQuery): { rows: HistoryRow[]; nextCursor: string | null } {
      const asked = (Object.keys(TERMS) as (keyof Filter)[]).filter((name) => filter[name] !== undefined);
      const where = ['id BETWEEN :lowest AND :highest', ...asked.map((name) => term(name, filter[name]))];
      const { lowest, highest } = span(filter);
      const found = page(where.join(' AND ')).all({
        ...Object.fromEntries(asked.map((name) => [name, filter[name] ?? null])),
        lowest,
        highest: cursor === undefined ? highest : Math.min(highest, Number(cursor) - 1),
        limit: limit + 1, // one more, to know whether there is a next page
      }) as unknown as HistoryRow[];
      const rows = found.slice(0, limit).map((row) => ({ ...row }));
      return { rows, nextCursor: found.length > limit ? String(rows.at(-1)?.id) : null };
    },
  };
}
