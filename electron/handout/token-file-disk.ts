/**
 * A token file on the disk: written whole or not at all. Every reader sees the old content or the new one, also
 * when this process dies in between (rename(2): "there is no point at which another process will find it missing").
 */
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A temporary file lives for milliseconds; one this old was left by a process that died. */
export const LEFT_OVER_AFTER_MS = 10_000;
/** No content of ours is longer; more of a foreign file is not read. */
const LONGEST = 16 * 1024;
/** Windows has no such flag, and few symbolic links. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** What stands at a path in the way of a token file. */
export class InTheWay extends Error {}

/** Puts `content` at `path` with exactly `mode`, whatever the umask. Rejects with InTheWay or the system's error. */
export async function replaceFile(path: string, content: string, mode: number): Promise<void> {
  await requirePlace(path);
  const temporary = temporaryFor(path);
  try {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
    const file = await open(temporary, flags, mode);
    try {
      // The umask may have taken bits away at the creation; it never adds any.
      await file.chmod(mode);
      await file.writeFile(content, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

/** The content of a regular file; null for one that is longer than any of ours, undefined where there is none. */
async function contentAt(path: string): Promise<string | null | undefined> {
  if (!(await lstatOrNull(path))?.isFile()) return undefined;
  const file = await open(path, constants.O_RDONLY | NO_FOLLOW);
  try {
    const { size } = await file.stat();
    return size > LONGEST ? null : await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Rejects with InTheWay where somebody else's file is: it would be gone without a word. An empty one holds nothing. */
export async function requireOurs(path: string, isOurs: (content: string) => boolean): Promise<void> {
  const content = await contentAt(path);
  if (content === undefined || content === '' || (content !== null && isOurs(content))) return;
  throw new InTheWay(
    'A file is there that this console has not written; move it away, or give another path.',
  );
}

/** Removes the file if `isOurs` says so of its content. */
export async function removeIf(path: string, isOurs: (content: string) => boolean): Promise<void> {
  const content = await contentAt(path);
  if (typeof content !== 'string' || !isOurs(content)) return;
  await unlink(path);
  await syncFolder(dirname(path));
}

/** Removes what a process that died while writing left beside `path`; a folder that cannot be read has none. */
export async function removeLeftOvers(path: string, now: number): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => isTemporaryFor(path, each))) {
    const left = join(folder, name);
    const found = await lstatOrNull(left);
    if (found?.isFile() && now - found.mtimeMs > LEFT_OVER_AFTER_MS)
      await unlink(left).catch(() => undefined);
  }
}

/** Hidden, of a length that fits beside every name, and not to be guessed by whoever may write to the folder. */
function temporaryFor(path: string): string {
  return join(dirname(path), `${prefixFor(path)}${randomBytes(12).toString('base64url')}.tmp`);
}

function prefixFor(path: string): string {
  return `.wtc-${createHash('sha256').update(basename(path)).digest('base64url').slice(0, 10)}-`;
}

function isTemporaryFor(path: string, name: string): boolean {
  return name.startsWith(prefixFor(path)) && /^[\w-]{16}\.tmp$/.test(name.slice(prefixFor(path).length));
}

/**
 * A rename would put the file in the place of a link and so undo what somebody arranged; to write through the link
 * would let whoever may change it choose where a token goes.
 */
async function requirePlace(path: string): Promise<void> {
  const found = await lstatOrNull(path);
  if (found === null || found.isFile()) return;
  if (found.isSymbolicLink())
    throw new InTheWay('A symbolic link is there, which is not followed; give the path it leads to.');
  if (found.isDirectory()) throw new InTheWay('A folder is there; give the path of a file.');
  throw new InTheWay('Something that is no regular file is there.');
}

async function lstatOrNull(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** So that the new name outlives a power cut. Not every system lets a folder be flushed: then it is in time. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY).catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'The folder does not exist.',
  ENOTDIR: 'A part of the path is a file, not a folder.',
  EACCES: 'This console is not allowed to write there.',
  EPERM: 'This console is not allowed to write there.',
  EROFS: 'The disk is read-only.',
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk quota is used up.',
  ENAMETOOLONG: 'The name is too long for this disk.',
  EISDIR: 'A folder is there; give the path of a file.',
  ELOOP: 'The symbolic links of the path lead in a circle.',
  // rename(2): what is a mount point cannot be replaced. Windows says it of a file that is open elsewhere.
  EBUSY:
    process.platform === 'win32'
      ? 'Another program holds the file.'
      : 'The file itself is mounted, as into a container, and cannot be replaced; mount its folder instead.',
  EIO: 'The disk reports an error.',
};

/** Why a file could not be written, in plain English. */
export function reasonOf(error: unknown): string {
  if (error instanceof InTheWay) return error.message;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown';
  return REASONS[code] ?? `The file could not be written (${code}).`;
}
