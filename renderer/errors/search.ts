/** Finds entries of the catalogue by code or words, in either language. Pure. */
import type { ErrorClass, ErrorEntry } from '../../electron/console/contract.ts';
import { errorClass as english } from '../locales/en/error-class.ts';
import { errorClass as chinese } from '../locales/zh/error-class.ts';

/** The classes in the order they are listed: first those that wait for a person. */
export const CLASSES: readonly ErrorClass[] = [
  'not-whitelisted',
  'awaiting-admin',
  'refused',
  'secret',
  'account',
  'quota',
  'transient',
  'unknown',
  'use',
];

/** Blanks between Chinese and Latin: written by us, left out by most who type. */
const BETWEEN_SCRIPTS = /(?<=\p{Script=Han}) (?=[a-z0-9])|(?<=[a-z0-9]) (?=\p{Script=Han})/gu;

function plain(parts: readonly (string | number | null)[]): string {
  return parts.join('\n').toLowerCase().replace(BETWEEN_SCRIPTS, '');
}

/** What an entry is listed under: its code, its meaning, its class, WeChat's text. */
function titleOf({ code, text, meaning, class: name }: ErrorEntry): string {
  return plain([code, text, meaning.zh, meaning.en, chinese[name], english[name]]);
}

function bodyOf({ cause, steps }: ErrorEntry): string {
  return plain([cause, ...steps].flatMap((each) => [each.zh, each.en]));
}

/** How near the top an entry belongs: its code, its title, its body; null where a word is missing. */
function rankOf(entry: ErrorEntry, words: readonly string[]): number | null {
  const title = titleOf(entry);
  if (words.every((word) => title.includes(word))) {
    return String(entry.code).startsWith(words[0] ?? '') ? 0 : 1;
  }
  const all = `${title}\n${bodyOf(entry)}`;
  return words.every((word) => all.includes(word)) ? 2 : null;
}

/** Entries that hold every word of `needle`: a code that begins with it first, then titles, then the rest. */
export function searchEntries(
  entries: readonly ErrorEntry[],
  needle: string,
  only: ErrorClass | null,
): readonly ErrorEntry[] {
  const words = needle.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = entries
    .filter((entry) => only === null || entry.class === only)
    .map((entry) => ({ entry, rank: rankOf(entry, words) }));
  return [0, 1, 2].flatMap((rank) => ranked.filter((one) => one.rank === rank).map(({ entry }) => entry));
}

/** The entries by class, in the order of `CLASSES`; none is empty. */
export function groupEntries(
  entries: readonly ErrorEntry[],
): readonly { readonly name: ErrorClass; readonly entries: readonly ErrorEntry[] }[] {
  return CLASSES.map((name) => ({ name, entries: entries.filter((entry) => entry.class === name) })).filter(
    (group) => group.entries.length > 0,
  );
}
