/** The log of the desktop app, which has no terminal: `logs/console.log` in the data folder, and stderr as well. */
import { chmodSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';

const LARGEST = 5_000_000;

/**
 * A stream into both. The file is readable by this user only; one of more than 5 MB is set aside as
 * `console.old.log`, which takes the place of the one before. Without a file that can be written stderr remains.
 */
export function openLogFile(folder: string, stderr: NodeJS.WritableStream = process.stderr): Writable {
  const file = openFile(folder);
  // A terminal that was closed meanwhile is no reason to end.
  if (stderr.listenerCount('error') === 0) stderr.on('error', () => undefined);
  return new Writable({
    decodeStrings: false,
    write(line: string | Buffer, _encoding, done) {
      stderr.write(line);
      try {
        // At once: what was last written before a crash is what is looked for.
        if (file !== null) writeSync(file, String(line));
      } catch {
        // A full disk; the ledger tells of it.
      }
      done();
    },
  });
}

function openFile(folder: string): number | null {
  const path = join(folder, 'console.log');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST)
      renameSync(path, join(folder, 'console.old.log'));
    const file = openSync(path, 'a', 0o600);
    chmodSync(path, 0o600);
    return file;
  } catch {
    return null;
  }
}
