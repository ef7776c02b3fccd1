/** The built desktop app on a real Electron, on a desktop of its own: started as a person or a system would, and driven. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import type { Answer, CommandInput, CommandName, CommandValue } from '../../electron/console/contract.ts';
import { electronRuntime } from '../../scripts/electron-runtime.ts';
import type { Desktop } from './desktop/desktop.ts';
import { cachedRealElectron } from './runtime.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** A hung app fails its test within this, instead of holding up the run. */
const END_MS = 6000;

export interface TestRuntime {
  readonly folder: string;
  readonly executable: string;
  readonly version: string;
}

/** The runtime that ships where it was downloaded, else the older real one of this folder; null without both. */
export function testRuntime(): TestRuntime | null {
  const shipped = electronRuntime(ROOT).path;
  const executable = shipped ?? pathIn(cachedRealElectron());
  if (executable === null) return null;
  const folder = join(executable, '..');
  return { folder, executable, version: versionOf(folder) };
}

const pathIn = (folder: string | null) => folder && join(folder, 'electron');

/** Electron's archives have it beside the binary; in macOS's the binary lies deeper. */
function versionOf(folder: string): string {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return shippedVersion();
  }
}

export function shippedVersion(): string {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return devDependencies.electron;
}

/** What a run on this runtime may claim, and no more. */
export function runtimeName({ version }: Pick<TestRuntime, 'version'>): string {
  const ships = shippedVersion();
  return version === ships
    ? `on a real Electron ${version}`
    : `on a real Electron ${version} (the app ships ${ships.split('.')[0]})`;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface WindowState {
  readonly isVisible: boolean;
  readonly isMinimized: boolean;
  readonly isFocused: boolean;
}

export interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The system's language. */
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark' | 'no-preference';
  /** The folder of the app's package.json; ours unless told. */
  readonly app?: string;
}

/** The variables by which Linux tells programs its language. */
export function languageEnv(locale: string): Record<string, string> {
  const language = locale.replace('-', '_');
  return { LANG: `${language}.UTF-8`, LANGUAGE: language };
}

function command(options: StartOptions): string[] {
  return [options.app ?? process.env.WTC_TEST_APP ?? ROOT, ...(options.args ?? [])];
}

function environment(desktop: Pick<Desktop, 'env'>, options: StartOptions): Record<string, string> {
  const all = { ...desktop.env, ...languageEnv(options.locale ?? 'zh-CN'), ...options.env };
  return Object.fromEntries(
    Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

/** A start without a debugger, as from a menu: what fails before the app is ready can be seen only so. */
export function startPlain(runtime: TestRuntime, desktop: Pick<Desktop, 'env'>, options: StartOptions = {}) {
  const child = spawn(runtime.executable, ['--no-sandbox', ...command(options)], {
    env: environment(desktop, options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
  const exited = new Promise<Exit>((resolve) =>
    child.on('exit', (code, signal) => resolve({ code, signal })),
  );
  return { child, exited, said: () => said };
}

/** One app with its window; `close` at the end of each test ends it, by force if need be. */
export class App {
  readonly electron: ElectronApplication;
  readonly exited: Promise<Exit>;
  /** Kept, because Playwright forgets it when it ends. */
  readonly child: ChildProcess;
  #said = '';

  private constructor(electron: ElectronApplication) {
    this.electron = electron;
    this.child = electron.process();
    const { child } = this;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (this.#said += part));
    this.exited = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })));
  }

  /**
   * Once in some fifty starts Playwright hears nothing of an app that is there and answers (its Electron part is
   * experimental): that app is ended and started again, which says nothing of the app.
   */
  static async start(
    runtime: TestRuntime,
    desktop: Pick<Desktop, 'env'>,
    options: StartOptions = {},
  ): Promise<App> {
    const launch = () =>
      _electron.launch({
        executablePath: runtime.executable,
        args: command(options),
        env: environment(desktop, options),
        locale: options.locale ?? 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        colorScheme: options.colorScheme ?? 'light',
        timeout: 10_000,
      });
    const again = (error: unknown) => {
      console.warn(`started once more, because Playwright heard nothing: ${String(error).split('\n')[0]}`);
      return launch();
    };
    return new App(await launch().catch(again));
  }

  /** The log and whatever Electron itself had to say. */
  get said(): string {
    return this.#said;
  }

  /** The first window's page, once it shows a heading. */
  async page(): Promise<Page> {
    const page = await this.electron.firstWindow();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    return page;
  }

  /** Carries out a command as the page itself would. */
  async run<C extends CommandName>(name: C, input: CommandInput<C>): Promise<CommandValue<C>> {
    const answer = await this.ask(name, input);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code}: ${answer.error.message}`);
    return answer.value;
  }

  async ask<C extends CommandName>(name: C, input: CommandInput<C>): Promise<Answer<CommandValue<C>>> {
    const page = await this.page();
    return (await page.evaluate(
      ([command, given]) => {
        const { tokenConsole } = window as unknown as {
          tokenConsole: { commands: Record<string, (input: unknown) => Promise<unknown>> };
        };
        return tokenConsole.commands[command]?.(given);
      },
      [name, input] as const,
    )) as Answer<CommandValue<C>>;
  }

  /** Goes to a screen by its address, such as `#/settings`. */
  async open(route: string): Promise<void> {
    await (await this.page()).evaluate((hash) => window.location.assign(hash), route);
  }

  /**
   * Asks the main process for something that asking does not change. Asked once more where V8 has collected the promise
   * Playwright waits for: its inspector holds it by a weak handle, and whether the question was carried out is not known.
   */
  readonly read = (async (ask: never, about: never) => {
    const again = (error: unknown) => {
      if (!/promise was garbage collected/.test(String(error))) throw error;
      return this.electron.evaluate(ask, about);
    };
    return await this.electron.evaluate(ask, about).catch(again);
  }) as ElectronApplication['evaluate'];

  windows(): Promise<WindowState[]> {
    return this.read(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => ({
        isVisible: window.isVisible(),
        isMinimized: window.isMinimized(),
        isFocused: window.isFocused(),
      })),
    );
  }

  async window(): Promise<WindowState | null> {
    return (await this.windows())[0] ?? null;
  }

  act(what: 'close' | 'minimize' | 'hide' | 'show' | 'focus'): Promise<void> {
    return this.electron.evaluate(
      ({ BrowserWindow }, name) => BrowserWindow.getAllWindows()[0]?.[name](),
      what,
    );
  }

  /** Waits for the end that somebody else has asked for; an app that hangs is killed, and that is the fault. */
  async ended(): Promise<Exit> {
    const end = await Promise.race([this.exited, wait(END_MS, null)]);
    if (end !== null) return end;
    this.kill();
    await this.exited;
    throw new Error(`the app did not end within ${END_MS} ms`);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** As the end of a session does. */
  stop(): Promise<Exit> {
    this.child.kill('SIGTERM');
    return this.ended();
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.kill();
    await this.exited;
  }
}

export interface Folder {
  readonly path: string;
  remove(): void;
}

export function freshFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'wtc-real-'));
  return {
    path,
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 }),
  };
}
