/** The form of the proxy: what is typed, and the settings it stands for. Pure. */
import type { PreferencesView, ProxySettings } from '../../electron/console/contract.ts';

export interface ProxyDraft {
  readonly mode: ProxySettings['mode'];
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

const LONGEST_USER = 128;

export function draftOf({ settings }: PreferencesView['proxy']): ProxyDraft {
  const manual = settings.mode === 'manual' ? settings : { url: '', username: null };
  return { mode: settings.mode, url: manual.url, username: manual.username ?? '', password: '' };
}

/** An address such as `http://proxy.example:8080`: the contract's own rule. */
export function isProxyUrl(text: string): boolean {
  if (!URL.canParse(text) || text.length > 512) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  const isPlain = ['', '/'].includes(pathname) && [username, password, search, hash].every((part) => !part);
  return ['http:', 'https:'].includes(protocol) && isPlain;
}

export const isUserTooLong = (username: string): boolean => username.trim().length > LONGEST_USER;

/** What the console is sent; null while something does not fit. */
export interface ProxyInput {
  readonly settings: ProxySettings;
  readonly password?: string;
}

/** Without a user name there is no password either; an empty field keeps the one there is. */
export function inputOf(draft: ProxyDraft): ProxyInput | null {
  if (draft.mode !== 'manual') return { settings: { mode: draft.mode } };
  const url = draft.url.trim();
  const username = draft.username.trim() || null;
  if (!isProxyUrl(url) || isUserTooLong(draft.username)) return null;
  const settings = { mode: 'manual', url, username } as const;
  if (username === null) return { settings, password: '' };
  return draft.password === '' ? { settings } : { settings, password: draft.password };
}

/** Whether the draft goes where the settings that are in force go. */
export function isSameWay(draft: ProxyDraft, { settings }: PreferencesView['proxy']): boolean {
  if (draft.mode !== settings.mode) return false;
  if (settings.mode !== 'manual') return true;
  return draft.url.trim() === settings.url && (draft.username.trim() || null) === settings.username;
}

/** Whether saving would change anything. */
export function isChanged(draft: ProxyDraft, proxy: PreferencesView['proxy']): boolean {
  return !isSameWay(draft, proxy) || (draft.mode === 'manual' && draft.password !== '');
}
