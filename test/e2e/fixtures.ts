/**
 * One set of specs, two hosts: the headless console in Chromium, and the desktop app on a real Electron. Each test has
 * a console, a data folder and a sandbox WeChat of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { Answer, CommandInput, CommandName, CommandValue } from '../../electron/console/contract.ts';
import { type Sandbox, startSandbox } from '../../electron/sandbox/server.ts';
import { App, testRuntime } from '../real-electron/app.ts';
import { type Desktop, startDesktop } from '../real-electron/desktop/desktop.ts';
import { startHeadless } from '../support/headless.ts';

export { expect };

export const APP_ID = 'wx00000000000000a1';
export const SECRET = 'sandbox-secret-of-the-shop';

export interface Desk {
  readonly page: Page;
  readonly sandbox: Sandbox;
  /** The text on the clipboard of the system. */
  clipboard(): Promise<string>;
  /** Adds the account that the sandbox knows, or another one, over the bridge. */
  add(changes?: Partial<CommandInput<'accounts.add'>>): Promise<void>;
  /** Carries out a command as the page itself would. */
  run<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandValue<C>>;
  /** Goes to a screen by its address. */
  open(route: string): Promise<void>;
}

export interface HostOptions {
  readonly demo: boolean;
  readonly host: 'headless' | 'electron';
}

interface WorkerParts extends Pick<HostOptions, 'host'> {
  readonly desktop: Pick<Desktop, 'env'>;
}

interface Opened {
  readonly page: Page;
  clipboard(): Promise<string>;
  close(): Promise<void>;
}

/** The test's own options that the app is started with: the page cannot be given them afterwards. */
interface Surroundings {
  readonly locale: string | undefined;
  readonly colorScheme: 'light' | 'dark' | 'no-preference' | null | undefined;
}

async function openHeadless(page: Page, args: string[]): Promise<Opened> {
  const running = await startHeadless(args);
  await page.goto(`${running.ready.url}#key=${running.ready.adminKey}`);
  return {
    page,
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    close: () => running.stop().then(() => undefined),
  };
}

async function openElectron(
  desktop: Pick<Desktop, 'env'>,
  args: string[],
  around: Surroundings,
): Promise<Opened> {
  const runtime = testRuntime();
  if (runtime === null) throw new Error('the Electron projects are there only where there is a runtime');
  const { locale = 'en-US', colorScheme } = around;
  const app = await App.start(runtime, desktop, { args, locale, colorScheme: colorScheme ?? 'light' });
  const page = await app.electron.firstWindow();
  return {
    page,
    clipboard: () => app.read(({ clipboard }) => clipboard.readText()),
    async close() {
      const { code } = await app.stop();
      expect(code, 'how the app ended').toBe(0);
    },
  };
}

export const test = base.extend<Pick<HostOptions, 'demo'> & { desk: Desk }, WorkerParts>({
  desktop: [
    async ({ host }, use) => {
      // macOS and Windows have a desktop already.
      const own = host === 'electron' && process.platform === 'linux' ? await startDesktop() : null;
      await use(own ?? { env: process.env });
      await own?.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  demo: [false, { option: true }],
  host: ['headless', { option: true, scope: 'worker' }],
  desk: async ({ page: tab, desktop, demo, host, locale, colorScheme }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'wtc-e2e-'));
    const sandbox = await startSandbox();
    sandbox.world.add({ appId: APP_ID, secret: SECRET });
    const args = demo ? ['--demo'] : ['--data-dir', dataDir, '--vault', 'memory'];
    const open = {
      headless: () => openHeadless(tab, args),
      electron: () => openElectron(desktop, args, { locale, colorScheme }),
    };
    const opened = await open[host]();
    const { page } = opened;
    await page.getByRole('heading', { level: 1 }).waitFor();
    const run: Desk['run'] = async (command, input) => {
      const answer = (await page.evaluate(askAsThePage, [command, input] as const)) as Answer<never>;
      if (!answer.ok) throw new Error(`${command}: ${answer.error.message}`);
      return answer.value;
    };
    await use({
      page,
      sandbox,
      run,
      clipboard: opened.clipboard,
      async add(changes = {}) {
        const account = {
          appId: APP_ID,
          name: '商城',
          kind: 'official',
          line: 'standard',
          secret: SECRET,
        } as const;
        await run('accounts.add', { ...account, apiBase: sandbox.url, ...changes });
      },
      async open(route) {
        await page.evaluate((hash) => {
          window.location.hash = hash;
        }, route);
      },
    });
    await opened.close();
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  },
});

/** Runs in the page: over the preload's bridge on the desktop, over HTTP with the page’s session in a browser. */
async function askAsThePage([command, input]: readonly [string, unknown]): Promise<unknown> {
  const bridge = (
    window as { tokenConsole?: { commands: Record<string, (input: unknown) => Promise<unknown>> } }
  ).tokenConsole;
  if (bridge) return bridge.commands[command]?.(input);
  const response = await fetch(`/bridge/${command}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${localStorage.getItem('token-console.session')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(input),
  });
  return response.json();
}
