/** Whether this desktop shows trays: GNOME has none unless an extension brings one. */
import { execFile } from 'node:child_process';

/** Runs a program and resolves with what it printed; rejects when it is not there, fails or takes too long. */
export type Run = (program: string, args: readonly string[]) => Promise<string>;

const LIMIT_MS = 2000;
const BUS = 'org.freedesktop.DBus';
/** Whoever draws the icons of StatusNotifierItem, which Electron's trays are on Linux, owns this name. */
const WATCHER = 'org.kde.StatusNotifierWatcher';

/** The same question by whichever program is there: GLib's, D-Bus's own, systemd's. */
const WAYS: readonly (readonly [string, ...string[]])[] = [
  [
    'gdbus',
    'call',
    '--session',
    '--dest',
    BUS,
    '--object-path',
    '/',
    '--method',
    `${BUS}.NameHasOwner`,
    WATCHER,
  ],
  [
    'dbus-send',
    '--session',
    '--print-reply=literal',
    `--dest=${BUS}`,
    '/',
    `${BUS}.NameHasOwner`,
    `string:${WATCHER}`,
  ],
  ['busctl', '--user', 'call', BUS, '/', BUS, 'NameHasOwner', 's', WATCHER],
];

const runProgram: Run = (program, args) =>
  new Promise((resolve, reject) => {
    execFile(program, args, { timeout: LIMIT_MS, encoding: 'utf8' }, (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout);
    });
  });

/** false where it cannot be found out: a window that is minimised is always found again. */
export async function hasTrayHost(platform: NodeJS.Platform, run: Run = runProgram): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [program, ...args] of WAYS) {
    const answer = await run(program, args).catch(() => '');
    const [word] = /\b(true|false)\b/.exec(answer) ?? [];
    if (word !== undefined) return word === 'true';
  }
  return false;
}
