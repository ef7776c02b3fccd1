/** Small things the desktop app remembers between starts and nobody sets: `desktop.json` in the data folder. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Mark = 'told-it-stays';

export interface Marker {
  /** True the first time ever, false from then on. */
  take(mark: Mark): boolean;
}

export function createMarker(folder: string): Marker {
  const path = join(folder, 'desktop.json');
  const taken = new Set<string>();
  const read = (): Record<string, unknown> => {
    try {
      const stored: unknown = JSON.parse(readFileSync(path, 'utf8'));
      return typeof stored === 'object' && stored !== null ? { ...stored } : {};
    } catch {
      return {}; // not there yet, or damaged: a notice more is no harm
    }
  };
  return {
    take(mark) {
      if (taken.has(mark)) return false;
      taken.add(mark);
      const stored = read();
      if (stored[mark] === true) return false;
      try {
        writeFileSync(path, `${JSON.stringify({ ...stored, [mark]: true })}\n`, { mode: 0o600 });
      } catch {
        // Full or read-only: remembered for this run.
      }
      return true;
    },
  };
}
