/** Business servers read tokens from memory: whatever the disk does, and whoever holds the ledger, they are answered. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, HistoryRow } from '../../electron/console/contract.ts';
import { startSandbox } from '../../electron/sandbox/server.ts';
import { command, type Running, startHeadless } from '../support/headless.ts';
import { readsMeanwhile, thirtyAccounts } from '../support/reads-meanwhile.ts';
import { canSlowDown, slowDisk } from '../support/slow-disk.ts';

let folder = '';
let console: Running;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let desk: Awaited<ReturnType<typeof thirtyAccounts>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wtc-slow-'));
  sandbox = await startSandbox();
  const vault = ['--vault', 'file', '--vault-key-file', join(folder, 'vault.key')];
  console = await startHeadless(['--data-dir', join(folder, 'data'), '--gateway', '127.0.0.1:0', ...vault]);
  desk = await thirtyAccounts(console.ready, sandbox);
}, 60_000);
afterEach(async () => {
  await console.stop('SIGKILL');
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

async function rows(): Promise<readonly HistoryRow[]> {
  const answer = (await command(console.ready, 'history.query', { limit: 500 })) as Answer<{
    rows: HistoryRow[];
  }>;
  return answer.ok ? answer.value.rows : [];
}

describe.runIf(canSlowDown)('a disk whose fsync takes 500 ms, with 30 refreshes under way', () => {
  it('is not noticed by who reads a token; no row is lost', async () => {
    const release = await slowDisk(console.ready.pid, 500);
    const { median, p99, count } = await readsMeanwhile(desk, desk.refreshAll());
    await release();
    expect(count).toBeGreaterThan(200);
    expect(median).toBeLessThan(5);
    expect(p99).toBeLessThan(50);
    const granted = (await rows()).filter(
      ({ trigger, outcome }) => trigger === 'manual' && outcome === 'granted',
    );
    expect(granted).toHaveLength(30);
  }, 120_000);
});

describe('another program that holds the ledger for two seconds, with 30 refreshes under way', () => {
  it('is not noticed by who reads a token; rows are written afterwards, in order, and nothing is told', async () => {
    const other = new DatabaseSync(join(folder, 'data', 'ledger.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    const held = new Promise<void>((done) =>
      setTimeout(() => {
        other.exec('ROLLBACK');
        other.close();
        done();
      }, 2000),
    );
    const { median, p99 } = await readsMeanwhile(desk, Promise.all([desk.refreshAll(), held]));
    expect(median).toBeLessThan(5);
    expect(p99).toBeLessThan(50);
    const manual = async () => (await rows()).filter(({ trigger }) => trigger === 'manual');
    await expect.poll(async () => (await manual()).length, { timeout: 10_000 }).toBe(30);
    const state = (await command(console.ready, 'state.get', {})) as Answer<{ notices: unknown[] }>;
    expect(state).toMatchObject({ ok: true, value: { notices: [] } });
  }, 120_000);
});
