/**
 * The folders of a demo, which go when it ends. But into the desktop's Chromium then writes some of its files again, and
 * a demo that was killed removes nothing: what is left is removed by the next one.
 */
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = 'wechat-token-console-demo-';
/** The name of a demo's folder: the number of its process, then what makes it new. */
const OURS = new RegExp(`^${NAME}(\\d+)-\\w{6}$`);

/** Makes a new folder, which its demo has to remove, and removes those of demos that are over. */
export function makeDemoFolder(parent = tmpdir()): string {
  removeLeft(parent);
  return mkdtempSync(join(parent, `${NAME}${process.pid}-`));
}

function removeLeft(parent: string): void {
  for (const name of namesIn(parent)) {
    const pid = Number(OURS.exec(name)?.[1] ?? 0);
    const folder = join(parent, name);
    if (pid > 0 && !isAlive(pid) && isOwn(folder)) remove(folder);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // some systems let nobody look
  }
}

/** Another program may have the number by now: the folder then stays until that one is gone too. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0); // 0 sends nothing
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** In a folder that everybody may write to, others can put a link or a folder of theirs under such a name. */
function isOwn(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && (process.getuid === undefined || stats.uid === process.getuid());
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Not worth a demo that does not start; the one after it tries again.
  }
}
