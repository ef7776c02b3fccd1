/** The data folder: made where it is missing, and nobody else's to write to. */
import { type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../lib/folders.ts';
import { LedgerError } from './ledger.ts';

const OTHERS_WRITE = 0o022;
/** What decides where AppSecrets go, and what opens them. */
const FILES = ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.copy', 'ledger.copy.old', 'vault.age'];

/**
 * Makes `folder`, with mode 0700, and refuses one that others may write to: whoever can put a database of his own in
 * its place can have an AppSecret sent to himself.
 *
 * @throws LedgerError `open-to-others`; the file system's error when it cannot be made.
 */
export function prepareFolder(folder: string): void {
  makeFolder(folder);
  if (process.platform === 'win32') return; // has no such modes; the user's profile is his own there
  for (const place of [folder, ...FILES.map((file) => join(folder, file))]) {
    const stats = statSync(place, { throwIfNoEntry: false });
    if (stats) refuseIfOthersWrite(place, stats);
  }
}

function refuseIfOthersWrite(place: string, { mode, uid }: Stats): void {
  const self = process.getuid?.() ?? 0;
  const isOthers = self !== 0 && uid !== 0 && uid !== self;
  if (!isOthers && (mode & OTHERS_WRITE) === 0) return;
  const octal = (mode & 0o777).toString(8).padStart(4, '0');
  const what = isOthers ? 'belongs to another user' : `can be changed by other users (mode ${octal})`;
  const help = isOthers ? `Choose a folder of your own.` : `Take that right away: chmod go-w '${place}'`;
  throw new LedgerError(
    'open-to-others',
    `${place} ${what}: whoever changes it can have AppSecrets sent elsewhere. ${help}`,
  );
}
