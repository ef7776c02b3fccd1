/** What the forms check before the console does, in its own terms. Pure. */
import { withoutUnseen } from '../../electron/contract/text-rules.ts';

export interface Cleaned {
  readonly text: string;
  /** What was changed for the person, to be said. */
  readonly isTidied: boolean;
  readonly isLowered: boolean;
}

/** An AppID as it must be: what a paste brought along is taken out, and capitals are made small. */
export function cleanAppId(typed: string): Cleaned {
  const tidied = withoutUnseen(typed);
  const text = tidied.toLowerCase();
  return { text, isTidied: tidied !== typed, isLowered: text !== tidied };
}

/** An AppSecret without what a paste brought along; its letters are left as they are. */
export function cleanSecret(typed: string): Cleaned {
  const text = withoutUnseen(typed);
  return { text, isTidied: text !== typed, isLowered: false };
}

/** `secret`, `original` and `corp` are what people are known to paste there instead. */
export type AppIdFault =
  | { readonly kind: 'length' | 'secret' | 'original' | 'corp' }
  | { readonly kind: 'sign'; readonly sign: string; readonly at: number };

export function appIdFault(appId: string): AppIdFault | null {
  if (APP_ID.test(appId)) return null;
  if (SECRET.test(appId)) return { kind: 'secret' };
  if (appId.startsWith('gh')) return { kind: 'original' };
  if (appId.startsWith('ww')) return { kind: 'corp' };
  const signs = [...appId];
  const at = signs.findIndex((sign, index) => !(index < 2 ? 'wx'[index] === sign : /[0-9a-f]/.test(sign)));
  return at === -1 ? { kind: 'length' } : { kind: 'sign', sign: signs[at] ?? '', at: at + 1 };
}

const APP_ID = /^wx[0-9a-f]{16}$/;
const SECRET = /^[0-9a-f]{32}$/;

export type SecretFault =
  | { readonly kind: 'empty' | 'long' | 'masked' | 'app-id' }
  | { readonly kind: 'sign'; readonly sign: string };

export function secretFault(secret: string): SecretFault | null {
  if (secret === '') return { kind: 'empty' };
  const [sign] = /[^\x21-\x7e]/u.exec(secret) ?? [];
  if (sign) return { kind: 'sign', sign };
  if (secret.includes('*')) return { kind: 'masked' };
  if (APP_ID.test(secret.toLowerCase())) return { kind: 'app-id' };
  return secret.length > 128 ? { kind: 'long' } : null;
}

/** How a secret that is allowed does not look like WeChat's, which is worth a second look; null where it does. */
export function oddityOf(secret: string): 'capitals' | 'shape' | null {
  if (secretFault(secret) !== null || SECRET.test(secret)) return null;
  return SECRET.test(secret.toLowerCase()) ? 'capitals' : 'shape';
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
