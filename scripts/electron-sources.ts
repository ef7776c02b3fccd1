/** Where the Electron runtime can come from, in which order, and how long each place may be silent. Pure. */

export interface Source {
  /** What people are told: the host. */
  readonly name: string;
  readonly url: string;
}

export interface Limits {
  /** How long a source may send nothing, in milliseconds. */
  readonly silenceMs: number;
  /** How long all sources together may be waited for before one of them has sent a byte, in milliseconds. */
  readonly allMs: number;
}

/** Why a source gave no runtime. `disk`: no other source would do better. */
export type Fault =
  | { readonly kind: 'silent'; readonly afterMs: number }
  | { readonly kind: 'stalled'; readonly afterMs: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'unreachable'; readonly code: string }
  | { readonly kind: 'broken-off'; readonly code: string }
  | { readonly kind: 'wrong-file' }
  | { readonly kind: 'disk'; readonly code: string };

type Environment = Readonly<Record<string, string | undefined>>;

export const LIMITS: Limits = { silenceMs: 15_000, allMs: 30_000 };

/** As in @electron/get (dist/artifact-utils.js). */
const USUAL = 'https://github.com/electron/electron/releases/download/';

/**
 * The mirror that Electron's guide names (electronjs.org/zh/docs/latest/tutorial/installation). It has each version
 * under `v1.2.3/` and `1.2.3/` (cnpm/cnpmcore, app/common/adapter/binary/ElectronBinary.ts).
 */
const CHINESE = 'https://npmmirror.com/mirrors/electron/';

const DISK_CODES = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EIO']);

/** A setting of Electron's downloads, in the order in which @electron/get looks for it. */
function setting(env: Environment, name: string): string | undefined {
  const names = [`npm_config_electron_${name}`, `npm_package_config_electron_${name}`];
  return [...names, `ELECTRON_${name.toUpperCase()}`].map((key) => env[key]).find(Boolean);
}

/** The address of `file` (`electron-v1.2.3-linux-x64.zip`) at each source, the first to be asked first. */
export function sourcesOf(env: Environment, version: string, file: string): Source[] {
  const usual = [USUAL, CHINESE].map((base) => source(`${base}v${version}/${file}`));
  const mirror = setting(env, 'mirror');
  if (mirror === undefined) return usual;
  const base = mirror.endsWith('/') ? mirror : `${mirror}/`;
  const folder = (setting(env, 'custom_dir') ?? 'v{{ version }}').replace('{{ version }}', version);
  const first = source(`${base}${folder}/${setting(env, 'custom_filename') ?? file}`);
  return [first, ...usual.filter(({ url }) => url !== first.url)];
}

/** Whether somebody has said where Electron is to be downloaded from. */
export function hasMirror(env: Environment): boolean {
  return setting(env, 'mirror') !== undefined;
}

/** The address where electron's own installer, with no mirror set, looks for the file in its cache. */
export function usualUrl(version: string, file: string): string {
  return `${USUAL}v${version}/${file}`;
}

/** An address may hold a password: only its host is ever shown. */
function source(url: string): Source {
  return { name: (URL.canParse(url) && new URL(url).host) || 'ELECTRON_MIRROR', url };
}

/**
 * How long to wait for a source's first byte, in milliseconds; 0: no longer at all. The first has the whole limit,
 * the others share evenly what is left of the time for all.
 * @param spentMs what was waited for sources that sent nothing
 * @param index the source's place among `count`
 */
export function patienceMs(limits: Limits, spentMs: number, index: number, count: number): number {
  const left = Math.max(0, limits.allMs - spentMs);
  return Math.min(limits.silenceMs, index === 0 ? left : left / (count - index));
}

/**
 * What an error of @electron/get or of the file system means.
 * @param answered whether a byte had come
 */
export function faultOf(error: unknown, answered: boolean): Fault {
  const { name, code, response } = error as NodeJS.ErrnoException & { response?: { status: number } };
  if (response) return { kind: 'status', status: response.status };
  // sumchecker's errors have no name of their own.
  const { name: type } = (error as Error).constructor;
  if (type === 'ChecksumMismatchError' || type === 'NoChecksumFoundError') return { kind: 'wrong-file' };
  // fetch keeps the network's own error in `cause`: a firewall's EACCES is there, a folder's is not.
  if (code !== undefined && DISK_CODES.has(code)) return { kind: 'disk', code };
  return { kind: answered ? 'broken-off' : 'unreachable', code: codeOf(error) ?? name };
}

/** The first code in an error and its causes. */
function codeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return undefined;
}
