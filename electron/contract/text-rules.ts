/**
 * What may be in the fields that people fill in, for the console and for the page alike. Judged by what is seen: a
 * paste brings signs that nobody sees, and a name that shows nothing, or turns the text behind it round, names nothing.
 * Pure.
 */

/** Blanks, and what no font draws: zero-width signs, direction marks, fillers, soft hyphens. */
const UNSEEN = /[\s\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * An identifier as it was meant: full-width letters and digits become plain ones, and what cannot be seen goes, for no
 * identifier of WeChat's has any of it.
 */
export function withoutUnseen(text: string): string {
  return text.normalize('NFKC').replace(UNSEEN, '');
}

const LONGEST_NAME = 64;
/** Signs of several code points count as one, but not without end. */
const LONGEST_NAME_UNITS = 512;

/** Joins the parts of one sign, as in emoji of families and in Persian: part of a word, and allowed. */
const JOINERS = /[\u200c\u200d]/g;
/** Line breaks, tabs, direction marks, zero-width blanks, halves of surrogates. */
const BANNED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

export type NameFault = 'empty' | 'long' | 'banned';

/** What is wrong with a name, blanks at its ends left aside; null for nothing. */
export function nameFault(name: string): NameFault | null {
  const text = name.trim();
  if (text.replace(UNSEEN, '').replace(/\p{M}/gu, '') === '') return 'empty';
  if (BANNED.test(text.replace(JOINERS, ''))) return 'banned';
  return text.length > LONGEST_NAME_UNITS || signsIn(text) > LONGEST_NAME ? 'long' : null;
}

/** A name out of a file that another program, or an older console, has written: with its oddities taken out. */
export function tidyName(name: string, otherwise: string): string {
  const clean = name
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/(?![\u200c\u200d])[\p{Cf}\p{Cs}]/gu, '')
    .trim();
  const signs = [...new Intl.Segmenter().segment(clean)].slice(0, LONGEST_NAME);
  const short = signs
    .map(({ segment }) => segment)
    .join('')
    .trim();
  return nameFault(short) === null ? short : otherwise;
}

/** How many signs a reader counts: an emoji of a family, or a letter with its accent, is one. */
function signsIn(text: string): number {
  let count = 0;
  for (const _ of new Intl.Segmenter().segment(text)) count += 1;
  return count;
}
