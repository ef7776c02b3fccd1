/** The file vault's key: an age identity in a file only its owner may read, as age-keygen writes it. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, realpath, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { makeFolder } from '../lib/folders.ts';

const HEADER =
  '# The key to the file vault of the WeChat Token Console: whoever reads this reads the vault.\n';

/** Without O_NONBLOCK opening a pipe waits until somebody writes to it; Windows has no such flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** A key file that must not or cannot be used; its message is meant for a person. */
export class KeyFileError extends Error {}

/** The user's configuration folder by the system's custom; never inside the data folder. */
export function defaultKeyFile(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string {
  return join(configFolder(platform, env), 'wechat-token-console', 'vault.key');
}

function configFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return env.APPDATA ?? join(homedir(), 'AppData', 'Roaming');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  // A relative path is to be ignored: XDG Base Directory Specification.
  const xdg = env.XDG_CONFIG_HOME ?? '';
  return isAbsolute(xdg) ? xdg : join(homedir(), '.config');
}

/**
 * The identity (`AGE-SECRET-KEY-1…`) in `file`; null when there is no such file.
 *
 * @throws KeyFileError when others may read it or it holds no identity; the file system's error otherwise.
 */
export async function readKey(file: string): Promise<string | null> {
  const handle = await open(file, READ).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null) return null;
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new KeyFileError(`The key file ${file} is not a regular file.`);
    const isCredential = await isWithin(file, process.env.CREDENTIALS_DIRECTORY);
    const fault = modeFault({ uid: stats.uid, mode: stats.mode, isCredential });
    if (fault !== null) throw new KeyFileError(`The key file ${file} ${fault}`);
    const lines = (await handle.readFile('utf8')).split('\n').map((line) => line.trim());
    const identity = lines.find((line) => /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/.test(line));
    if (identity === undefined) throw new KeyFileError(`The key file ${file} holds no age identity.`);
    return identity;
  } finally {
    await handle.close();
  }
}

interface Stat {
  readonly uid: number;
  readonly mode: number;
  /** It lies in the folder that systemd has made for this service alone. */
  readonly isCredential: boolean;
}

/**
 * Who else could read or change the key; null where nobody could. A file of root's that this user can only read is as
 * good as one of its own: systemd hands credentials over as 0440 and root's, readable by an access list, and Kubernetes
 * secrets come so too (systemd.exec(5), LoadCredential; kubernetes.io, Secrets, defaultMode).
 * `me`: this process's user; undefined on Windows, where modes say nothing.
 */
export function modeFault({ uid, mode, isCredential }: Stat, me = process.getuid?.()): string | null {
  if (me === undefined) return null;
  const others = isCredential ? 0o022 : 0o027;
  const isRoots = uid === 0 && me !== 0;
  if ((mode & (isCredential || isRoots ? others : 0o077)) === 0) return null;
  const octal = (mode & 0o777).toString(8).padStart(4, '0');
  if (!isRoots) return `can be read or changed by others (mode ${octal}). Set its mode to 0600 (chmod 600).`;
  return `is root’s and can be read or changed by others (mode ${octal}). Set its mode to 0440, with a group of this user’s (Kubernetes: defaultMode: 0440 and fsGroup).`;
}

/** Whether `file` lies in `folder`, by what both names lead to. */
async function isWithin(file: string, folder: string | undefined): Promise<boolean> {
  if (folder === undefined || folder === '') return false;
  const [place, own] = await Promise.all([realpath(dirname(file)), realpath(folder).catch(() => null)]);
  return place === own;
}

/**
 * Puts `identity` where no key is yet; complete or not at all, and never over another's.
 *
 * @throws the file system's error; `EEXIST` when a key is there meanwhile.
 */
export async function createKey(file: string, identity: string): Promise<void> {
  makeFolder(dirname(file));
  const draft = `${file}.${randomUUID()}`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${HEADER}${identity}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file); // Unlike rename, fails where the name is taken.
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(dirname(file));
}

/** Makes a new name in `folder` last; Windows does it by itself and cannot open a folder. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
