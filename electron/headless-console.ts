/** The console without a window: an admin page and the bridge over HTTP. Exit codes: interfaces.md section 1. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { createDemoPage } from './demo-page.ts';
import { LedgerError } from './ledger/ledger.ts';
import { isFileSystemHanging } from './lib/small-file.ts';
import { createLog } from './log.ts';
import { openConsole, openDemo } from './open.ts';
import { openBrowser } from './open-browser.ts';
import { HELP, type Options, readOptions, UsageError } from './options.ts';
import { openPage } from './page/page.ts';
import { policyPath, readPolicy } from './policy.ts';
import { saveInto } from './save-file.ts';
import { createNodeWayOut } from './way-out.ts';
import { startWeb } from './web/web.ts';

const EXIT = { usage: 64, addressInUse: 69 } as const;

const { version } = packageJson;
const log = createLog(process.stderr);

// Log rotation sends it to many daemons, and Node would open its inspector, to every user of this machine.
process.on('SIGUSR1', () => log.warn({}, 'SIGUSR1 is ignored'));

async function main(options: Options): Promise<void> {
  if (options.help) return say(HELP);
  if (options.version) return say(`${version}\n`);
  const wayOut = createNodeWayOut();
  const { dataDir, vault, vaultKeyFile, gateway } = options;
  const parts = { wayOut, log, version, vaultKeyFile };
  const opening = openPage(join(import.meta.dirname, 'renderer'));
  const beside = createDemoPage({ ...parts, page: opening });
  const saveFile = saveInto(join(dataDir, 'exports'));
  const host = { abilities: [], saveFile, showDemo: beside.url };
  const real = () => {
    const policy = readPolicy(policyPath(process.platform, process.env));
    return openConsole({ ...parts, gateway, dataDir, vault, host, policy });
  };
  const [console, page] = await Promise.all([
    options.demo ? openDemo({ ...parts, gateway, host: { abilities: [] } }) : real(),
    opening,
  ]);
  const adminKey = randomBytes(32).toString('base64url');
  const { listen, allowRemoteAdmin: allowRemote } = options;
  const web = await startWeb({ console, page, listen, adminKey, allowRemote, log })
    .then((opened) => console.opened.then(() => opened))
    .catch(async (error) => {
      await console.close();
      throw error;
    });
  const stop = async () => {
    setTimeout(leaveAtOnce, LEAVE_MS);
    await Promise.all([web.close(), console.close(), beside.close()]);
    if (console.state().vault.status === 'unavailable' || isFileSystemHanging()) leaveAtOnce();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  // Whoever reads the ready line, or sees the browser open, may end this process at once.
  announce(options, web.url, adminKey, console.state().gateway?.url ?? null);
  wayOut.prepare();
}

/** Everything has to be over within 2 s of the signal, whatever hangs (interfaces.md section 1). */
const LEAVE_MS = 1800;

/**
 * Ends the process with 0. `process.exit` joins libuv's threads, and one may hang in a frozen keychain for as long
 * as the system's own time-out (25 s measured), or in a disk that does not answer; becoming another program leaves it
 * behind, where that is possible.
 */
function leaveAtOnce(): void {
  if (process.platform !== 'win32') process.execve?.('/bin/sh', ['sh', '-c', 'exit 0'], {});
  process.exit(0);
}

function announce(options: Options, url: string, adminKey: string, gatewayUrl: string | null): void {
  const address = `${url}#key=${adminKey}`;
  if (options.json) {
    const { pid } = process;
    say(`${JSON.stringify({ event: 'ready', url, adminKey, gatewayUrl, pid, version })}\n`);
  } else {
    say(
      `WeChat Token Console ${version}${options.demo ? ' · demo' : ''}\n管理页面 / admin page: ${address}\n`,
    );
    if (gatewayUrl) say(`网关 / gateway: ${gatewayUrl}\n`);
  }
  if (options.open) openBrowser(address, log);
}

function say(text: string): void {
  process.stdout.write(text);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError || error instanceof RangeError) return EXIT.usage;
  if (error instanceof LedgerError) return error.exitCode;
  return (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? EXIT.addressInUse : 1;
}

function explain(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE')
    return error instanceof Error ? error.message : String(error);
  return 'The address of --listen or --gateway is in use. Give another port, or 0 for a free one.';
}

try {
  await main(readOptions(process.argv.slice(2), process.env));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = exitCodeOf(error);
  process.exit();
}
