/** The tables that cannot be asked again: accounts, client keys, settings, marks. A few rows each; no secret is in them. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

export type Row = Readonly<Record<string, SQLInputValue>>;

/** By the key that tells rows apart. */
export const SMALL_TABLES = {
  accounts: ['app_id'],
  clients: ['id'],
  settings: ['key'],
  marks: ['app_id', 'part'],
} as const;
export type SmallTable = keyof typeof SMALL_TABLES;
export type SmallTables = Readonly<Record<SmallTable, readonly Row[]>>;
export const SMALL_TABLE_NAMES = Object.keys(SMALL_TABLES) as SmallTable[];

/** The setting that counts the changes of these tables: of two copies the one with the higher number is the newer. */
const COUNTER = 'changes';

export function readSmallTables(db: DatabaseSync): SmallTables {
  const all = (table: string) => db.prepare(`SELECT * FROM ${table}`).all() as Row[];
  return {
    accounts: all('accounts'),
    clients: all('clients'),
    settings: all('settings'),
    marks: all('marks'),
  };
}

/** To be called in the transaction of each change of these tables. */
export function countChange(db: DatabaseSync): void {
  db.prepare(`INSERT INTO settings VALUES ('${COUNTER}', '1')
    ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`).run();
}

/** How many changes these rows have seen; 0 for none that was counted. */
export function changesIn({ settings }: Pick<SmallTables, 'settings'>): number {
  return Number(settings.find(({ key }) => key === COUNTER)?.value ?? 0);
}

/** What changes without a change that is counted: how an account stands, when a client came last. */
const VOLATILE: ReadonlySet<string> = new Set(['standing', 'asking_since', 'last_used_at']);

/** Whether two states of the tables say the same, but for what is not counted as a change. */
export function saysTheSame(one: SmallTables, other: SmallTables): boolean {
  const text = (tables: SmallTables) =>
    SMALL_TABLE_NAMES.map((table) =>
      tables[table]
        .map((row) => JSON.stringify(Object.entries(row).filter(([column]) => !VOLATILE.has(column))))
        .sort(),
    );
  return JSON.stringify(text(one)) === JSON.stringify(text(other));
}

/** The key of a row, to tell it from others. */
export function keyOf(table: SmallTable, row: Row): string {
  return JSON.stringify(SMALL_TABLES[table].map((column) => row[column]));
}

/**
 * Puts rows into a table that may have other columns than they were read with: what it lacks is left out, what they
 * lack takes its default. A row that the table does not take is left out; returns how many were taken.
 */
export function insertRows(db: DatabaseSync, table: string, rows: readonly Row[]): number {
  const known = db.prepare('SELECT name FROM pragma_table_info(?)').all(table) as { name: string }[];
  let taken = 0;
  for (const row of rows) {
    const columns = known.map(({ name }) => name).filter((name) => row[name] !== undefined);
    const values = columns.map((name) => row[name] ?? null);
    const places = columns.map(() => '?').join(', ');
    const insert = db.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
    try {
      taken += Number(insert.run(...values).changes);
    } catch {
      // A value of another type than the table's: what was read there is not what was written.
    }
  }
  return taken;
}
