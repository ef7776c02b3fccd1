/**
 * One line of access_tokens, pure. WeChat keeps two for every AppID, one behind /cgi-bin/token and one behind
 * /cgi-bin/stable_token, and neither knows of the other. Times in ms.
 */

export const LONGEST_LIFE_SECONDS = 7200;
/** After a refresh the old token works this long beside the new one. */
const OVERLAP_MS = 300_000;
/** The stable line gives a new token only in the last five minutes of the old one. */
const RENEWAL_MS = 300_000;
/** Dead tokens kept to tell "expired" (42001) from "not latest" (40001). */
const REMEMBERED = 8;

export interface Issued {
  readonly accessToken: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** `expiresAt`, or earlier once the token has been replaced. */
  readonly usableUntil: number;
}

/** Newest first. */
export type Line = readonly Issued[];

/**
 * Issues a token: the one before it works for five more minutes, though never beyond its own end, and older
 * ones stop at once. So two tokens of a line are usable at most.
 */
export function issue(line: Line, accessToken: string, now: number, lifeSeconds: number): Line {
  const expiresAt = now + lifeSeconds * 1000;
  const replaced = line.map((old, age) => ({
    ...old,
    usableUntil: Math.min(old.usableUntil, age === 0 ? now + OVERLAP_MS : now),
  }));
  return [{ accessToken, issuedAt: now, expiresAt, usableUntil: expiresAt }, ...replaced].slice(
    0,
    REMEMBERED,
  );
}

/**
 * The token that the stable line's normal mode returns again, or undefined when it is time for a new one: in
 * the last 300 s, or in the second half of a life shorter than 600 s, which WeChat never grants but a test may.
 */
export function kept(line: Line, now: number): Issued | undefined {
  const [current] = line;
  if (current === undefined) return undefined;
  const renewal = Math.min(RENEWAL_MS, (current.expiresAt - current.issuedAt) / 2);
  return current.expiresAt - now > renewal ? current : undefined;
}

/** What is left of a token's life in whole seconds, as `expires_in` says it. */
export function secondsLeft(token: Issued, now: number): number {
  return Math.floor((token.expiresAt - now) / 1000);
}

export function usable(line: Line, now: number): readonly Issued[] {
  return line.filter((token) => now < token.usableUntil);
}

/** What a call with this token is answered: null for a usable one, 42001 past its end, 40001 once replaced. */
export function verdict(token: Issued, now: number): null | 40001 | 42001 {
  if (now < token.usableUntil) return null;
  return now >= token.expiresAt ? 42001 : 40001;
}
