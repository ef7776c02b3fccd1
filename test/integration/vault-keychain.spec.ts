import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/ledger-fixtures.ts';
import { WITH_SECRETS, whyNoSecretService } from '../support/secret-service.ts';
import { found } from '../support/vault-values.ts';

const support = (name: string) => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const CHILD = support('vault-keychain-child.ts');

const reason = await whyNoSecretService();

/** What the child said; `wrapper` is what it is started through. */
async function run(situation: string, wrapper: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const [command = process.execPath, ...args] = [...wrapper, process.execPath, CHILD, situation];
  const { stdout } = await promisify(execFile)(command, args, { env });
  return JSON.parse(stdout);
}

const withSecrets = WITH_SECRETS;

/** A D-Bus session in which nothing can be started on demand. */
function emptySession(folder: string): string[] {
  const config = join(folder, 'bus.conf');
  writeFileSync(
    config,
    `<busconfig><type>session</type><listen>unix:tmpdir=${folder}</listen>
     <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
     <allow own="*"/></policy></busconfig>`,
  );
  return ['dbus-run-session', `--config-file=${config}`, '--'];
}

const title = `the keychain vault on a real Secret Service${reason === null ? '' : ` (skipped: ${reason})`}`;

describe.skipIf(reason !== null)(title, { timeout: 30_000 }, () => {
  it('keeps, gives back and forgets, and another program finds it under the agreed name', async () => {
    const said = await run('unlocked', withSecrets);
    expect(said).toMatchObject({
      probe: { value: { kind: 'keychain', status: 'ready', detail: null } },
      kept: { value: { result: 'done' } },
      shown: '令牌 sandbox-secret-of-shop',
      read: { value: found('令牌 sandbox-secret-of-shop') },
      missing: { result: 'absent' },
      forgotten: [{ result: 'done' }, { result: 'done' }, { result: 'done' }],
      after: { result: 'absent' },
    });
    expect(said.probe.ms).toBeLessThan(1000);
  });

  it('says locked while the keyring is locked, and has everything again afterwards', async () => {
    const said = await run('locked', withSecrets);
    const locked = { result: 'locked', detail: expect.stringMatching(/locked.*Unlock it/) };
    expect(said).toMatchObject({
      read: locked,
      probe: { value: { status: 'locked' } },
      kept: locked,
      unmarked: locked,
      forgotten: locked,
      opened: { status: 'ready' },
      back: found('sandbox-secret-of-shop'),
      absent: { result: 'absent' },
    });
  });

  it('asks to be restarted when the keyring service was', async () => {
    const said = await run('restarted', withSecrets);
    const detail = expect.stringMatching(/started anew.*Restart the console/);
    expect(said).toEqual({
      probe: { kind: 'keychain', status: 'unavailable', detail },
      kept: { result: 'unavailable', detail },
    });
  });

  it('gives up on a service that is frozen, for all callers at once, and goes on when it thaws', async () => {
    const said = await run('frozen', withSecrets);
    const trouble = { result: 'unavailable', detail: expect.stringMatching(/did not answer within 2 s/) };
    expect(said.probe.value).toMatchObject({ status: 'unavailable', detail: trouble.detail });
    expect(said.probe.ms).toBeGreaterThanOrEqual(1990);
    expect(said.probe.ms).toBeLessThan(4000);
    expect(said.crowd.value).toEqual(Array(200).fill(trouble));
    expect(said.crowd.ms).toBeLessThan(500);
    expect(said.again.ms).toBeLessThan(500);
    expect(said).toMatchObject({ thawed: { status: 'ready' }, read: found('sandbox-secret-of-shop') });
  });

  it('names what to install where a session has no keyring service', async () => {
    const { folder, remove } = temporaryFolder();
    const said = await run('missing', emptySession(folder)).finally(remove);
    const detail = expect.stringMatching(/gnome-keyring or KWallet.*--vault file/);
    expect(said.probe.value).toEqual({ kind: 'keychain', status: 'unavailable', detail });
    expect(said.read).toEqual({ result: 'unavailable', detail });
    expect(said.kept).toEqual({ result: 'unavailable', detail });
  });

  it('says so where there is no session at all, as on a server', async () => {
    const { DBUS_SESSION_BUS_ADDRESS: _, DISPLAY: __, XDG_RUNTIME_DIR: ___, ...env } = process.env;
    const said = await run('missing', [], env);
    const detail = expect.stringMatching(/no D-Bus session.*--vault file/);
    expect(said.probe.value).toEqual({ kind: 'keychain', status: 'unavailable', detail });
    expect(said.kept).toEqual({ result: 'unavailable', detail });
  });

  it('leaves no daemon behind, and ends with the exit code of the command', () => {
    const { folder, remove } = temporaryFolder();
    const note = join(folder, 'pid');
    const { status } = spawnSync('bash', [
      WITH_SECRETS[1],
      'sh',
      '-c',
      `echo $SECRETS_PID > ${note}; exit 7`,
    ]);
    expect(status).toBe(7);
    // Dead, or a zombie nobody has collected yet: without a command line in either case.
    const commandLine = `/proc/${readFileSync(note, 'utf8').trim()}/cmdline`;
    expect(existsSync(commandLine) ? readFileSync(commandLine, 'utf8') : '').toBe('');
    remove();
  });
});
