/** The built console under the soak: started, killed, ended and started again over one data folder. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, CommandInput, CommandName, CommandValue } from '../../electron/console/contract.ts';
import { command, type Running, startHeadless } from '../support/headless.ts';
import { smallDisk } from '../support/ledger-small-disk.ts';

/** What is told when something is wrong; the run goes on. */
export type Report = (rule: string, detail: string) => void;

/** Enough for a ledger of an hour, and soon filled. */
const DISK_KIB = 64 * 1024;

export class SoakConsole {
  readonly root = mkdtempSync(join(tmpdir(), 'wtc-soak-'));
  /** A disk of its own, which can be filled; or why there is none. */
  readonly disk = smallDisk(DISK_KIB);
  readonly dataDir = join(typeof this.disk === 'string' ? this.root : this.disk.folder, 'data');
  readonly #clockFile = join(this.root, 'clock');
  readonly #report: Report;
  #running: Running | null = null;
  #isExpected = false;

  constructor(report: Report) {
    this.#report = report;
    writeFileSync(this.#clockFile, '0');
  }

  /** Its wall clock, and that of every start from now on, is so far ahead. */
  setClock(aheadMs: number): void {
    writeFileSync(this.#clockFile, `${aheadMs}`);
    process.kill(this.pid, 'SIGUSR2');
  }

  get pid(): number {
    return this.#now().ready.pid;
  }

  get url(): string {
    return this.#now().ready.url;
  }

  get gatewayUrl(): string {
    return this.#now().ready.gatewayUrl ?? '';
  }

  async start(): Promise<void> {
    const vault = ['--vault', 'file', '--vault-key-file', join(this.root, 'vault.key')];
    const options = ['--data-dir', this.dataDir, '--gateway', '127.0.0.1:0', ...vault];
    const running = await startHeadless(options, {
      NODE_OPTIONS: `--import ${join(import.meta.dirname, 'clock.mjs')}`,
      WTC_SOAK_CLOCK: this.#clockFile,
    });
    this.#running = running;
    this.#isExpected = false;
    running.child.once('exit', (code, signal) => {
      if (!this.#isExpected)
        this.#report('ended unasked', `with ${code ?? signal}: ${running.stderr().slice(-500)}`);
    });
  }

  async run<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ): Promise<Answer<CommandValue<Name>>> {
    const answer = (await command(this.#now().ready, name, input)) as Answer<CommandValue<Name>>;
    if (!answer.ok && answer.error.code === 'internal')
      this.#report('fault of its own', `${name}: ${answer.error.message}`);
    return answer;
  }

  /** As `kill -9`. */
  async kill(): Promise<void> {
    this.#isExpected = true;
    const { stderr } = await this.#now().stop('SIGKILL');
    this.#keepLog(stderr);
  }

  /** As `systemctl stop`: 0, within 2 s. */
  async end(): Promise<void> {
    this.#isExpected = true;
    const asked = performance.now();
    const { code, stderr } = await this.#now().stop('SIGTERM');
    const ms = performance.now() - asked;
    if (code !== 0 || ms > 2000) this.#report('end', `code ${code} after ${Math.round(ms)} ms`);
    this.#keepLog(stderr);
  }

  /** Every file but the sealed vault, and the log: where no secret and no token may be. */
  *readable(): Iterable<readonly [name: string, content: string]> {
    yield ['log', this.#now().stderr()];
    for (const folder of [this.root, this.dataDir]) {
      for (const name of readdirSync(folder)) {
        if (!/^vault\.(age|key)/.test(name)) yield [name, contentOf(join(folder, name))];
      }
    }
  }

  remove(): void {
    if (typeof this.disk !== 'string') this.disk.remove();
    rmSync(this.root, { recursive: true, force: true });
  }

  #keepLog(stderr: string): void {
    appendFileSync(join(this.root, 'log.txt'), stderr);
  }

  #now(): Running {
    if (this.#running === null) throw new Error('the console was not started');
    return this.#running;
  }
}

/** '' for a folder, and for a file that was there a moment ago. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (['ENOENT', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
