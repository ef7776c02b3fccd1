/**
 * Puts an Electron runtime where electron's own installer would. It appears all at once, when it is whole: whatever is
 * broken off leaves nothing that looks installed, and two that do this at the same time leave one runtime.
 */
import { existsSync, globSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { executable, isInstalled } from './electron-runtime.ts';
import { ofElectron } from './electron-transfer.ts';

const UNFINISHED = 'unfinished-';
/** Left by a process that was killed; none works that long. In milliseconds. */
const STALE = 3_600_000;

/** A new folder beside `dist`, on the same disk. @throws Error with a code when the package's folder is not writable */
export function makeUnfinished(folder: string, now = Date.now()): string {
  for (const name of globSync(`${UNFINISHED}*`, { cwd: folder })) {
    const path = join(folder, name);
    if (now - statSync(path).mtimeMs > STALE) rmSync(path, { recursive: true, force: true });
  }
  return mkdtempSync(join(folder, UNFINISHED));
}

/**
 * Unpacks a verified zip into `folder`/dist by way of `unfinished`.
 * @throws Error when it cannot be unpacked or put there
 */
export async function install(zip: string, folder: string, unfinished: string): Promise<void> {
  const { extract } = ofElectron<typeof import('@electron-internal/extract-zip')>(
    '@electron-internal/extract-zip',
  );
  const dist = join(unfinished, 'dist');
  await extract(zip, { dir: dist });
  if (!existsSync(join(dist, executable()))) throw new Error(`no ${executable()} in the zip`);
  const types = join(dist, 'electron.d.ts');
  if (existsSync(types)) renameSync(types, join(folder, 'electron.d.ts'));
  writeFileSync(join(unfinished, 'path.txt'), executable());
  await putInPlace(folder, unfinished);
}

/** Windows refuses to move a folder while a virus scanner reads in it. */
async function putInPlace(folder: string, unfinished: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      putAtOnce(folder, unfinished);
      return;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (isInstalled(folder)) return; // another process was quicker
      if (process.platform !== 'win32' || !['EPERM', 'EBUSY', 'EACCES'].includes(code) || attempt === 10)
        throw error;
      await sleep(300);
    }
  }
}

/** Without a pause in it. `dist` comes last: with path.txt it is what makes a runtime installed. */
function putAtOnce(folder: string, unfinished: string): void {
  const dist = join(folder, 'dist');
  if (isInstalled(folder)) return;
  // Half a runtime, left by another installer.
  if (existsSync(dist)) renameSync(dist, join(unfinished, `half-${process.pid}`));
  const named = join(unfinished, 'path.txt');
  if (existsSync(named)) renameSync(named, join(folder, 'path.txt'));
  renameSync(join(unfinished, 'dist'), dist);
}
