/** The command line of both hosts: options, their WTC_… environment variables, and what is wrong with them. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { GatewaySettings } from './console/contract.ts';
import type { VaultKind } from './vault/vault.ts';

export interface Options {
  readonly dataDir: string;
  readonly listen: Address;
  /** Where business servers ask; undefined: as the settings say. */
  readonly gateway: GatewaySettings | undefined;
  readonly vault: VaultKind;
  readonly vaultKeyFile: string | undefined;
  readonly allowRemoteAdmin: boolean;
  readonly demo: boolean;
  readonly open: boolean;
  readonly json: boolean;
  readonly version: boolean;
  readonly help: boolean;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A command line that cannot be followed; exit code 64 (EX_USAGE). */
export class UsageError extends Error {}

const FLAGS = {
  'data-dir': { type: 'string' },
  listen: { type: 'string' },
  gateway: { type: 'string' },
  'gateway-cert': { type: 'string' },
  'gateway-key': { type: 'string' },
  vault: { type: 'string' },
  'vault-key-file': { type: 'string' },
  'allow-remote-admin': { type: 'boolean' },
  demo: { type: 'boolean' },
  open: { type: 'boolean' },
  json: { type: 'boolean' },
  version: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Flag = keyof typeof FLAGS;
type Values = Partial<Record<Flag, string | boolean>>;
type Env = Readonly<Record<string, string | undefined>>;

const VAULTS: readonly string[] = ['keychain', 'file', 'memory'] satisfies VaultKind[];

export const HELP = `Usage: headless [options]

  --data-dir DIR          where accounts and history are kept
  --listen HOST:PORT      admin page and bridge (127.0.0.1:7320; port 0 takes a free one)
  --gateway HOST:PORT     hand tokens to business servers here (off unless given, or as set in the page)
  --gateway-cert FILE, --gateway-key FILE
                          the gateway over TLS
  --allow-remote-admin    allow an address other than this machine's own
  --vault KIND            where AppSecrets and tokens are kept: keychain, file or memory (keychain)
  --vault-key-file FILE   the key of the file vault (in your configuration folder)
  --demo                  a built-in WeChat with ready-made accounts; keeps nothing
  --open, --no-open       open a browser window, or do not
  --json                  the first line on stdout is the ready line, as JSON; nothing else is
  --version, --help

Each option is also an environment variable: --data-dir is WTC_DATA_DIR, --no-open is WTC_OPEN=0.
`;

/**
 * Reads the options; the command line wins over the environment.
 * @throws UsageError that names the option.
 */
export function readOptions(argv: readonly string[], env: Env): Options {
  const values = { ...fromEnvironment(env), ...fromCommandLine(argv) };
  const text = (flag: Flag) =>
    typeof values[flag] === 'string' && values[flag] !== '' ? values[flag] : undefined;
  const path = (flag: Flag) => pathOf(flag, text(flag));
  return {
    dataDir: path('data-dir') ?? defaultDataDir(env),
    listen: addressOf('--listen', text('listen') ?? '127.0.0.1:7320'),
    gateway: gatewayOf(text('gateway'), path('gateway-cert'), path('gateway-key')),
    vault: vaultOf(text('vault') ?? 'keychain'),
    vaultKeyFile: path('vault-key-file'),
    allowRemoteAdmin: values['allow-remote-admin'] === true,
    demo: values.demo === true,
    open: values.open === true,
    json: values.json === true,
    version: values.version === true,
    help: values.help === true,
  };
}

function fromCommandLine(argv: readonly string[]): Values {
  try {
    const { values } = parseArgs({ args: [...argv], options: FLAGS, allowNegative: true, strict: true });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const ON_OFF: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  yes: true,
  '0': false,
  false: false,
  no: false,
};

function fromEnvironment(env: Env): Values {
  const values: Values = {};
  for (const [flag, { type }] of Object.entries(FLAGS) as [Flag, { type: string }][]) {
    const name = `WTC_${flag.toUpperCase().replaceAll('-', '_')}`;
    const given = env[name];
    if (given === undefined || given === '') continue;
    if (type === 'string') values[flag] = given;
    else if (given.toLowerCase() in ON_OFF) values[flag] = ON_OFF[given.toLowerCase()] === true;
    else throw new UsageError(`${name}: must be 1 or 0.`);
  }
  return values;
}

/**
 * An absolute path. A shell makes `~/` and `$HOME` into a path and takes quotation marks away; a unit or an env file hands
 * them over as they are, and the folder of that name would be found at one working directory only.
 */
function pathOf(flag: Flag, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/^~(?=$|[\\/])/.test(text)) return join(homedir(), text.slice(1));
  const [sign] = /^[~$%"']/.exec(text) ?? [];
  if (sign) throw new UsageError(`--${flag}: ${text} begins with ${sign}, which nothing has put a path for.`);
  return resolve(text);
}

function addressOf(flag: string, text: string): Address {
  const [, host, port] = /^(\[[0-9a-fA-F:.]+\]|[^:\s]+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535)
    throw new UsageError(`${flag}: must be HOST:PORT, such as 127.0.0.1:7320.`);
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

function gatewayOf(
  address: string | undefined,
  cert: string | undefined,
  key: string | undefined,
): GatewaySettings | undefined {
  if (Boolean(cert) !== Boolean(key)) throw new UsageError('--gateway-cert and --gateway-key go together.');
  if (address === undefined) {
    if (cert) throw new UsageError('--gateway-cert: needs --gateway HOST:PORT.');
    return undefined;
  }
  const tls = cert && key ? { certFile: cert, keyFile: key } : null;
  return { enabled: true, ...addressOf('--gateway', address), tls };
}

function vaultOf(text: string): VaultKind {
  if (!VAULTS.includes(text)) throw new UsageError(`--vault: must be ${VAULTS.join(', ')}.`);
  return text as VaultKind;
}

/** Where Electron keeps a program's data on this system; the same without it, so that both hosts share a folder. */
export function defaultDataDir(env: Env): string {
  const name = 'wechat-token-console';
  const home = homedir();
  switch (process.platform) {
    case 'win32':
      return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), name);
    case 'darwin':
      return join(home, 'Library', 'Application Support', name);
    default:
      return join(env.XDG_CONFIG_HOME || join(home, '.config'), name);
  }
}
