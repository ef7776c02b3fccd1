/** The business servers' keys: hashed, with the accounts each may read. */
import type { DatabaseSync } from 'node:sqlite';
import type { ClientRow } from './ledger.ts';

type Stored = Omit<ClientRow, 'appIds'> & { readonly appIds: string | null };

/** The client part of a ledger; see ledger.ts for what each does. */
export function clientTable(db: DatabaseSync) {
  const all = db.prepare(`SELECT id, name, app_ids AS appIds, key_hash AS keyHash, created_at AS createdAt,
    last_used_at AS lastUsedAt FROM clients ORDER BY created_at, id`);
  const insert = db.prepare(`INSERT INTO clients (id, name, app_ids, key_hash, created_at, last_used_at)
    VALUES (:id, :name, :appIds, :keyHash, :createdAt, :lastUsedAt)`);
  const remove = db.prepare('DELETE FROM clients WHERE id = ?');
  const use = db.prepare('UPDATE clients SET last_used_at = ? WHERE id = ?');

  return {
    all: (): ClientRow[] =>
      (all.all() as unknown as Stored[]).map((row) => ({
        ...row,
        appIds: row.appIds === null ? '*' : (JSON.parse(row.appIds) as string[]),
      })),
    add: (row: ClientRow): void =>
      void insert.run({ ...row, appIds: row.appIds === '*' ? null : JSON.stringify(row.appIds) }),
    remove: (id: string): void => void remove.run(id),
    noteUse: (id: string, at: number): void => void use.run(at, id),
  };
}
