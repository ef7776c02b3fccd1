/** What the tests need beside npm packages: a browser, a Secret Service, and the headers keytar is built with. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Without the browser's own windows, which cost the tests a fifth of their time. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';
const BROWSER = '/usr/bin/chromium';

/** Whichever is there. */
export const CHROMIUM =
  process.env.WTC_TEST_CHROMIUM ??
  (!existsSync(HEADLESS_SHELL) && existsSync(BROWSER) ? BROWSER : HEADLESS_SHELL);

interface Needed {
  readonly name: string;
  readonly shows: string;
  readonly what: string;
}

const DESKTOP = 'the desktop app on a real Electron';

/** Debian's packages by what shows that they are there. */
const NEEDED: readonly Needed[] = [
  { name: 'chromium-headless-shell', shows: CHROMIUM, what: 'end-to-end tests' },
  { name: 'fonts-noto-cjk', shows: '/usr/share/fonts/opentype/noto', what: 'Chinese text in screenshots' },
  { name: 'dbus', shows: '/usr/bin/dbus-run-session', what: 'keychain tests' },
  { name: 'gnome-keyring', shows: '/usr/bin/gnome-keyring-daemon', what: 'keychain tests' },
  { name: 'libsecret-tools', shows: '/usr/bin/secret-tool', what: 'keychain tests' },
  { name: 'redis-server', shows: '/usr/bin/redis-server', what: 'Redis tests' },
  { name: 'strace', shows: '/usr/bin/strace', what: 'tests with a slow disk' },
  { name: 'libsecret-1-dev', shows: '/usr/include/libsecret-1', what: 'building keytar' },
  desktop('xvfb', 'Xvfb'),
  desktop('openbox', 'openbox'),
  desktop('xdotool', 'xdotool'),
  desktop('xclip', 'xclip'),
  desktop('wmctrl', 'wmctrl'),
  desktop('x11-utils', 'xprop'),
  desktop('imagemagick', 'convert'),
  desktop('weston', 'weston'),
  desktop('wl-clipboard', 'wl-paste'),
  desktop('unzip', 'unzip'),
  desktop('procps', 'pkill'),
  { name: 'python3-dbus', shows: '/usr/lib/python3/dist-packages/dbus', what: DESKTOP },
  { name: 'python3-gi', shows: '/usr/lib/python3/dist-packages/gi', what: DESKTOP },
  // Electron opens it when there is something to notify of; without it there are no notices.
  { name: 'libnotify4', shows: '/usr/share/doc/libnotify4', what: DESKTOP },
];

function desktop(name: string, program: string): Needed {
  return { name, shows: `/usr/bin/${program}`, what: DESKTOP };
}

export interface System {
  readonly chromium: boolean;
  readonly missing: readonly { readonly what: string; readonly reason: string }[];
}

/** Installs what is missing when this is Debian and root; builds keytar when its headers came too late for npm ci. */
export function prepareSystem(root: string): System {
  const absent = () => NEEDED.filter(({ shows }) => !existsSync(shows));
  const names = absent().map(({ name }) => name);
  if (names.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`── installing ${names.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    apt(['update', '-qq'], env);
    apt(['install', '-y', '-qq', '--no-install-recommends', ...names], env);
  }
  if (!existsSync(join(root, 'node_modules', 'keytar', 'build', 'Release', 'keytar.node'))) buildKeytar(root);
  const still = absent();
  return {
    chromium: existsSync(CHROMIUM),
    missing: still.map(({ name, what }) => ({ what, reason: `install ${name}` })),
  };
}

function apt(args: string[], env: NodeJS.ProcessEnv): void {
  const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
  if (status !== 0) console.error(`apt-get ${args[0]} failed: ${stderr}`);
}

/** npm leaves out an optional dependency that could not be built; asked again, it takes what the lock file names. */
function buildKeytar(root: string): void {
  console.log('── building keytar');
  const args = ['install', '--no-save', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) console.error('keytar could not be built; keychain tests are skipped');
}
