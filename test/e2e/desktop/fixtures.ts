/** The desktop app on a real Electron: each worker has a desktop of its own, each test a data folder and a WeChat. */
import { spawnSync } from 'node:child_process';
import { test as base, expect } from '@playwright/test';
import type { CommandInput } from '../../../electron/console/contract.ts';
import { type Sandbox, startSandbox } from '../../../electron/sandbox/server.ts';
import { App, freshFolder, type StartOptions, startPlain, testRuntime } from '../../real-electron/app.ts';
import { type Desktop, type Seen, startDesktop } from '../../real-electron/desktop/desktop.ts';

export { expect };

export const APP_ID = 'wx00000000000000a1';
export const SECRET = 'sandbox-secret-of-the-shop';

export interface Tester {
  readonly desktop: Desktop;
  readonly sandbox: Sandbox;
  /** The data folder of the apps that are started here. */
  readonly folder: string;
  /** Starts the app on the data folder, with the keychain unless `args` say otherwise. */
  start(options?: StartOptions): Promise<App>;
  /** The same without a debugger; ended with the test. */
  startPlain(options?: StartOptions): ReturnType<typeof startPlain>;
  /** The text on the desktop's clipboard, as another program gets it. */
  clipboard(): string;
  /** Another program takes the clipboard. */
  copyElsewhere(text: string): void;
  /** The notices that were shown on this desktop since the test began, newest last. */
  notices(): Extract<Seen, { what: 'notice' }>[];
  /** The titles of the windows that the window manager shows or has minimised. */
  titles(): string[];
  /** Presses keys as a keyboard does, in the app's window. */
  press(app: App, ...keys: string[]): Promise<void>;
  /** Chooses the line of the tray's menu that begins so; `under`: a line of the submenu of that one. */
  chooseInTray(label: string, under?: string): Promise<void>;
  /** Kills whatever still runs on the data folder. */
  endAll(): void;
  /** What `accounts.add` is asked for the account that the sandbox knows. */
  readonly account: CommandInput<'accounts.add'>;
  /** Adds the account that the sandbox knows and waits until it is live. */
  addAccount(app: App): Promise<void>;
}

export const test = base.extend<{ tester: Tester }, { desktop: Desktop }>({
  desktop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its pattern.
    async ({}, use) => {
      const desktop = await startDesktop();
      await use(desktop);
      await desktop.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  tester: async ({ desktop }, use) => {
    const runtime = testRuntime();
    if (runtime === null) throw new Error('there is no Electron here: npm test fetches one');
    const folder = freshFolder();
    const sandbox = await startSandbox();
    sandbox.world.add({ appId: APP_ID, secret: SECRET });
    const account = {
      appId: APP_ID,
      name: '商城',
      kind: 'official',
      line: 'standard',
      secret: SECRET,
      apiBase: sandbox.url,
    } as const;
    const before = desktop.seen.length;
    const apps: App[] = [];
    const plain: ReturnType<typeof startPlain>[] = [];
    const withFolder = ({ args = [], ...rest }: StartOptions = {}) => ({
      ...rest,
      args: args.includes('--demo') ? args : ['--data-dir', folder.path, ...args],
    });
    await use({
      desktop,
      sandbox,
      folder: folder.path,
      async start(options) {
        const app = await App.start(runtime, desktop, withFolder(options));
        apps.push(app);
        return app;
      },
      startPlain(options) {
        const started = startPlain(runtime, desktop, withFolder(options));
        plain.push(started);
        return started;
      },
      copyElsewhere: (text) =>
        void spawnSync('xclip', ['-i', '-selection', 'clipboard'], {
          env: desktop.env,
          input: text,
          stdio: ['pipe', 'ignore', 'ignore'],
        }),
      notices: () => desktop.seen.slice(before).filter((one) => one.what === 'notice'),
      account,
      clipboard: () => desktop.run('xclip', '-o', '-selection', 'clipboard'),
      titles: () => {
        const lines = desktop.run('wmctrl', '-l').split('\n').filter(Boolean);
        return lines.map((line) => line.split(' ').slice(4).join(' '));
      },
      async press(app, ...keys) {
        await app.act('focus');
        await expect.poll(async () => (await app.window())?.isFocused).toBe(true);
        desktop.run('xdotool', 'key', ...keys);
      },
      chooseInTray: (label, under) => expect(() => choose(desktop, label, under)).toPass({ timeout: 5000 }),
      endAll: () => void desktop.run('pkill', '-KILL', '-f', folder.path),
      async addAccount(app) {
        const account = {
          appId: APP_ID,
          name: '商城',
          kind: 'official',
          line: 'standard',
          secret: SECRET,
        } as const;
        await app.run('accounts.add', { ...account, apiBase: sandbox.url });
        await expect.poll(async () => (await app.run('state.get', {})).accounts[0]?.phase).toBe('live');
      },
    });
    for (const app of apps) await app.close();
    for (const { child, exited } of plain) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    }
    await sandbox.close();
    folder.remove();
  },
});

/** The menu may be drawn anew between looking and choosing. */
async function choose(desktop: Desktop, label: string, under?: string): Promise<void> {
  const { items } = await desktop.menu();
  const at = items.findIndex(([, depth, text]) => depth === 0 && text.startsWith(label));
  const after = items.slice(at + 1);
  const end = after.findIndex(([, depth]) => depth === 0);
  const inside = end === -1 ? after : after.slice(0, end);
  const found = under === undefined ? items[at] : inside.find(([, , text]) => text.startsWith(under));
  if (at === -1 || !found) throw new Error(`no ${label} ${under ?? ''} in ${JSON.stringify(items)}`);
  await desktop.tell(`choose ${found[0]}`);
}
