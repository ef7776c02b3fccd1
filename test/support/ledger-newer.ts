/** Leaves a database of a newer version behind, its last change still in the WAL: ends itself as `kill -9` does. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const db = new DatabaseSync(join(process.argv[2] ?? '', 'ledger.sqlite'));
db.exec('PRAGMA journal_mode = WAL; CREATE TABLE accounts (something TEXT); PRAGMA user_version = 99');
process.kill(process.pid, 'SIGKILL');
