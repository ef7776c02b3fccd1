/** Making folders. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder with mode 0700, and those above it. One after the other: Node's own `recursive` never ends where the
 * system says ENOENT though the folder above is there (/proc). Throws the file system's error.
 */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Made by somebody else at this moment; anything but a folder is told by whoever opens a file in it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
