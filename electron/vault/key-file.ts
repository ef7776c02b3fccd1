/** The file vault's key: an age identity in a file only its owner may read, as age-keygen writes it. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
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
    const { mode } = stats;
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const octal = (mode & 0o777).toString(8).padStart(4, '0');
      throw new KeyFileError(
        `The key file ${file} can be read or changed by others (mode ${octal}). Set its mode to 0600 (chmod 600).`,
      );
    }
    const lines = (await handle.readFile('utf8')).split('\n').map((line) => line.trim());
    const identity = lines.find((line) => /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/.test(line));
    if (identity === undefined) throw new KeyFileError(`The key file ${file} holds no age identity.`);
    return identity;
  } finally {
    await handle.close();
  }
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
