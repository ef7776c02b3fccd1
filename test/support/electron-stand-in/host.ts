/** The test's side: starts the app in a process of its own and lends it pages of the test's browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { CDPSession, Page } from 'playwright';
import type { AppCalls, BrowserCalls, Machine, Recorded, WindowAct } from './calls.ts';
import { createPeer, type Peer } from './peer.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const RUN = join(import.meta.dirname, 'run.ts');
const QUIT_MS = 10_000;

/** What Chromium has to be started with: no page reaches the network, whatever it gets past the app's handlers. */
export const BROWSER_ARGS = ['--host-resolver-rules=MAP * ~NOTFOUND'];

const EVENTS = [
  ...['Fetch.requestPaused', 'Runtime.bindingCalled', 'Runtime.executionContextCreated'],
  ...['Runtime.executionContextDestroyed', 'Runtime.executionContextsCleared', 'Page.frameAttached'],
  ...['Page.frameNavigated', 'Page.frameDetached', 'Page.navigatedWithinDocument', 'Page.loadEventFired'],
  ...['Page.frameRequestedNavigation', 'Page.windowOpen', 'Inspector.targetCrashed'],
] as const;

export interface Exit {
  readonly code: number | null;
  readonly stderr: string;
  /** Null when it had no time to tell. */
  readonly record: Recorded | null;
}

export interface StandInOptions {
  /** For the first window; later ones get a page of its context. */
  readonly page: Page;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly machine?: Partial<Machine>;
  /** Whether the desktop has a place for trays, as Linux answers over D-Bus; it has unless told. */
  readonly showsTrays?: boolean;
  /** The app's folder; ours unless told. */
  readonly folder?: string;
}

export interface StandIn {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  stderr(): string;
  /** Resolves with a window's page when something has been loaded into it; counted from 0. */
  window(index: number): Promise<Page>;
  record(): Promise<Recorded>;
  set(changes: Partial<Machine>): Promise<void>;
  emit(target: Parameters<AppCalls['emit']>[0], event: string, ...args: unknown[]): Promise<boolean>;
  choose(menu: Parameters<AppCalls['choose']>[0], ...labels: string[]): Promise<void>;
  press(accelerator: string): Promise<void>;
  handleWindow(act: WindowAct, index?: number): Promise<void>;
  forge(frame: 'main' | 'inner', channel: string, ...args: unknown[]): Promise<unknown>;
  /** Quits as a person does; rejects when the app does not go, or had faults. */
  quit(): Promise<Exit>;
  kill(): Promise<Exit>;
}

type Session = Pick<CDPSession, 'detach'> & {
  on(event: string, listener: (params: object) => void): unknown;
  send(method: string, params: object): Promise<unknown>;
};

async function sessionOf(page: Page): Promise<Session> {
  return (await page.context().newCDPSession(page)) as unknown as Session;
}

/** Chromium opens what a page asks for; Electron would not have: the app's handler has been asked and denied it. */
async function closeOpenedBy(
  openers: ReadonlyMap<number, { readonly target: string }>,
  page: Page,
): Promise<void> {
  const { openerId } = await targetOf(await sessionOf(page));
  if ([...openers.values()].some(({ target }) => target === openerId)) await page.close();
}

async function targetOf(
  session: Session,
): Promise<{ readonly targetId: string; readonly openerId?: string }> {
  const { targetInfo } = (await session.send('Target.getTargetInfo', {})) as {
    targetInfo: { targetId: string };
  };
  return targetInfo;
}

interface Pages {
  readonly calls: BrowserCalls;
  window(index: number): Promise<Page>;
  /** The record at the app's end. */
  last(): Recorded | null;
  end(): Promise<void>;
}

/** The windows' pages; ids are counted from 1, as Electron counts web contents. */
function lendPages(first: Page, app: () => Peer<AppCalls>): Pages {
  const lent = new Map<number, { readonly page: Page; readonly session: Session; readonly target: string }>();
  const watch = (page: Page) => void closeOpenedBy(lent, page).catch(() => undefined); // gone already
  first.context().on('page', watch);
  const loaded = new Map<number, ReturnType<typeof Promise.withResolvers<Page>>>();
  const loading = (window: number) => {
    const one = loaded.get(window) ?? Promise.withResolvers<Page>();
    one.promise.catch(() => undefined); // whoever asks hears of it
    loaded.set(window, one);
    return one;
  };
  let all: Recorded | null = null;
  const isFree = () => ![...lent.values()].some(({ page }) => page === first);
  const at = (window: number) => {
    const one = lent.get(window);
    if (one === undefined) throw new Error(`window ${window} has no page`);
    return one;
  };

  const calls: BrowserCalls = {
    async openPage(window) {
      const page = isFree() ? first : await first.context().newPage();
      const session = await sessionOf(page);
      lent.set(window, { page, session, target: (await targetOf(session)).targetId });
      for (const event of EVENTS) {
        session.on(event, (params) => {
          if (event === 'Page.loadEventFired') loading(window).resolve(page);
          app()
            .ask('cdpEvent', window, event, params)
            .catch(() => undefined);
        });
      }
    },
    async closePage(window) {
      const { page, session } = at(window);
      lent.delete(window);
      await session.detach();
      if (page === first) await page.goto('about:blank');
      else await page.close();
    },
    ended(recorded) {
      all = recorded;
    },
    cdp: async (window, method, params) => at(window).session.send(method, params),
    async grant(window, origin, permissions) {
      const { page } = at(window);
      await page.context().clearPermissions();
      await page.context().grantPermissions([...permissions], { origin });
    },
  };
  return {
    calls,
    last: () => all,
    window: (index) => loading(index + 1).promise,
    async end() {
      first.context().off('page', watch);
      await Promise.allSettled([...lent.keys()].map((window) => calls.closePage(window)));
    },
  };
}

/** Everything that a user's own account has somewhere else: the app may write there. */
function homeEnv(home: string): Record<string, string> {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
  };
}

/** Stands in for GLib's D-Bus program, which is asked who draws trays: the machine's own desktop is no matter here. */
function fakeBus(home: string, showsTrays: boolean): string {
  const bin = join(home, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'gdbus'),
    `#!/bin/sh
echo '(${showsTrays},)'
`,
    { mode: 0o700 },
  );
  return [bin, process.env.PATH].join(delimiter);
}

function launch(options: StandInOptions, home: string): ChildProcess {
  const { args = [], env = {}, machine = {}, folder = ROOT, showsTrays = true } = options;
  const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main: string };
  if (!existsSync(join(folder, main))) throw new Error(`${main} is not there: npm run build`);
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^WTC_|proxy$|^NODE_OPTIONS$/i.test(name),
  );
  return spawn(process.execPath, [RUN, folder, ...args], {
    env: {
      ...Object.fromEntries(inherited),
      ...homeEnv(home),
      PATH: fakeBus(home, showsTrays),
      STAND_IN_MACHINE: JSON.stringify(machine),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

async function within<T>(promise: Promise<T>, ms: number, what: () => string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(what())), ms);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Starts the app; `dist/` must be built. */
export function startStandIn(options: StandInOptions): StandIn {
  const home = mkdtempSync(join(tmpdir(), 'stand-in-home-'));
  const child = launch(options, home);
  let stderr = '';
  child.stderr?.on('data', (piece) => {
    stderr += piece;
  });
  const pages = lendPages(options.page, () => peer);
  const peer: Peer<AppCalls> = createPeer((message) => {
    if (child.connected) child.send(message, () => undefined); // it may end meanwhile
    return child.connected;
  }, pages.calls);
  child.on('message', (message) => peer.take(message));
  const exited = new Promise<Exit>((resolve) => {
    child.on('close', async (code) => {
      peer.end();
      await pages.end();
      rmSync(home, { recursive: true, force: true });
      resolve({ code, stderr, record: pages.last() });
    });
  });
  const gone = exited.then(({ code }) => Promise.reject(new Error(`the app ended with ${code}: ${stderr}`)));
  gone.catch(() => undefined);
  const kill = () => {
    child.kill('SIGKILL');
    return exited;
  };

  return {
    child,
    exited,
    stderr: () => stderr,
    kill,
    window: (index) => Promise.race([pages.window(index), gone]),
    record: () => peer.ask('record'),
    set: (changes) => peer.ask('set', changes),
    emit: (target, event, ...args) => peer.ask('emit', target, event, args),
    choose: (menu, ...labels) => peer.ask('choose', menu, labels),
    press: (accelerator) => peer.ask('press', accelerator),
    handleWindow: (act, index = 0) => peer.ask('handleWindow', index, act),
    forge: (frame, channel, ...args) => peer.ask('forge', 0, frame, channel, args),
    async quit() {
      await peer.ask('quit').catch(() => undefined); // it may have gone already
      const exit = await within(exited, QUIT_MS, () => `the app did not quit: ${stderr}`).catch(
        async (error) => {
          await kill();
          throw error;
        },
      );
      if (exit.record?.faults.length) throw new Error(exit.record.faults.join('\n'));
      return exit;
    },
  };
}
