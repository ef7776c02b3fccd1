/**
 * Puts a keychain vault through one situation of a real Secret Service and prints, as JSON, what it said.
 * Started by integration/vault-keychain.spec.ts, within with-secrets.sh where a service is wanted.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { connect } from 'node:net';
import { openVault } from '../../electron/vault/open.ts';
import { marksInMemory, OTHER, SECRET, TOKEN } from './vault-values.ts';

const vault = openVault('keychain', { dataDir: 'unused', marks: marksInMemory(), callTimeoutMs: 2000 });
const daemon = Number(process.env.SECRETS_PID);

async function timed<Value>(work: Promise<Value>): Promise<{ value: Value; ms: number }> {
  const start = performance.now();
  const value = await work;
  return { value, ms: Math.round(performance.now() - start) };
}

const dbus = (...args: string[]) =>
  execFileSync('dbus-send', ['--session', '--print-reply=literal', ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  });

const lock = () =>
  dbus(
    '--dest=org.freedesktop.secrets',
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.Lock',
    'array:objpath:/org/freedesktop/secrets/collection/login',
  );

/** The process that has the service's name; empty while nobody has it. */
function serviceOwner(): string {
  try {
    const method = 'org.freedesktop.DBus.GetConnectionUnixProcessID';
    return dbus('--dest=org.freedesktop.DBus', '/', method, 'string:org.freedesktop.secrets');
  } catch {
    return '';
  }
}

/** A new, unlocked daemon in place of the one there is. */
async function restartService(): Promise<ChildProcess> {
  const args = ['--replace', '--foreground', '--unlock', '--components=secrets'];
  const next = spawn('gnome-keyring-daemon', args, { stdio: ['pipe', 'ignore', 'ignore'] });
  next.stdin?.end('ci');
  // There is no event for this one: the name changes hands on a bus that is asked.
  while (!serviceOwner().includes(String(next.pid))) await new Promise((resolve) => setTimeout(resolve, 20));
  return next;
}

/** Unlocks the login keyring as a login does: gnome-keyring's pam/gkr-pam-client.c, operation 1. */
async function unlock(): Promise<void> {
  const password = Buffer.from('ci');
  const message = Buffer.alloc(13 + password.length); // a byte to show who we are, then length, operation, length
  message.writeUInt32BE(12 + password.length, 1);
  message.writeUInt32BE(1, 5);
  message.writeUInt32BE(password.length, 9);
  password.copy(message, 13);
  const socket = connect(`${process.env.XDG_RUNTIME_DIR}/keyring/control`);
  socket.end(message);
  await once(socket, 'data');
}

const situations: Record<string, () => Promise<unknown>> = {
  async unlocked() {
    const probe = await timed(vault.probe());
    const kept = await timed(vault.keep(SECRET, '令牌 sandbox-secret-of-shop'));
    const shown = execFileSync(
      'secret-tool',
      ['lookup', 'service', 'wechat-token-console', 'account', 'wx00000000000000a1/secret'],
      { encoding: 'utf8' },
    );
    const read = await timed(vault.read(SECRET));
    const missing = await vault.read(TOKEN);
    const forgotten = [await vault.forget(SECRET), await vault.forget(SECRET), await vault.forget(OTHER)];
    return { probe, kept, shown, read, missing, forgotten, after: await vault.read(SECRET) };
  },
  async locked() {
    await vault.keep(SECRET, 'sandbox-secret-of-shop');
    lock();
    const read = await vault.read(SECRET);
    const probe = await timed(vault.probe());
    const kept = await vault.keep(TOKEN, 'two');
    const unmarked = await vault.read(OTHER);
    const forgotten = await vault.forget(SECRET);
    await unlock();
    const opened = await vault.probe();
    const back = await vault.read(SECRET);
    return { read, probe, kept, unmarked, forgotten, opened, back, absent: await vault.read(OTHER) };
  },
  async restarted() {
    await vault.keep(SECRET, 'sandbox-secret-of-shop');
    const next = await restartService();
    try {
      return { probe: await vault.probe(), kept: await vault.keep(TOKEN, 'two') };
    } finally {
      next.kill();
      await once(next, 'exit');
    }
  },
  async missing() {
    const probe = await timed(vault.probe());
    return { probe, read: await vault.read(SECRET), kept: await vault.keep(SECRET, 'one') };
  },
  async frozen() {
    await vault.keep(SECRET, 'sandbox-secret-of-shop');
    process.kill(daemon, 'SIGSTOP');
    const probe = await timed(vault.probe());
    const crowd = await timed(Promise.all(Array.from({ length: 200 }, () => vault.read(SECRET))));
    const again = await timed(vault.probe());
    process.kill(daemon, 'SIGCONT');
    let thawed = await vault.probe();
    while (thawed.status !== 'ready') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      thawed = await vault.probe();
    }
    return { probe, crowd, again, thawed, read: await vault.read(SECRET) };
  },
};

const result = await situations[process.argv[2] ?? '']?.();
writeSync(1, `${JSON.stringify(result)}\n`);
