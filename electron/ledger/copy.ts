/**
 * A copy of the small tables beside the database, in two generations: a disk that spoils a page of the one, or drops
 * what was written to it last, leaves the other. Written soon after each change, and when the ledger closes.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { changesIn, SMALL_TABLE_NAMES, type SmallTables } from './small-tables.ts';

const FILE = 'ledger.copy';
const FORMAT = 'wechat-token-console/ledger-copy';
/** An import changes many accounts one after the other: they are one copy. */
const SOON_MS = 250;

const rows = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])));
const content = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  tables: z.object(Object.fromEntries(SMALL_TABLE_NAMES.map((name) => [name, rows]))),
});

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

function packed(tables: SmallTables): string {
  const text = JSON.stringify({ format: FORMAT, version: 1, tables });
  return `${digest(text)}\n${text}\n`;
}

/** null for a file that is not there, is damaged, or is of another version. */
function unpacked(file: string): SmallTables | null {
  try {
    const [sum, text = ''] = readFileSync(file, 'utf8').split('\n');
    return sum === digest(text) ? (content.parse(JSON.parse(text)).tables as unknown as SmallTables) : null;
  } catch {
    return null; // there is the other generation, and the ledger itself
  }
}

/** The newest copy in a data folder that can be read; null when there is none. */
export function readCopy(folder: string): SmallTables | null {
  const copies = ['', '.old'].flatMap((suffix) => unpacked(join(folder, `${FILE}${suffix}`)) ?? []);
  return copies.sort((a, b) => changesIn(b) - changesIn(a))[0] ?? null;
}

export interface CopyKeeper {
  /** The tables have changed: they are copied soon. */
  changed(): void;
  /** Copies what was not copied yet, now. */
  close(): void;
}

/** Keeps the copy of a folder's ledger; `read` gives the tables as they are, or null when the folder is another by now. */
export function keepCopy(folder: string, read: () => SmallTables | null): CopyKeeper {
  const file = join(folder, FILE);
  let timer: NodeJS.Timeout | null = null;

  async function write(): Promise<void> {
    timer = null;
    const tables = read();
    if (tables === null) return;
    const handle = await open(`${file}.new`, 'w', 0o600);
    try {
      await handle.writeFile(packed(tables));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(file, `${file}.old`).catch(() => undefined); // the first copy has none before it
    await rename(`${file}.new`, file);
  }

  return {
    changed() {
      // A disk that does not take it is told of by the ledger, which has taken the change itself; the next one tries again.
      timer ??= setTimeout(() => void write().catch(() => undefined), SOON_MS).unref();
    },
    close() {
      if (timer === null) return;
      clearTimeout(timer);
      timer = null;
      const tables = read();
      if (tables !== null) writeNow(file, packed(tables));
    },
  };
}

function writeNow(file: string, text: string): void {
  const handle = openSync(`${file}.new`, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    renameSync(file, `${file}.old`);
  } catch {
    // the first copy has none before it
  }
  renameSync(`${file}.new`, file);
}
