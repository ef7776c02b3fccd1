/** Whatever the console exports it takes back, over HTTP as a server's page sends it: as many and as long as they come. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, CommandInput, CommandName, CommandValue } from '../../electron/console/contract.ts';
import { openPage, type Page } from '../../electron/page/page.ts';
import { saveInto } from '../../electron/save-file.ts';
import { startWeb } from '../../electron/web/web.ts';
import { type Harness, startHarness } from '../support/console-harness.ts';

const ADMIN_KEY = 'admin-key-of-the-test';
const PASSPHRASE = 'four unrelated words';
const COUNT = 1000;

let folder: string;
let page: Page;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wtc-large-'));
  writeFileSync(join(folder, 'index.html'), '');
  page = await openPage(folder);
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

interface Served {
  readonly harness: Harness;
  run<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandValue<C>>;
}

async function serve(): Promise<Served> {
  const saveFile = saveInto(join(folder, 'exports'));
  const harness = await startHarness({ host: { abilities: [], saveFile } });
  const { app } = harness;
  const listen = { host: '127.0.0.1', port: 0 };
  const web = await startWeb({
    ...{ console: app, page, listen, adminKey: ADMIN_KEY, allowRemote: false, log: app.parts.log },
  });
  closers.push(() => web.close().then(() => harness.close()));
  return {
    harness,
    async run<C extends CommandName>(command: C, input: CommandInput<C>) {
      const response = await fetch(`${web.url}bridge/${command}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      const answer = (await response.json()) as Answer<CommandValue<C>>;
      if (!answer.ok) throw new Error(`${response.status} ${answer.error.code}: ${answer.error.message}`);
      return answer.value;
    },
  };
}

/** Names of 64 letters: three bytes each, escaped in JSON and once more on their way, or two letters for one sign. */
const NAMES = ['商'.repeat(64), '"\\'.repeat(32), '\u0001'.repeat(64), '🛒'.repeat(32)];

const accounts = Array.from({ length: COUNT }, (_, n) => ({
  appId: `wx${n.toString(16).padStart(16, '0')}`,
  name: NAMES[n % NAMES.length] ?? '',
  kind: 'official',
  line: n % 2 === 0 ? 'standard' : 'stable',
  apiBase: `https://${'long-label.'.repeat(22)}example.cn:65535`,
  leadSeconds: 3600,
  checkMinutes: 5,
  paused: true,
}));

const secretOf = (n: number) => `${String(n).padStart(6, '0')}"\\`.padEnd(128, '"\\');

const fileOf = (list: readonly object[]) =>
  JSON.stringify({ format: 'wechat-token-console/accounts', version: 1, accounts: list }, null, 2);

async function exported(from: Served, passphrase?: string): Promise<string> {
  const { path, accounts: count } = await from.run('accounts.export', passphrase ? { passphrase } : {});
  expect(count).toBe(COUNT);
  return readFile(path ?? '', 'utf8');
}

const rowsOf = ({ harness }: Served) =>
  harness.app.parts.ledger.accounts().map(({ addedAt: _addedAt, ...row }) => row);

describe('a thousand accounts, each as long as it can be', () => {
  it('come back from a plain file', async () => {
    const from = await serve();
    await from.run('accounts.import', { text: fileOf(accounts) });
    const text = await exported(from);
    const to = await serve();
    const { added, skipped } = await to.run('accounts.import', { text });
    expect([added.length, skipped.length]).toEqual([COUNT, 0]);
    expect(rowsOf(to)).toEqual(rowsOf(from));
    expect(await exported(to)).toBe(text);
    expect(to.harness.logged.join()).not.toContain('a request failed');
  }, 120_000);

  it('come back from a sealed file, with their secrets', async () => {
    const from = await serve();
    await from.run('accounts.import', {
      text: fileOf(accounts.map((account, n) => ({ ...account, secret: secretOf(n) }))),
    });
    const text = await exported(from, PASSPHRASE);
    const to = await serve();
    const { added } = await to.run('accounts.import', { text, passphrase: PASSPHRASE });
    expect(added.filter(({ hasSecret }) => hasSecret)).toHaveLength(COUNT);
    expect(rowsOf(to)).toEqual(rowsOf(from));
    const { safe } = to.harness.app;
    expect(accounts.map(({ appId, apiBase }) => safe.secretFor(appId, apiBase))).toEqual(
      accounts.map((_, n) => secretOf(n)),
    );
  }, 120_000);
});
