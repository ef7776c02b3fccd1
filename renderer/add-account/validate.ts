/** What the forms check before the console does, in its own terms. Pure. */

export interface CleanAppId {
  readonly appId: string;
  /** What was changed for the person, to be said. */
  readonly isTrimmed: boolean;
  readonly isLowered: boolean;
}

/** An AppID as it must be: blanks at the ends and capitals from a paste are mended. */
export function cleanAppId(typed: string): CleanAppId {
  const trimmed = typed.trim();
  const appId = trimmed.toLowerCase();
  return { appId, isTrimmed: trimmed !== typed, isLowered: appId !== trimmed };
}

export type AppIdFault = 'chars' | 'length';

export function appIdFault(appId: string): AppIdFault | null {
  if (/^wx[0-9a-f]{16}$/.test(appId)) return null;
  return /^(w|wx[0-9a-f]*)?$/.test(appId) ? 'length' : 'chars';
}

export type NameFault = 'empty' | 'long';

export function nameFault(name: string): NameFault | null {
  const trimmed = name.trim();
  if (trimmed === '') return 'empty';
  return trimmed.length > 64 ? 'long' : null;
}

export type SecretFault = 'empty' | 'blank' | 'long';

/** Blanks inside are refused; those at the ends come with a paste and are taken off by the form. */
export function secretFault(secret: string): SecretFault | null {
  if (secret === '') return 'empty';
  if (!/^[\x21-\x7e]*$/.test(secret)) return 'blank';
  return secret.length > 128 ? 'long' : null;
}

/** True where a secret is allowed but does not look like WeChat's: worth a second look. */
export function isOddSecret(secret: string): boolean {
  return secretFault(secret) === null && !/^[0-9a-f]{32}$/.test(secret);
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An https origin, or http on this machine; a slash at the end is taken off by the form. */
export function isApiBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isBare = url.origin === text.replace(/\/$/, '') && url.username === '' && url.password === '';
  return isBare && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname)));
}

/** Seconds of "refresh ahead"; null when they are not a whole number from 60 to 3600. */
export function leadSecondsOf(text: string): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null;
  const seconds = Number(text);
  return seconds >= 60 && seconds <= 3600 ? seconds : null;
}
