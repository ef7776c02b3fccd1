/** Rows, folders and child processes for the tests of the ledger and the vault. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HistoryRow } from '../../electron/console/contract.ts';
import type { AccountRow } from '../../electron/ledger/ledger.ts';

export const SHOP = 'wx00000000000000a1';
export const CLUB = 'wx00000000000000b2';

export const account = (changes: Partial<AccountRow> = {}): AccountRow => ({
  appId: SHOP,
  name: 'Shop',
  kind: 'official',
  line: 'stable',
  apiBase: 'https://api.weixin.qq.com',
  leadSeconds: 600,
  checkMinutes: 5,
  paused: false,
  addedAt: 1_700_000_000_000,
  ...changes,
});

export const attempt = (changes: Partial<Omit<HistoryRow, 'id'>> = {}): Omit<HistoryRow, 'id'> => ({
  appId: SHOP,
  at: 1_700_000_000_000,
  trigger: 'schedule',
  actor: 'console',
  line: 'stable',
  outcome: 'granted',
  errcode: null,
  errmsg: null,
  rid: null,
  ip: null,
  expiresIn: 7200,
  fingerprint: 'a1b2c3d4',
  durationMs: 12.5,
  ...changes,
});

/** A new empty folder and how to take it away. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'wtc-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a script beside this file with this Node; `lines` are what it says on stdout. */
export function child(script: string, args: readonly string[]) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const process_: ChildProcess = spawn(process.execPath, [path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (process_.stdout === null) throw new Error('The child has no stdout.');
  const lines: string[] = [];
  const reader = createInterface({ input: process_.stdout });
  reader.on('line', (line) => lines.push(line));
  const ended = once(reader, 'close');
  return {
    lines,
    /** When it has ended and all it said has been read. */
    ended,
    firstLine: async (): Promise<string> => String((await once(reader, 'line'))[0]),
    /** Ends it as `kill -9` does. */
    async kill(): Promise<void> {
      process_.kill('SIGKILL');
      await ended;
    },
  };
}
