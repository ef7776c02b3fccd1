/** Opens the ledger of the folder it is given, says how that went and holds it until it is killed. */
import { writeSync } from 'node:fs';
import { LedgerError } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/open.ts';

try {
  openLedger(process.argv[2] ?? '');
  writeSync(1, 'open\n');
  process.stdin.resume();
} catch (error) {
  writeSync(1, `${error instanceof LedgerError ? error.reason : error}\n`);
}
