/**
 * One set of specs, two hosts: the headless console in Chromium, and the desktop app where an Electron runtime is
 * there. Each test has a console, a data folder and a sandbox WeChat of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, expect, type Page } from '@playwright/test';
import type { Answer, CommandInput, CommandName, CommandValue } from '../../electron/console/contract.ts';
import { type Sandbox, startSandbox } from '../../electron/sandbox/server.ts';
import { electronRuntime } from '../../scripts/electron-runtime.ts';
import { startHeadless } from '../support/headless.ts';

export { expect };

export const APP_ID = 'wx00000000000000a1';
export const SECRET = 'sandbox-secret-of-the-shop';
const ROOT = join(import.meta.dirname, '..', '..');

export interface Desk {
  readonly page: Page;
  readonly sandbox: Sandbox;
  /** Adds the account that the sandbox knows, or another one, over the bridge. */
  add(changes?: Partial<CommandInput<'accounts.add'>>): Promise<void>;
  /** Carries out a command as the page itself would. */
  run<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandValue<C>>;
  /** Goes to a screen by its address. */
  open(route: string): Promise<void>;
}

interface Options {
  readonly demo: boolean;
  readonly host: 'headless' | 'electron';
}

interface Opened {
  readonly page: Page;
  close(): Promise<void>;
}

async function openHeadless(page: Page, args: string[]): Promise<Opened> {
  const running = await startHeadless(args);
  await page.goto(`${running.ready.url}#key=${running.ready.adminKey}`);
  return { page, close: () => running.stop().then(() => undefined) };
}

async function openElectron(args: string[]): Promise<Opened> {
  const { path } = electronRuntime(ROOT);
  if (path === null) throw new Error('the Electron project runs only where there is a runtime');
  const app = await _electron.launch({ executablePath: path, args: [ROOT, ...args] });
  return { page: await app.firstWindow(), close: () => app.close() };
}

export const test = base.extend<Options & { desk: Desk }>({
  demo: [false, { option: true }],
  host: ['headless', { option: true }],
  desk: async ({ page: tab, demo, host }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'wtc-e2e-'));
    const sandbox = await startSandbox();
    sandbox.world.add({ appId: APP_ID, secret: SECRET });
    const args = demo ? ['--demo'] : ['--data-dir', dataDir, '--vault', 'memory'];
    const opened = host === 'electron' ? await openElectron(args) : await openHeadless(tab, args);
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
