/** Another program that holds the lock of the ledger in the folder it is given, for as many milliseconds as it is told. */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const [folder = '', ms = ''] = process.argv.slice(2);
const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
db.exec('BEGIN IMMEDIATE');
writeSync(1, 'held\n');
setTimeout(() => {
  db.exec('ROLLBACK');
  process.exit();
}, Number(ms));
