/** Whether a folder is still the one that was opened: it can be deleted, moved or replaced under a running console. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError, type Place } from './ledger.ts';
import { holdFolder } from './lock.ts';

/** Which file a name stands for. An open file's number is not given to another one. */
function identityOf(file: string): string | null {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev} ${stats.ino}`;
}

export interface Watch {
  /** Whether what is written still gets into the folder of that name; costs one look at the file system. */
  isOurs(): boolean;
  place(): Place;
}

/** To be called once the files are open. */
export function watchPlace(folder: string, file: string): Watch {
  const opened = identityOf(file);
  const isOurs = () => identityOf(file) === opened;
  return {
    isOurs,
    place() {
      if (isOurs()) return 'ours';
      return isHeld(folder) ? 'taken' : 'gone';
    },
  };
}

function isHeld(folder: string): boolean {
  if (identityOf(join(folder, 'ledger.sqlite')) === null) return false;
  try {
    holdFolder(folder)();
    return false;
  } catch (error) {
    return error instanceof LedgerError && error.reason === 'held';
  }
}
