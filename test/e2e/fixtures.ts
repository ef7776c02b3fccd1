/**
 * One set of specs, three hosts: the headless console in Chromium; the desktop app on the stand-in for Electron
 * (support/electron-stand-in/); and on Electron itself, where its runtime is there. Each test has a console, a data
 * folder and a sandbox WeChat of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, expect, type Page } from '@playwright/test';
import type { Answer, CommandInput, CommandName, CommandValue } from '../../electron/console/contract.ts';
import { type Sandbox, startSandbox } from '../../electron/sandbox/server.ts';
import { electronRuntime } from '../../scripts/electron-runtime.ts';
import { type StandIn, startStandIn } from '../support/electron-stand-in/host.ts';
import { startHeadless } from '../support/headless.ts';

export { expect };

export const APP_ID = 'wx00000000000000a1';
export const SECRET = 'sandbox-secret-of-the-shop';
const ROOT = join(import.meta.dirname, '..', '..');

export interface Desk {
  readonly page: Page;
  readonly sandbox: Sandbox;
  /** What Electron would do and see, on the host of that name; null on the others. */
  readonly standIn: StandIn | null;
  /** Adds the account that the sandbox knows, or another one, over the bridge. */
  add(changes?: Partial<CommandInput<'accounts.add'>>): Promise<void>;
  /** Carries out a command as the page itself would. */
  run<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandValue<C>>;
  /** Goes to a screen by its address. */
  open(route: string): Promise<void>;
}

export interface HostOptions {
  readonly demo: boolean;
  readonly host: 'headless' | 'stand-in' | 'electron';
}

interface Opened {
  readonly page: Page;
  readonly standIn: StandIn | null;
  close(): Promise<void>;
}

/** The part of the test's own options that the page cannot have without the app: both must agree. */
interface Surroundings {
  readonly locale: string | undefined;
  readonly colorScheme: string | null | undefined;
  readonly timezoneId: string | undefined;
}

async function openHeadless(page: Page, args: string[]): Promise<Opened> {
  const running = await startHeadless(args);
  await page.goto(`${running.ready.url}#key=${running.ready.adminKey}`);
  return { page, standIn: null, close: () => running.stop().then(() => undefined) };
}

async function openElectron(args: string[]): Promise<Opened> {
  const { path } = electronRuntime(ROOT);
  if (path === null) throw new Error('the Electron project runs only where there is a runtime');
  const app = await _electron.launch({ executablePath: path, args: [ROOT, ...args] });
  return { page: await app.firstWindow(), standIn: null, close: () => app.close() };
}

async function openStandIn(page: Page, args: string[], around: Surroundings): Promise<Opened> {
  const { locale = 'en-US', colorScheme, timezoneId = 'UTC' } = around;
  const machine = { languages: [locale], dark: colorScheme === 'dark' };
  const standIn = startStandIn({ page, args, machine, env: { TZ: timezoneId } });
  await standIn.window(0);
  return { page, standIn, close: () => standIn.quit().then(() => undefined) };
}

export const test = base.extend<HostOptions & { desk: Desk }>({
  demo: [false, { option: true }],
  host: ['headless', { option: true }],
  desk: async ({ page: tab, demo, host, locale, colorScheme, timezoneId }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'wtc-e2e-'));
    const sandbox = await startSandbox();
    sandbox.world.add({ appId: APP_ID, secret: SECRET });
    const args = demo ? ['--demo'] : ['--data-dir', dataDir, '--vault', 'memory'];
    const open = {
      headless: () => openHeadless(tab, args),
      'stand-in': () => openStandIn(tab, args, { locale, colorScheme, timezoneId }),
      electron: () => openElectron(args),
    };
    const opened = await open[host]();
    const { page, standIn } = opened;
    await page.getByRole('heading', { level: 1 }).waitFor();
    const run: Desk['run'] = async (command, input) => {
      const answer = (await page.evaluate(askAsThePage, [command, input] as const)) as Answer<never>;
      if (!answer.ok) throw new Error(`${command}: ${answer.error.message}`);
      return answer.value;
    };
    await use({
      page,
      sandbox,
      standIn,
      run,
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

/** Runs in the page: over the preload's bridge on the desktop, over HTTP with the page's cookie in a browser. */
async function askAsThePage([command, input]: readonly [string, unknown]): Promise<unknown> {
  const bridge = (
    window as { tokenConsole?: { commands: Record<string, (input: unknown) => Promise<unknown>> } }
  ).tokenConsole;
  if (bridge) return bridge.commands[command]?.(input);
  const response = await fetch(`/bridge/${command}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return response.json();
}
