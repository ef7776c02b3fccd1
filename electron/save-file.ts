/** Files a person asked for, written where only this user can read them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Saves into one folder, as a server does that has no dialog to ask with; a name that is taken gets a number. */
export function saveInto(folder: string) {
  return async (name: string, text: string): Promise<string> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let n = 1; ; n += 1) {
      const path = join(folder, n === 1 ? name : name.replace(/(\.\w+)$/, `-${n}$1`));
      try {
        await writeFile(path, text, { mode: 0o600, flag: 'wx', flush: true });
        return path;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  };
}
