/**
 * Where a token file may be. A path is judged by what it leads to, each time it is written to: a folder may be a link,
 * written in other letters, or mounted twice, and may have become so since it was set.
 */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InTheWay } from './token-file-disk.ts';

/** What belongs to the console itself. */
export interface Reserved {
  /** Its data folder: whoever could have it written to could have the vault wiped. */
  readonly folder: string;
  /** Its key and policy files, which need not be there yet. */
  readonly files: readonly string[];
}

/** Rejects with InTheWay where a token file would be among the console's own, or with the system's error. */
export async function requireForeignPlace(path: string, { folder, files }: Reserved): Promise<void> {
  const place = await realpath(dirname(path));
  if (await isWithin(place, folder))
    throw new InTheWay('This is the console’s own folder; give a path outside of it.');
  const named = join(place, basename(path)).toLowerCase();
  for (const file of files) {
    const own = await realpath(dirname(file)).catch(() => null);
    if (own !== null && join(own, basename(file)).toLowerCase() === named) {
      throw new InTheWay('This is a file of the console itself; give another path.');
    }
  }
}

/** Whether `place`, or a folder above it, is `folder`: by what the disk says they are, not by their names. */
async function isWithin(place: string, folder: string): Promise<boolean> {
  const own = await stat(folder).catch(() => null);
  if (own === null) return false;
  for (let at = place; ; at = dirname(at)) {
    const { dev, ino } = await stat(at);
    if (dev === own.dev && ino === own.ino) return true;
    if (dirname(at) === at) return false;
  }
}
