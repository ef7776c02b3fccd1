/** A disk of its own that can be filled up: a tmpfs, which only root may mount. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './ledger-fixtures.ts';

export interface SmallDisk {
  readonly folder: string;
  /** Leaves no byte free. */
  fill(): void;
  free(): void;
  readOnly(): void;
  remove(): void;
}

/** A disk of `kib` KiB, or why there can be none here. */
export function smallDisk(kib: number): SmallDisk | string {
  const { folder, remove } = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k,mode=700`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    remove();
    return 'mounting a tmpfs takes root on Linux';
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      for (let block = 65_536; block >= 1; block /= 2) fillWith(ballast, block);
    },
    free: () => rmSync(ballast, { force: true }),
    readOnly: () => void execFileSync('mount', ['-o', 'remount,ro', folder]),
    remove() {
      execFileSync('umount', ['--lazy', folder]);
      remove();
    },
  };
}

function fillWith(file: string, block: number): void {
  try {
    for (;;) writeFileSync(file, Buffer.alloc(block), { flag: 'a' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
