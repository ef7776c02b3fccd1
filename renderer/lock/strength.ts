/** How hard a passphrase is to guess, roughly. Pure. */

/** As the console asks for it. */
export const SHORTEST = 8;
export const LONGEST = 256;

export type Strength = 'weak' | 'fair' | 'strong';

/** How many characters a guesser has to try for one place, by the kinds that occur. */
const POOLS: readonly (readonly [RegExp, number])[] = [
  [/\d/, 10],
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[^\da-zA-Z\u0080-\uffff]/, 33],
  // Of the Chinese characters, the common ones.
  [/[\u0080-\uffff]/, 2500],
];
const WEAK_BELOW_BITS = 50;
const STRONG_FROM_BITS = 75;

/** Characters that do not follow from the one before: `aaaa` counts as one, `1234` as one. */
function freeCharacters(text: string): number {
  const codes = [...text].map((one) => one.codePointAt(0) ?? 0);
  return codes.filter((code, i) => i === 0 || Math.abs(code - (codes[i - 1] ?? 0)) > 1).length;
}

/** An upper bound: a well-known saying is guessed sooner. For a hint, not for a rule. */
export function strengthOf(text: string): Strength {
  const pool = POOLS.reduce((sum, [kind, size]) => (kind.test(text) ? sum + size : sum), 0);
  const bits = pool === 0 ? 0 : Math.min(freeCharacters(text), new Set(text).size * 2) * Math.log2(pool);
  if (bits < WEAK_BELOW_BITS) return 'weak';
  return bits < STRONG_FROM_BITS ? 'fair' : 'strong';
}

export type PassphraseFault = 'short' | 'long';

/** What the console would object to in a new passphrase. */
export function faultOf(text: string): PassphraseFault | null {
  if (text.length < SHORTEST) return 'short';
  return text.length > LONGEST ? 'long' : null;
}
