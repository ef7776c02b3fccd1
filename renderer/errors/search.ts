/** Finds entries of the catalogue by code or words, in either language. Pure. */
import type { ErrorClass, ErrorEntry } from '../../electron/console/contract.ts';

function textOf(entry: ErrorEntry): string {
  const { code, text, meaning, cause, action } = entry;
  return [code, text, meaning.zh, meaning.en, cause.zh, cause.en, action.zh, action.en]
    .join('\n')
    .toLowerCase();
}

/** Entries that hold every word of `needle`; a code that begins with it comes first. */
export function searchEntries(
  entries: readonly ErrorEntry[],
  needle: string,
  only: ErrorClass | null,
): readonly ErrorEntry[] {
  const words = needle.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter((entry) => {
    if (only !== null && entry.class !== only) return false;
    const text = textOf(entry);
    return words.every((word) => text.includes(word));
  });
  const first = words[0];
  if (first === undefined) return found;
  const isByCode = (entry: ErrorEntry) => String(entry.code).startsWith(first);
  return [...found.filter(isByCode), ...found.filter((entry) => !isByCode(entry))];
}
