/** The desktop app on a real Electron: each worker has a desktop of its own, each test a data folder and a WeChat. */
import { test as base, expect } from '@playwright/test';
import { type Sandbox, startSandbox } from '../../../electron/sandbox/server.ts';
import { App, freshFolder, type StartOptions, startPlain, testRuntime } from '../../real-electron/app.ts';
import { type Desktop, startDesktop } from '../../real-electron/desktop/desktop.ts';

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
    { scope: 'worker' },
  ],
  tester: async ({ desktop }, use) => {
    const runtime = testRuntime();
    if (runtime === null) throw new Error('there is no Electron here: npm test fetches one');
    const folder = freshFolder();
    const sandbox = await startSandbox();
    sandbox.world.add({ appId: APP_ID, secret: SECRET });
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
