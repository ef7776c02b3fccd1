/** A day of the built console on a real Secret Service; run inside with-secrets.sh. Prints what was seen, as JSON. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, StateView } from '../../electron/console/contract.ts';
import { startSandbox } from '../../electron/sandbox/server.ts';
import { command, type Running, startHeadless } from './headless.ts';

const APP_ID = 'wx00000000000000a1';
const SECRET = 'sandbox-secret-of-the-shop';
const LOGIN = '/org/freedesktop/secrets/collection/login';
const dataDir = mkdtempSync(join(tmpdir(), 'wtc-keychain-'));
const daemon = Number(process.env.SECRETS_PID);
const sandbox = await startSandbox();
sandbox.world.add({ appId: APP_ID, secret: SECRET });

async function stateOf({ ready }: Running): Promise<StateView> {
  const answer = (await command(ready, 'state.get', {})) as Answer<StateView>;
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

async function until(running: Running, wanted: (state: StateView) => boolean): Promise<StateView> {
  for (let tries = 0; tries < 400; tries++) {
    const state = await stateOf(running);
    if (wanted(state)) return state;
    await wait(25);
  }
  throw new Error(`still ${JSON.stringify(await stateOf(running))}`);
}

const start = () => startHeadless(['--data-dir', dataDir, '--vault', 'keychain']);
const live = ({ accounts }: StateView) => accounts[0]?.phase === 'live';
const calls = () => sandbox.world.calls().length;
const seen: Record<string, unknown> = {};

const first = await start();
await command(first.ready, 'accounts.add', {
  ...{ appId: APP_ID, name: 'shop', kind: 'mini', line: 'standard', secret: SECRET, apiBase: sandbox.url },
});
seen.first = (await until(first, live)).accounts[0]?.secret;
await first.stop('SIGKILL');

const again = await start();
seen.again = (await until(again, live)).accounts[0]?.secret;
seen.callsSoFar = calls();
await again.stop();

execFileSync('dbus-send', [
  ...['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets'],
  ...['org.freedesktop.Secret.Service.Lock', `array:objpath:${LOGIN}`],
]);
const locked = await start();
const { accounts, vault } = await until(locked, ({ vault: { status } }) => status === 'locked');
seen.locked = { vault: vault.status, secret: accounts[0]?.secret, phase: accounts[0]?.phase };
seen.lockedRefresh = await command(locked.ready, 'tokens.refresh', { appId: APP_ID });
seen.callsWhileLocked = calls();
await locked.stop();

process.kill(daemon, 'SIGSTOP');
const frozen = await start();
const stuck = await until(frozen, ({ vault: { status } }) => status === 'unavailable');
seen.frozen = { secret: stuck.accounts[0]?.secret, phase: stuck.accounts[0]?.phase };
const asked = performance.now();
const { code } = await frozen.stop();
seen.frozenExit = { code, ms: Math.round(performance.now() - asked) };
process.kill(daemon, 'SIGCONT');

await sandbox.close();
rmSync(dataDir, { recursive: true, force: true });
process.stdout.write(JSON.stringify(seen));
process.exit(0);
