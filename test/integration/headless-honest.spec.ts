/** A start that says ready when it is, commands that answer and an end in time, whatever a path or a signal does. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, GatewaySettings, HandoutView, StateView } from '../../electron/console/contract.ts';
import { startSandbox } from '../../electron/sandbox/server.ts';
import { command, type Running, startHeadless } from '../support/headless.ts';
import { canHang, hungFolder } from '../support/hung-folder.ts';

const APP_ID = 'wx00000000000000a1';
const SECRET = 'sandbox-secret-of-the-shop';

let folder = '';
let running: Running | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wtc-honest-'));
});
afterEach(async () => {
  await running?.stop('SIGKILL');
  running = null;
  rmSync(folder, { recursive: true, force: true });
});

async function start(...more: string[]): Promise<Running> {
  running = await startHeadless(['--data-dir', join(folder, 'data'), '--vault', 'memory', ...more]);
  return running;
}

async function ask<T>({ ready }: Running, name: string, input: unknown): Promise<Answer<T>> {
  return (await command(ready, name, input)) as Answer<T>;
}

/** Sends SIGTERM; how it ended, and after how many milliseconds. */
async function ended(console: Running): Promise<[code: number | null, ms: number]> {
  const asked = performance.now();
  const { code } = await console.stop();
  return [code, performance.now() - asked];
}

const gatewayWith = (certFile: string): GatewaySettings => ({
  ...{ enabled: true, host: '127.0.0.1', port: 0 },
  tls: { certFile, keyFile: certFile },
});
const PLAIN: GatewaySettings = { enabled: true, host: '127.0.0.1', port: 0, tls: null };

/** With the gateway switched on by a person: the command line's cannot be changed. */
async function startWithGateway(): Promise<Running> {
  const console = await start();
  expect(await ask(console, 'handout.setGateway', PLAIN)).toMatchObject({ ok: true });
  return console;
}

async function urlOf(console: Running): Promise<string> {
  const answer = await ask<StateView>(console, 'state.get', {});
  return (answer.ok && answer.value.gateway?.url) || '';
}

describe.skipIf(process.platform === 'win32')('SIGUSR1, which log rotation sends', () => {
  it('opens no inspector to the other users of the machine, and is told in one line of the log', async () => {
    const console = await start();
    console.child.kill('SIGUSR1');
    await expect.poll(console.stderr).toContain('SIGUSR1');
    const lines = console.stderr().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).msg)).toContain('SIGUSR1 is ignored');
    expect(await ended(console)).toEqual([0, expect.any(Number)]);
  });
});

describe.skipIf(process.platform === 'win32')('a certificate that is no file', () => {
  const pipe = () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    return join(folder, 'pipe');
  };
  const large = () => {
    writeFileSync(join(folder, 'large'), Buffer.alloc(1024 * 1024 + 1, 'x'));
    return join(folder, 'large');
  };
  it.each([
    ['a pipe nobody writes to', pipe, 'is not a regular file'],
    ['a device without end', () => '/dev/zero', 'is not a regular file'],
    ['a folder', () => folder, 'is not a regular file'],
    ['a file of more than 1 MiB', large, 'is larger than 1 MiB'],
  ])(
    '%s: the change is refused, the gateway stays, later changes and the end are as ever',
    async (_, make, why) => {
      const console = await startWithGateway();
      const before = await urlOf(console);
      const answer = await ask(console, 'handout.setGateway', gatewayWith(make()));
      expect(answer).toMatchObject({ ok: false, error: { code: 'gateway-failed' } });
      expect(JSON.stringify(answer)).toContain(why);
      expect(await urlOf(console)).toBe(before);
      expect((await fetch(`${before}/healthz`)).status).toBe(200);
      expect(await ask<HandoutView>(console, 'handout.setGateway', PLAIN)).toMatchObject({ ok: true });
      const [code, ms] = await ended(console);
      expect([code, ms < 2000]).toEqual([0, true]);
    },
  );
});

describe.runIf(canHang())('a certificate on a network mount whose server is gone', () => {
  it('is refused after 3 s; the gateway stays, and the end comes within 2 s', async () => {
    const console = await startWithGateway();
    const release = await hungFolder(join(folder, 'mount'));
    try {
      const certificate = join(folder, 'mount', 'certificate.pem');
      const answer = await ask(console, 'handout.setGateway', gatewayWith(certificate));
      expect(JSON.stringify(answer)).toContain('did not answer within 3 s');
      expect((await fetch(`${await urlOf(console)}/healthz`)).status).toBe(200);
      expect(await ask<HandoutView>(console, 'handout.setGateway', PLAIN)).toMatchObject({ ok: true });
      const [code, ms] = await ended(console);
      expect([code, ms < 2000]).toEqual([0, true]);
    } finally {
      await release();
    }
  });
});

/** A console with one live account on a WeChat of its own. */
async function withAccount(...more: string[]) {
  const sandbox = await startSandbox();
  sandbox.world.add({ appId: APP_ID, secret: SECRET });
  const console = await start(...more);
  const account = { appId: APP_ID, name: 'shop', kind: 'mini', line: 'stable', secret: SECRET };
  await ask(console, 'accounts.add', { ...account, apiBase: sandbox.url });
  await expect.poll(async () => JSON.stringify(await ask(console, 'state.get', {}))).toContain('"live"');
  return { console, sandbox };
}

const fileState = (answer: Answer<HandoutView>) => (answer.ok ? answer.value.accounts[0]?.fileState : answer);

describe.runIf(canHang())('a token file on a network mount whose server is gone', () => {
  it('is told after 3 s; everything else goes on, and the end comes within 2 s', async () => {
    const { console, sandbox } = await withAccount();
    const release = await hungFolder(join(folder, 'mount'));
    try {
      const file = { path: join(folder, 'mount', 'token'), format: 'bare' };
      const asked = performance.now();
      const answer = await ask<HandoutView>(console, 'handout.setAccount', {
        appId: APP_ID,
        file,
        targets: [],
      });
      expect(fileState(answer)).toMatchObject({ state: 'failing', detail: 'The disk does not answer.' });
      expect(performance.now() - asked).toBeLessThan(4000);
      expect(await ask(console, 'tokens.refresh', { appId: APP_ID })).toMatchObject({ ok: true });
      const [code, ms] = await ended(console);
      expect([code, ms < 2000]).toEqual([0, true]);
    } finally {
      await release();
      await sandbox.close();
    }
  });
});

it('the token file of a removed account goes, though the console was killed right after it said so', async () => {
  const path = join(folder, 'token');
  for (let round = 0; round < 5; round++) {
    const { console, sandbox } = await withAccount();
    const file = { path, format: 'bare' };
    await ask(console, 'handout.setAccount', { appId: APP_ID, file, targets: [] });
    expect(existsSync(path)).toBe(true);
    expect(await ask(console, 'accounts.remove', { appId: APP_ID })).toMatchObject({ ok: true });
    await console.stop('SIGKILL');
    await (await start()).stop();
    expect(existsSync(path)).toBe(false);
    await sandbox.close();
  }
});

describe('ready', () => {
  it('is said when the stored token can be handed out: the first question is answered with it', async () => {
    const sandbox = await startSandbox();
    sandbox.world.add({ appId: APP_ID, secret: SECRET });
    const key = join(folder, 'vault.key');
    const options = ['--vault', 'file', '--vault-key-file', key, '--gateway', '127.0.0.1:0'];
    const first = await start(...options);
    const account = { appId: APP_ID, name: 'shop', kind: 'mini', line: 'stable', secret: SECRET };
    await ask(first, 'accounts.add', { ...account, apiBase: sandbox.url });
    const made = await ask<{ key: string }>(first, 'clients.create', { name: 'shop', appIds: '*' });
    const client = made.ok ? made.value.key : '';
    await first.stop();
    for (let n = 0; n < 5; n++) {
      const again = await start(...options);
      const [token, state] = await Promise.all([
        fetch(`${again.ready.gatewayUrl}/v1/tokens/${APP_ID}`, {
          headers: { authorization: `Bearer ${client}` },
        }),
        ask<StateView>(again, 'state.get', {}),
      ]);
      expect(token.status).toBe(200);
      expect(state).toMatchObject({ value: { accounts: [{ secret: 'stored', phase: 'live' }] } });
      await again.stop();
    }
    await sandbox.close();
  });
});
