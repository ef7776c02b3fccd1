/** A program of Electron's kind, started as from a menu: the packaged app, or the bare runtime to compare with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, CommandInput, CommandName, CommandValue } from '../../electron/console/contract.ts';
import { type Exit, languageEnv } from '../real-electron/app.ts';
import type { Desktop } from '../real-electron/desktop/desktop.ts';
import { DevTools, until } from './devtools.ts';

const END_MS = 6000;

export interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Nothing before its own arguments; there is then no page to be had. */
  readonly bare?: boolean;
}

export class PackagedApp {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  #said = '';
  #page: DevTools | null = null;

  constructor(executable: string, desktop: Pick<Desktop, 'env'>, options: Start = {}) {
    const { args = [], env = {}, bare = false } = options;
    const before = bare ? [] : ['--no-sandbox', '--remote-debugging-port=0'];
    this.child = spawn(executable, [...before, ...args], {
      env: { ...desktop.env, ...languageEnv('zh-CN'), ...env } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (part) => (this.#said += part));
    }
    this.exited = new Promise((resolve) => {
      this.child.on('exit', (code, signal) => resolve({ code, signal }));
      this.child.on('error', () => resolve({ code: null, signal: null }));
    });
  }

  get said(): string {
    return this.#said;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The console's page, once it shows a heading. */
  async page(): Promise<DevTools> {
    if (this.#page) return this.#page;
    const address = await until('the DevTools port', () => {
      if (this.hasEnded) throw new Error(`it ended by itself:\n${this.#said}`);
      return /DevTools listening on (ws:\S+)/.exec(this.#said)?.[1] ?? null;
    });
    const page = await DevTools.connect(address, 'app:');
    this.#page = page;
    await page.waitFor(`document.querySelector('h1') !== null`);
    return page;
  }

  /** Carries out a command as the page itself would. */
  async run<C extends CommandName>(name: C, input: CommandInput<C>): Promise<CommandValue<C>> {
    const page = await this.page();
    const call = `window.tokenConsole.commands[${JSON.stringify(name)}](${JSON.stringify(input)})`;
    const answer = (await page.evaluate(call)) as Answer<CommandValue<C>>;
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code}: ${answer.error.message}`);
    return answer.value;
  }

  /** Ends it as the end of a session does; one that hangs is killed, and that is a fault. */
  async stop(): Promise<Exit> {
    this.child.kill('SIGTERM');
    const end = await Promise.race([this.exited, wait(END_MS, null)]);
    if (end !== null) return end;
    await this.close();
    throw new Error(`it did not end within ${END_MS} ms`);
  }

  async close(): Promise<void> {
    this.#page?.close();
    if (this.hasEnded) return;
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
