/** A whole console in this process, over a real ledger and a sandbox WeChat, with a clock that can be moved. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from '../../electron/console/application.ts';
import type {
  AccountView,
  Answer,
  CommandInput,
  CommandName,
  CommandValue,
  ConsoleEvent,
  GatewaySettings,
} from '../../electron/console/contract.ts';
import type { Host, WayOut } from '../../electron/console/host.ts';
import type { Policy } from '../../electron/console/policy.ts';
import { handoutOver } from '../../electron/handout/handout.ts';
import type { Moment } from '../../electron/keeper/moment.ts';
import type { Ledger } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/open.ts';
import { createLog, type Log } from '../../electron/log.ts';
import { startSandbox } from '../../electron/sandbox/server.ts';
import { keptInPlace } from '../../electron/vault/in-place.ts';
import { memoryVault } from '../../electron/vault/memory.ts';
import type { Marks, Vault } from '../../electron/vault/vault.ts';
import { createWechat } from '../../electron/wechat/client.ts';
import { createNodeFetch } from '../../electron/wechat/node-fetch.ts';

export const APP_ID = 'wx00000000000000a1';
export const SECRET = 'sandbox-secret-of-the-shop';

export interface HarnessOptions {
  readonly vault?: (marks: Marks, dataDir: string) => Vault;
  readonly ledger?: (ledger: Ledger) => Ledger;
  readonly host?: Host;
  readonly wayOut?: WayOut;
  readonly policy?: Policy;
  /** Where the command line would have the gateway. */
  readonly gateway?: GatewaySettings;
  /** The environment the way out is read from; without proxies by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long an answer may take to connect and begin, ms; as in the product by default. */
  readonly waits?: { readonly connectTimeoutMs: number; readonly answerTimeoutMs: number };
}

export type Harness = Awaited<ReturnType<typeof startHarness>>;

/** Starts sandbox and console; the sandbox knows one official account without a whitelist. */
export async function startHarness(options: HarnessOptions = {}) {
  let shift = 0;
  const clock = (): Moment => ({ wall: Date.now() + shift, mono: Math.round(performance.now()) + shift });
  const sandbox = await startSandbox({ clock: () => Date.now() + shift });
  sandbox.world.add({ appId: APP_ID, secret: SECRET });
  const dataDir = mkdtempSync(join(tmpdir(), 'wtc-test-'));
  const { fetch, close: closeFetch } = createNodeFetch({ env: options.env ?? {} });
  const logged: string[] = [];
  const log: Log = createLog({
    write: (line: string) => logged.push(line) > 0,
  } as unknown as NodeJS.WritableStream);
  const events: ConsoleEvent[] = [];
  const keptInMemory = memoryVault();
  let app = open();
  await app.start();

  function open(): Application {
    const ledger = openLedger(dataDir);
    const wrapped = options.ledger?.(ledger) ?? ledger;
    const made = options.vault?.(ledger.marks, dataDir) ?? keptInMemory;
    const vault = made.kind === 'file' ? keptInPlace(made, ledger.isInPlace) : made;
    const opened = new Application({
      ledger: wrapped,
      vault,
      openHandout: handoutOver({
        ...{ ledger: wrapped, vault, log, clock, fixedGateway: options.gateway },
        reserved: { folder: dataDir, files: [] },
      }),
      wechat: createWechat({ fetch, clock: () => clock().wall, ...options.waits }),
      clock,
      chance: () => 0.5,
      log,
      version: '0.0.0-test',
      demo: false,
      host: options.host ?? { abilities: [] },
      wayOut: options.wayOut ?? null,
      policy: options.policy ?? { fault: null },
    });
    opened.listen((event) => events.push(event));
    return opened;
  }

  return {
    sandbox,
    dataDir,
    logged,
    events,
    get app() {
      return app;
    },
    /** Carries out a command and returns its value; an error of the contract is thrown as JSON. */
    async run<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandValue<C>> {
      const answer = (await app.execute(command, input)) as Answer<CommandValue<C>>;
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
      return answer.value;
    },
    /** The error a command comes back with. */
    async refused(command: string, input: unknown) {
      const answer = await app.execute(command, input);
      if (answer.ok) throw new Error(`${command} was carried out`);
      return answer.error;
    },
    add(changes: Partial<CommandInput<'accounts.add'>> = {}) {
      const account = {
        appId: APP_ID,
        name: '商城',
        kind: 'official',
        line: 'standard',
        secret: SECRET,
      } as const;
      return this.run('accounts.add', { ...account, apiBase: sandbox.url, ...changes });
    },
    view(appId = APP_ID): AccountView {
      const view = app.state().accounts.find((account) => account.appId === appId);
      if (!view) throw new Error(`no account ${appId}`);
      return view;
    },
    /** Resolves with the view once it is as wanted; each event is looked at, none is missed. */
    until(wanted: (view: AccountView) => boolean, appId = APP_ID): Promise<AccountView> {
      const { promise, resolve, reject } = Promise.withResolvers<AccountView>();
      const timer = setTimeout(() => reject(new Error(`still ${JSON.stringify(this.view(appId))}`)), 16_000);
      const look = () => {
        const view = app.state().accounts.find((account) => account.appId === appId);
        if (view && wanted(view)) resolve(view);
      };
      const stop = app.listen(look);
      look();
      return promise.finally(() => {
        clearTimeout(timer);
        stop();
      });
    },
    /** Moves both clocks, and the console has not noticed yet. */
    leap(ms: number) {
      shift += ms;
    },
    /** Moves both clocks, the console's and WeChat's, and lets the console look. */
    advance(ms: number) {
      shift += ms;
      app.lookAgain();
    },
    async restart() {
      await app.close();
      app = open();
      await app.start();
    },
    async close() {
      await app.close();
      await sandbox.close();
      await closeFetch();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
