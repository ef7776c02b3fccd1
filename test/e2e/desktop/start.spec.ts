/** Starts that fail or ask first: each has something to see, and ends with its code. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Tester, test } from './fixtures.ts';

/** Starts it, waits for the box, closes it as a person does, and says how it ended. */
async function failing(tester: Tester, args: string[] = []) {
  const started = tester.startPlain({ args: ['--vault', 'memory', ...args] });
  await expect.poll(() => tester.titles(), { timeout: 8000 }).toHaveLength(1);
  tester.desktop.run('xdotool', 'key', 'Return');
  return started.exited;
}

test('a data folder that another console holds', async ({ tester }) => {
  const holder = spawn(process.execPath, [
    join(import.meta.dirname, '../../support/ledger-holder.ts'),
    tester.folder,
  ]);
  await once(holder.stdout, 'data');
  expect(await failing(tester)).toEqual({ code: 75, signal: null });
  holder.kill();
});

test('a ledger of a newer version', async ({ tester }) => {
  const maker = spawn(process.execPath, [
    join(import.meta.dirname, '../../support/ledger-newer.ts'),
    tester.folder,
  ]);
  await once(maker, 'exit');
  expect(await failing(tester)).toEqual({ code: 78, signal: null });
});

test('a data folder that cannot be made, before the app is ready', async ({ tester }) => {
  const file = join(tester.folder, 'file');
  writeFileSync(file, '');
  expect(await failing(tester, ['--data-dir', join(file, 'folder')])).toEqual({ code: 73, signal: null });
});

test('a full disk', async ({ tester }) => {
  test.skip(process.getuid?.() !== 0, 'a file system of a few kilobytes can be mounted by root only');
  const small = join(tester.folder, 'small');
  mkdirSync(small);
  tester.desktop.run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small);
  try {
    writeFileSync(join(small, 'filler'), Buffer.alloc(60_000));
    expect(await failing(tester, ['--data-dir', small])).toEqual({ code: 73, signal: null });
  } finally {
    tester.desktop.run('umount', '-l', small);
  }
});

test('--reset-lock asks; Escape keeps the lock and the console opens at once', async ({ tester }) => {
  const passphrase = 'a good long passphrase';
  const first = await tester.start();
  await first.page();
  await tester.addAccount(first);
  await first.run('shield.setPassphrase', { current: null, next: passphrase });
  await first.stop();
  const asking = tester.startPlain({ args: ['--reset-lock'] });
  await expect.poll(() => tester.titles(), { timeout: 8000 }).toHaveLength(1);
  const before = tester.titles();
  tester.desktop.run('xdotool', 'key', 'Escape');
  const pressed = Date.now();
  await expect.poll(() => tester.titles(), { timeout: 8000 }).not.toEqual(before);
  await expect.poll(() => tester.titles()).toEqual([expect.stringContaining('令牌控制台')]);
  expect(Date.now() - pressed).toBeLessThan(5000);
  asking.child.kill('SIGTERM');
  expect(await asking.exited).toEqual({ code: 0, signal: null });
  const second = await tester.start();
  const page = await second.page();
  await expect(page.getByRole('heading', { level: 1, name: '控制台已锁定' })).toBeVisible();
  await second.stop();

  const confirming = tester.startPlain({ args: ['--reset-lock'] });
  await expect.poll(() => tester.titles(), { timeout: 8000 }).toHaveLength(1);
  tester.desktop.run('xdotool', 'key', 'Tab');
  tester.desktop.run('xdotool', 'key', 'Return');
  await expect.poll(() => tester.titles()).toEqual([expect.stringContaining('令牌控制台')]);
  confirming.child.kill('SIGTERM');
  await confirming.exited;
  const third = await tester.start();
  await third.page();
  const { accounts, shield } = await third.run('state.get', {});
  expect([accounts[0]?.secret, shield.hasPassphrase]).toEqual(['missing', false]);
});

test('without a keyring it starts, and says that AppSecrets are held for this session only', async ({
  tester,
}) => {
  const app = await tester.start({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' } });
  const page = await app.page();
  await expect.poll(async () => (await app.run('state.get', {})).vault.status).toBe('unavailable');
  await app.run('accounts.add', tester.account);
  await expect
    .poll(async () => (await app.run('state.get', {})).accounts[0])
    .toMatchObject({
      phase: 'live',
      secret: 'session-only',
    });
  await expect(page.getByText('密钥库').first()).toBeVisible();
});
