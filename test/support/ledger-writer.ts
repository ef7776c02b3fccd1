/** Records attempt after attempt and announces the id of each, until it is killed. */
import { writeSync } from 'node:fs';
import { openLedger } from '../../electron/ledger/open.ts';
import { account, attempt, SHOP } from './ledger-fixtures.ts';

const ledger = openLedger(process.argv[2] ?? '');
if (ledger.accounts().length === 0) ledger.addAccount(account());
for (;;) {
  const at = Date.now();
  ledger.noteAsking(SHOP, at);
  const number = Number(ledger.kept(SHOP).standing ?? 0) + 1;
  const row = ledger.record(attempt({ at, expiresIn: number }), String(number));
  // Synchronous on a pipe: what the parent reads has been said before the kill.
  writeSync(1, `${row.id} ${number}\n`);
}
