/**
 * A desktop of its own for the app: X server, window manager, session bus, unlocked keyring, notices and tray
 * (bus.py); on demand Weston, a Wayland compositor in a window of that X server.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

/** What bus.py writes down. */
export type Seen =
  | { readonly what: 'notice'; readonly id: number; readonly summary: string; readonly body: string }
  | { readonly what: 'tray'; readonly name: string; readonly path: string };

export interface TrayMenu {
  /** A submenu's items are one deeper than its own line. */
  readonly items: readonly (readonly [id: number, depth: number, label: string, enabled: boolean])[];
  readonly tooltip: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** On a busy machine an X server alone may take seconds. */
const START_MS = 30_000;

export interface Desktop {
  /** For whatever is to run on it; the folders of HOME and XDG are throw-away ones. */
  readonly env: Env;
  /** Newest last. */
  readonly seen: readonly Seen[];
  /** What bus.py can do, by its words; resolves when it is done. */
  tell(line: string): Promise<void>;
  menu(): Promise<TrayMenu>;
  /** Runs a program on it and returns what it printed; what fails is told by `! ` and its words. */
  run(program: string, ...args: string[]): string;
  /** Begins a Wayland session inside; returns the variables that programs in it need. */
  wayland(): Promise<Env>;
  /** Ends the session bus alone, and with it keyring, notices and trays. */
  stopBus(): Promise<void>;
  close(): Promise<void>;
}

/** Debian's programs, each by what needs it; null when all are there. */
export function whyNoDesktop(): string | null {
  const needed = [
    'Xvfb',
    'openbox',
    'dbus-daemon',
    'gnome-keyring-daemon',
    'xdotool',
    'xclip',
    'wmctrl',
    'xprop',
  ];
  const missing = [...needed, 'weston', 'wl-paste', 'unzip'].filter((program) => which(program) === null);
  const python = spawnSync('/usr/bin/python3', ['-c', 'import dbus, gi'], { stdio: 'ignore' });
  if (python.status !== 0) missing.push('python3-dbus', 'python3-gi');
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}

function which(program: string): string | null {
  const paths = (process.env.PATH ?? '').split(':').map((folder) => join(folder, program));
  return paths.find((path) => existsSync(path)) ?? null;
}

export async function startDesktop(): Promise<Desktop> {
  const session = new Session();
  try {
    await session.begin();
  } catch (error) {
    await session.close();
    throw error;
  }
  return session;
}

class Session implements Desktop {
  readonly seen: Seen[] = [];
  env: Env = {};
  readonly #folder = mkdtempSync(join(tmpdir(), 'wtc-desktop-'));
  readonly #children: ChildProcess[] = [];
  readonly #answers: ((answer: Record<string, unknown>) => void)[] = [];
  #bus: ChildProcess | null = null;

  async begin(): Promise<void> {
    const folder = (name: string) => {
      const path = join(this.#folder, name);
      mkdirSync(path, { mode: 0o700 });
      return path;
    };
    this.env = {
      ...process.env,
      ...{ HOME: folder('home'), XDG_RUNTIME_DIR: folder('run'), XDG_DATA_HOME: folder('data') },
      ...{
        XDG_CONFIG_HOME: folder('config'),
        XDG_STATE_HOME: folder('state'),
        XDG_CACHE_HOME: folder('cache'),
      },
      ...{ WAYLAND_DISPLAY: undefined, XDG_SESSION_TYPE: undefined, DESKTOP_SESSION: undefined },
    };
    // Without -noreset the server begins anew when its last client leaves, and takes with it who comes at that moment.
    const screen = ['-screen', '0', '1440x900x24', '-noreset', '-nolisten', 'tcp', '-displayfd', '3'];
    const [display, address] = await Promise.all([
      this.#firstLine('Xvfb', screen),
      this.#firstLine('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=3']),
    ]);
    this.env = { ...this.env, DISPLAY: `:${display}`, DBUS_SESSION_BUS_ADDRESS: address };
    this.#start('openbox', []);
    this.#start('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets']).stdin?.end(
      'ci',
    );
    await Promise.all([this.#startBus(), this.#owned('org.freedesktop.secrets'), this.#managed()]);
  }

  #start(program: string, args: string[], more: Env = {}): ChildProcess {
    const stdio = ['pipe', 'pipe', 'ignore', 'pipe'] as const;
    const child = spawn(program, args, { env: { ...this.env, ...more }, stdio: [...stdio] });
    child.on('error', () => undefined); // a program that is not there is told by what waits for it
    this.#children.push(child);
    return child;
  }

  /** The first line that a program writes to its file descriptor 3. */
  async #firstLine(program: string, args: string[]): Promise<string> {
    const child = this.#start(program, args);
    const lines = createInterface(child.stdio[3] as Readable);
    return within(`${program} to start`, new Promise((resolve) => lines.once('line', resolve)));
  }

  async #startBus(): Promise<void> {
    const child = this.#start('/usr/bin/python3', [join(import.meta.dirname, 'bus.py')]);
    this.#bus = child;
    const ready = Promise.withResolvers<void>();
    createInterface(child.stdout as Readable).on('line', (line) => {
      const said = JSON.parse(line) as Record<string, unknown>;
      if (said.what === 'ready') ready.resolve();
      else if (said.what === 'notice' || said.what === 'tray') this.seen.push(said as Seen);
      else this.#answers[0]?.(said);
    });
    await within('the desktop on the bus', ready.promise);
  }

  async #owned(name: string): Promise<void> {
    const ask = ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/'];
    const method = 'org.freedesktop.DBus.NameHasOwner';
    await until(name, () => this.run('dbus-send', ...ask, method, `string:${name}`).includes('true'));
  }

  async #managed(): Promise<void> {
    await until('the window manager', () => /^Name: Openbox/m.test(this.run('wmctrl', '-m')));
  }

  async #ask(line: string): Promise<Record<string, unknown>[]> {
    const heard: Record<string, unknown>[] = [];
    const done = new Promise<void>((resolve, reject) => {
      this.#answers.push((said) => {
        if (said.what === 'fault') reject(new Error(`${line}: ${said.error}`));
        else if (said.what === 'done') resolve();
        else heard.push(said);
      });
    });
    this.#bus?.stdin?.write(`${line}\n`);
    await within(line, done).finally(() => this.#answers.shift());
    return heard;
  }

  async tell(line: string): Promise<void> {
    await this.#ask(line);
  }

  async menu(): Promise<TrayMenu> {
    const [answer] = await this.#ask('menu');
    return answer as unknown as TrayMenu;
  }

  run(program: string, ...args: string[]): string {
    const env = { ...this.env, LC_ALL: 'C.UTF-8' };
    const { stdout, stderr, status, error } = spawnSync(program, args, {
      env,
      encoding: 'utf8',
      timeout: 8000,
    });
    return status === 0 ? stdout.trim() : `! ${(error?.message ?? stderr).trim()}`;
  }

  async wayland(): Promise<Env> {
    const more = { WAYLAND_DISPLAY: 'wayland-test', XDG_SESSION_TYPE: 'wayland' };
    const size = ['--width=1300', '--height=820', '--idle-time=0'];
    this.#start('weston', ['--backend=x11-backend.so', '--socket=wayland-test', '--xwayland', ...size]);
    const socket = join(this.env.XDG_RUNTIME_DIR ?? '', more.WAYLAND_DISPLAY);
    await until('Weston', () => existsSync(socket) && /Weston/.test(this.run('wmctrl', '-l')));
    this.run('wmctrl', '-a', 'Weston');
    return more;
  }

  async stopBus(): Promise<void> {
    await this.#end(this.#children.filter(({ spawnfile }) => spawnfile === 'dbus-daemon'));
  }

  async close(): Promise<void> {
    await this.#end(this.#children.reverse());
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #end(children: readonly ChildProcess[]): Promise<void> {
    const ends = children.map((child) => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
        return Promise.resolve();
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 1000);
      return gone.finally(() => clearTimeout(late));
    });
    await Promise.all(ends);
  }
}

async function until(what: string, check: () => boolean): Promise<void> {
  for (const end = Date.now() + START_MS; !check(); await wait(30)) {
    if (Date.now() > end) throw new Error(`${what} did not come within ${START_MS} ms`);
  }
}

function within<Value>(what: string, promise: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${what}: nothing within ${START_MS} ms`)), START_MS);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}
