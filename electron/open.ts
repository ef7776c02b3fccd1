/** Puts one console together: ledger, vault, WeChat and the application over them. Both hosts open theirs here. */
import { Application } from './console/application.ts';
import type { Console } from './console/console.ts';
import type { GatewaySettings } from './console/contract.ts';
import type { Host, WayOut } from './console/host.ts';
import type { Policy } from './console/policy.ts';
import { makeDemoFolder } from './demo-folder.ts';
import { handoutOver } from './handout/handout.ts';
import { systemClock } from './keeper/clock.ts';
import type { Ledger } from './ledger/ledger.ts';
import { openLedger } from './ledger/open.ts';
import type { Log } from './log.ts';
import { policyPath } from './policy.ts';
import { keptInPlace } from './vault/in-place.ts';
import { defaultKeyFile } from './vault/key-file.ts';
import { openVault } from './vault/open.ts';
import type { VaultKind } from './vault/vault.ts';
import { createWechat } from './wechat/client.ts';

export interface OpenOptions {
  readonly dataDir: string;
  /** The folder's ledger where it is open already; else it is opened. */
  readonly ledger?: Ledger | undefined;
  readonly vault: VaultKind;
  readonly vaultKeyFile?: string | undefined;
  /** The way out to WeChat: Electron's `net.fetch`, or Node's. */
  readonly wayOut: WayOut;
  readonly host: Host;
  /** What the administrators of this machine have settled. */
  readonly policy: Policy;
  /** Where the command line wants the gateway. */
  readonly gateway?: GatewaySettings | undefined;
  readonly log: Log;
  readonly version: string;
}

/**
 * Opens the console on a data folder. Its keepers start in the background: nothing waits for a keychain.
 * @throws LedgerError when the folder cannot be used, with the process's exit code.
 */
export function openConsole(options: OpenOptions): Console {
  const application = assemble(options, false);
  begin(application, options.log);
  return application;
}

/** Opens the console on a WeChat of its own with ready-made accounts; `close` forgets all of it. */
export async function openDemo(
  options: Omit<OpenOptions, 'dataDir' | 'ledger' | 'vault' | 'policy'>,
): Promise<Console> {
  const { startDemo } = await import('./sandbox/start-demo.ts');
  const dataDir = makeDemoFolder();
  const demo = await startDemo(dataDir);
  const policy = { fault: null };
  const application = assemble({ ...options, policy, dataDir, vault: 'memory' }, true);
  begin(application, options.log);
  void demo.fill((command, input) => application.execute(command, input));
  const close = application.close.bind(application);
  return Object.assign(application, { close: () => close().finally(demo.end) });
}

function assemble(options: OpenOptions, demo: boolean): Application {
  const { dataDir, vault: kind, vaultKeyFile, wayOut, host, policy, log, version } = options;
  const ledger = options.ledger ?? openLedger(dataDir);
  const opened = openVault(kind, { dataDir, keyFile: vaultKeyFile, marks: ledger.marks });
  // The keychain is not in the folder.
  const vault = kind === 'file' ? keptInPlace(opened, ledger.isInPlace) : opened;
  const clock = systemClock;
  const fixedGateway = options.gateway ?? policy.gateway;
  return new Application({
    ledger,
    vault,
    openHandout: handoutOver({
      ...{ ledger, vault, log, clock, fixedGateway },
      reserved: {
        folder: dataDir,
        files: [policyPath(process.platform, process.env), vaultKeyFile ?? defaultKeyFile()],
      },
      isGatewayManaged: options.gateway === undefined,
    }),
    wechat: createWechat({ fetch: wayOut.fetch, clock: Date.now }),
    clock,
    chance: Math.random,
    ...{ log, version, demo, host, wayOut, policy },
  });
}

function begin(application: Application, log: Log): void {
  application
    .start()
    .catch((error: unknown) => log.error({ fault: String(error) }, 'the console could not start'));
}
