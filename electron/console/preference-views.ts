/** What a person can set of the console itself, as schemas. Part of the contract (contract.ts), and read through it. */
import { z } from 'zod';
import { time } from './views.ts';

/** WeChat's own addresses, wechat-facts.md section 6: nearest, for when that one is away, and one a region. */
export const API_BASES = [
  'https://api.weixin.qq.com',
  'https://api2.weixin.qq.com',
  'https://sh.api.weixin.qq.com',
  'https://sz.api.weixin.qq.com',
  'https://hk.api.weixin.qq.com',
] as const;

/** What the system's notifications tell of; `failing`: no new token, and less than 10 minutes left of the old one. */
export const noticeKind = z.enum([
  'awaiting-admin',
  'refused',
  'whitelist',
  'secret',
  'overwritten',
  'failing',
  'recovered',
]);

/** A time of day on this machine's clock. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:30');

function isProxy(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  const isPlain = ['', '/'].includes(pathname) && [username, password, search, hash].every((part) => !part);
  return ['http:', 'https:'].includes(protocol) && isPlain;
}

/** The way out to WeChat. `system`: as the system says, or on a server the environment's HTTPS_PROXY. */
export const proxySettings = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('system') }),
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({
    mode: z.literal('manual'),
    url: z.string().max(512).refine(isProxy, 'must be an address such as http://proxy.example:8080'),
    username: z.string().min(1).max(128).nullable(),
  }),
]);

/** Seconds until a copied token is taken off the clipboard; null: never. */
export const clipboardSeconds = z.literal([10, 20, 30, 60, 120, 300, null]);
export const idleMinutes = z.literal([1, 5, 15, 30, 60, null]);

export const preferences = z.strictObject({
  language: z.enum(['system', 'zh', 'en']),
  theme: z.enum(['auto', 'light', 'dark']),
  /** Closing the window leaves the console running: in the Dock on macOS, in the tray elsewhere. */
  keepRunning: z.boolean(),
  startAtLogin: z.boolean(),
  notices: z.strictObject({
    off: z.array(noticeKind),
    /** Nothing is shown between these times; what still stands is told once afterwards. */
    quiet: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable(),
  }),
  clipboardSeconds,
  /** Needs a passphrase of the app's own (`shield.setPassphrase`). */
  lock: z.strictObject({ idleMinutes, withScreen: z.boolean() }),
  /** Keeps the window out of screenshots and screen sharing (macOS, Windows). */
  screenProtection: z.boolean(),
  /** `feed` null: the one the app was built with; `automatic`: looks for updates by itself. */
  updates: z.strictObject({
    automatic: z.boolean(),
    feed: z
      .url({ protocol: /^https$/ })
      .max(512)
      .nullable(),
  }),
});

/** What an administrator's policy file can settle (policy.ts). */
export const managedPart = z.enum(['gateway', 'proxy', 'updates', 'language']);

export const preferencesView = z.object({
  values: preferences,
  proxy: z.object({ settings: proxySettings, hasPassword: z.boolean() }),
  /** Settled by the policy file: cannot be changed here. */
  managed: z.array(managedPart),
});

/** What this host can do; the page shows nothing else. */
export const ability = z.enum([
  'background',
  'login',
  'notices',
  'clipboard',
  'shield',
  'screen-protection',
  'updates',
  'open-data-folder',
  'open-logs',
  'open-licences',
]);

/** The app's lock. `system`: the system can unlock it as well (Touch ID). `until`: no try is heard before. */
export const shieldView = z.object({
  isLocked: z.boolean(),
  hasPassphrase: z.boolean(),
  system: z.boolean(),
  until: time.nullable(),
});

/** `off`: no feed, or switched off by policy. */
export const updateView = z.object({
  state: z.enum(['off', 'idle', 'checking', 'available', 'downloading', 'ready', 'failed']),
  version: z.string().nullable(),
  percent: z.int().min(0).max(100).nullable(),
  at: time.nullable(),
  detail: z.string().nullable(),
});

/** Whether an address of WeChat's API answers, and in what time; `reason`: as in a `failed` attempt's errmsg. */
export const reachView = z.object({
  apiBase: z.string(),
  reached: z.boolean(),
  ms: z.int().nullable(),
  reason: z.string().nullable(),
});

export type NoticeKind = z.infer<typeof noticeKind>;
export type ProxySettings = z.infer<typeof proxySettings>;
export type Preferences = z.infer<typeof preferences>;
export type PreferencesView = z.infer<typeof preferencesView>;
export type ManagedPart = z.infer<typeof managedPart>;
export type Ability = z.infer<typeof ability>;
export type ShieldView = z.infer<typeof shieldView>;
export type UpdateView = z.infer<typeof updateView>;
export type ReachView = z.infer<typeof reachView>;
