import type { WrittenFiles } from '../../electron/handout/token-file.ts';
import type { WrittenFile } from '../../electron/handout/token-file-content.ts';

import type { Reserved } from '../../electron/handout/token-file-places.ts';

/** What was written where, for tests that need no ledger; the same object is the memory of the next console. */
export function fakeMemory(): WrittenFiles & { readonly kept: Map<string, WrittenFile> } {
  const kept = new Map<string, WrittenFile>();
  return {
    kept,
    of: (appId) => kept.get(appId) ?? null,
    note(appId, written) {
      if (written === null) kept.delete(appId);
      else kept.set(appId, written);
    },
  };
}

/** A data folder that is nowhere, and no file of the console's own. */
export const NOTHING_RESERVED: Reserved = { folder: '/nonexistent', files: [] };
