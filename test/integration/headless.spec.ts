/** The built headless console as a process: its options, its ready line, its exit codes, its end. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountView, Answer, StateView } from '../../electron/console/contract.ts';
import { startSandbox } from '../../electron/sandbox/server.ts';
import { command, type Ready, runHeadless, startHeadless } from '../support/headless.ts';

const APP_ID = 'wx00000000000000a1';
const SECRET = 'sandbox-secret-of-the-shop';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'wtc-headless-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const here = (...more: string[]) => ['--data-dir', dataDir, '--vault', 'memory', ...more];

async function stateOf(ready: Ready): Promise<StateView> {
  const answer = (await command(ready, 'state.get', {})) as Answer<StateView>;
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

describe('starting', () => {
  it('prints the ready line, and with --json nothing else on stdout', async () => {
    const running = await startHeadless(here());
    const { event, url, adminKey, gatewayUrl, pid, version } = running.ready;
    expect({ event, gatewayUrl, pid }).toEqual({ event: 'ready', gatewayUrl: null, pid: running.child.pid });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(adminKey.length).toBeGreaterThanOrEqual(43);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    const { stdout, stderr } = await running.stop();
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain(adminKey);
  });

  it('prints the address with the key for a person', async () => {
    const { code, stdout } = await runHeadless(['--version']);
    expect([code, stdout.trim()]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
    expect((await runHeadless(['--help'])).stdout).toContain('--allow-remote-admin');
  });

  it('takes its options from the environment too; the command line wins', async () => {
    const running = await startHeadless(here(), { WTC_LISTEN: 'nonsense', WTC_DEMO: '0' });
    expect((await stateOf(running.ready)).notices).toEqual([]);
    await running.stop();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends with 0 within 2 s on %s, a call under way or not',
    async (signal) => {
      const sandbox = await startSandbox();
      sandbox.world.add({ appId: APP_ID, secret: SECRET });
      sandbox.world.inject({ kind: 'no-answer' });
      const running = await startHeadless(here());
      await command(running.ready, 'accounts.add', {
        ...{
          appId: APP_ID,
          name: 'shop',
          kind: 'mini',
          line: 'stable',
          secret: SECRET,
          apiBase: sandbox.url,
        },
      });
      const asked = performance.now();
      const { code } = await running.stop(signal);
      expect(code).toBe(0);
      expect(performance.now() - asked).toBeLessThan(2000);
      await sandbox.close();
    },
  );
});

describe.runIf(process.platform === 'linux')('opening a browser', () => {
  it('hands it a page of this user alone; the key is on no command line', async () => {
    const [bin, seen] = [join(dataDir, 'bin'), join(dataDir, 'seen')];
    mkdirSync(bin);
    const script = `#!/bin/sh\nfile="\${1#file://}"\n{ echo "$1"; stat -c %a "$file"; cat "$file"; } > ${seen}.part\nmv ${seen}.part ${seen}\n`;
    writeFileSync(join(bin, 'xdg-open'), script, { mode: 0o755 });
    const running = await startHeadless(here('--open'), { PATH: `${bin}:${process.env.PATH}` });
    await expect.poll(() => existsSync(seen), { timeout: 5000 }).toBe(true);
    const [argument = '', mode, page] = readFileSync(seen, 'utf8').split('\n');
    const { url, adminKey } = running.ready;
    expect(argument).toMatch(/^file:/);
    expect(argument).not.toContain(adminKey);
    expect(mode).toBe('600');
    expect(page).toContain(`url=${url}#key=${adminKey}`);
    await running.stop();
    expect(existsSync(fileURLToPath(argument))).toBe(false);
  });

  it('says in the log that there is none', async () => {
    const running = await startHeadless(here('--open'), { PATH: dataDir });
    await expect.poll(running.stderr).toContain('no browser could be opened');
    await running.stop();
  });
});

describe('with --gateway', () => {
  it('says where business servers ask, and answers there from the first moment', async () => {
    const running = await startHeadless(here('--gateway', '127.0.0.1:0'));
    const { gatewayUrl } = running.ready;
    expect(gatewayUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${gatewayUrl}/healthz`)).status).toBe(200);
    expect((await fetch(`${gatewayUrl}/v1/tokens/wx00000000000000a1`)).status).toBe(401);
    const { code } = await running.stop();
    expect(code).toBe(0);
    await expect(fetch(`${gatewayUrl}/healthz`)).rejects.toThrow();
  });
});

describe('what it cannot start with', () => {
  it('an older Node ends with 64 and one sentence that names it, whatever is asked', async () => {
    const entry = join(import.meta.dirname, '..', '..', 'dist', 'headless.js');
    // Nothing that an older Node lacks is linked before the entry has looked.
    expect(readFileSync(entry, 'utf8')).not.toMatch(/^import\b(?!\()/m);
    const as20 = `Object.defineProperty(process, 'versions', { value: { node: '20.1.0' } }); await import(${JSON.stringify(entry)});`;
    for (const option of ['--help', '--json']) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--input-type=module', '-e', as20, '--', option],
        { encoding: 'utf8' },
      );
      expect([status, stdout]).toEqual([64, '']);
      expect(stderr).toMatch(/^Node 24 or newer is needed; this is .+ \(.+\)\.\n$/);
    }
  });

  it.each([
    [['--wrong'], /--wrong/],
    [['--listen', '127.0.0.1'], /--listen/],
    [['--listen', '127.0.0.1:70000'], /--listen/],
    [['--vault', 'paper'], /--vault/],
    [['--gateway', 'nowhere'], /--gateway/],
    [['--listen', '0.0.0.0:0'], /allow/],
  ])('%j ends with 64 and says why', async (args, why) => {
    const { code, stdout, stderr } = await runHeadless(['--data-dir', dataDir, ...args]);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(why);
  });

  it('a wrong environment variable ends with 64', async () => {
    const { code, stderr } = await runHeadless([], { WTC_JSON: 'perhaps' });
    expect([code, stderr]).toEqual([64, expect.stringContaining('WTC_JSON')]);
  });

  it('an address in use ends with 69', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as { port: number };
    const { code, stderr } = await runHeadless([...here(), '--listen', `127.0.0.1:${port}`]);
    expect([code, stderr]).toEqual([69, expect.stringContaining('in use')]);
    const gateway = await runHeadless([
      ...here(),
      '--listen',
      '127.0.0.1:0',
      '--gateway',
      `127.0.0.1:${port}`,
    ]);
    expect([gateway.code, gateway.stderr]).toEqual([69, expect.stringContaining('in use')]);
    holder.close();
  });

  it('a data folder that cannot be written ends with 73 and names it', async () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    const { code, stderr } = await runHeadless(['--data-dir', join(file, 'inside')]);
    expect([code, stderr]).toEqual([73, expect.stringContaining('a-file')]);
  });

  it('a folder another console holds ends with 75; the first goes on', async () => {
    const first = await startHeadless(here());
    expect((await runHeadless(here('--listen', '127.0.0.1:0'))).code).toBe(75);
    expect((await stateOf(first.ready)).accounts).toEqual([]);
    await first.stop();
  });

  it('data from a newer version ends with 78 and is left as it was', async () => {
    await (await startHeadless(here())).stop();
    const file = join(dataDir, 'ledger.sqlite');
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 999');
    db.close();
    expect((await runHeadless(here())).code).toBe(78);
    const again = new DatabaseSync(file, { readOnly: true });
    expect(again.prepare('PRAGMA user_version').get()).toEqual({ user_version: 999 });
    again.close();
  });
});

describe('data that is damaged', () => {
  it('a corrupt database is put aside and said so; the console starts with a new one', async () => {
    writeFileSync(join(dataDir, 'ledger.sqlite'), 'this was a database once '.repeat(400));
    const running = await startHeadless(here());
    const { notices } = await stateOf(running.ready);
    expect(notices).toEqual([
      { id: 'ledger-set-aside', since: expect.any(Number), detail: expect.stringContaining('corrupt') },
    ]);
    await running.stop();
    expect(readdirSync(dataDir).some((name) => name.startsWith('ledger.sqlite.corrupt-'))).toBe(true);
  });

  it('a corrupt vault file is said so and never overwritten; the secret is held for this session', async () => {
    writeFileSync(join(dataDir, 'vault.age'), 'not a vault');
    const key = join(dataDir, 'vault.key');
    const running = await startHeadless(['--data-dir', dataDir, '--vault', 'file', '--vault-key-file', key]);
    await command(running.ready, 'accounts.add', {
      ...{
        appId: APP_ID,
        name: 'shop',
        kind: 'mini',
        line: 'stable',
        secret: SECRET,
        apiBase: 'http://127.0.0.1:9',
      },
    });
    const { vault, accounts, notices } = await stateOf(running.ready);
    expect(vault).toMatchObject({
      kind: 'file',
      status: 'unavailable',
      detail: expect.stringContaining('vault.age'),
    });
    expect(accounts[0]?.secret).toBe('session-only');
    expect(notices.map(({ id }) => id)).toContain('vault-failing');
    await running.stop();
  });
});

describe('kill -9', () => {
  it('loses nothing that was announced: account, token and history are there again, and no call is made', async () => {
    const sandbox = await startSandbox();
    sandbox.world.add({ appId: APP_ID, secret: SECRET });
    const key = join(dataDir, 'vault.key');
    const args = ['--data-dir', dataDir, '--vault', 'file', '--vault-key-file', key];
    const first = await startHeadless(args);
    await command(first.ready, 'accounts.add', {
      ...{
        appId: APP_ID,
        name: 'shop',
        kind: 'mini',
        line: 'standard',
        secret: SECRET,
        apiBase: sandbox.url,
      },
    });
    const refreshed = (await command(first.ready, 'tokens.refresh', {
      appId: APP_ID,
    })) as Answer<AccountView>;
    const before = refreshed.ok ? refreshed.value.token : null;
    expect(before).not.toBeNull();
    await first.stop('SIGKILL');
    const calls = sandbox.world.calls().length;

    const second = await startHeadless(args);
    await expect.poll(async () => (await stateOf(second.ready)).accounts[0]?.phase).toBe('live');
    const [account] = (await stateOf(second.ready)).accounts;
    expect(account).toMatchObject({ phase: 'live', secret: 'stored', token: before });
    expect(sandbox.world.calls()).toHaveLength(calls);
    const history = (await command(second.ready, 'history.query', { limit: 50 })) as Answer<{
      rows: unknown[];
    }>;
    expect(history.ok && history.value.rows).toHaveLength(calls);
    await second.stop();
    await sandbox.close();
  });
});

describe('the demo', () => {
  it('shows every phase and keeps nothing', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('wechat-token-console-demo-'));
    const running = await startHeadless(['--demo']);
    const phases = async () => new Set((await stateOf(running.ready)).accounts.map(({ phase }) => phase));
    const wanted = [
      'live',
      'refreshing',
      'retrying',
      'awaiting-admin',
      'refused',
      'needs-attention',
      'paused',
    ];
    await expect
      .poll(async () => [...(await phases())].sort(), { timeout: 5000 })
      .toEqual([...wanted].sort());
    await running.stop();
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('wechat-token-console-demo-'));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});
