/** What is handed to business servers, as schemas. Part of the contract (contract.ts), and read through it. */
import { z } from 'zod';
import { time } from './views.ts';

/** Whose format a Redis key is written in (interop.md). */
export const redisProfile = z.enum([
  'wxjava',
  'easywechat6',
  'easywechat5',
  'silenceper',
  'wechatpy',
  'powerwechat',
  'node-easywechat',
  'plain',
]);

const keyPart = z
  .string()
  .max(200, 'must be at most 200 characters')
  .regex(/^[\x21-\x7e]*$/, 'must not contain blanks or characters outside ASCII');

/**
 * One place in Redis an account's token is written to. `prefix`: before the profile's own key, its usual one when
 * left out. `configuredSecret`: what the business server has in place of the AppSecret, where the profile's key is
 * made from it; never the AppSecret. `key`: the whole key, where the server gives it a name of its own.
 */
export const redisTarget = z.strictObject({
  profile: redisProfile,
  prefix: keyPart.optional(),
  configuredSecret: keyPart.optional(),
  key: keyPart.min(1).optional(),
});

/** A file with the account's token. `mode`: octal, `600` unless set otherwise. */
export const tokenFile = z.strictObject({
  path: z.string().min(1).max(4096),
  format: z.enum(['bare', 'json']),
  mode: z
    .string()
    .regex(/^[0-7]{3}$/, 'must be three octal digits, such as 600')
    .optional(),
});

/** Where the gateway listens; `tls` names files on this machine. */
export const gatewaySettings = z.strictObject({
  enabled: z.boolean(),
  host: z.string().min(1).max(253),
  port: z.int().min(0).max(65_535),
  tls: z.strictObject({ certFile: z.string().min(1), keyFile: z.string().min(1) }).nullable(),
});

/** An existing Redis; its password goes into the vault and never comes out. */
export const redisSettings = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  db: z.int().min(0).max(1023),
  username: z.string().min(1).max(200).nullable(),
  tls: z.boolean(),
});

/** A business server's access: the key itself is shown once, when it is made. */
export const clientView = z.object({
  id: z.string(),
  name: z.string(),
  appIds: z.union([z.array(z.string()), z.literal('*')]),
  createdAt: time,
  lastUsedAt: time.nullable(),
  /** Requests in the last 60 seconds. */
  perMinute: z.int(),
  /** What it last fetched of each account, since the console started: tells who still holds the old token. */
  fetched: z.array(z.object({ appId: z.string(), fingerprint: z.string(), at: time })),
});

/** How a place stands: `idle`, nothing to write; `foreign`, another writer's token is there and was left alone. */
const placeState = z.object({
  state: z.enum(['idle', 'written', 'waiting', 'foreign', 'failing']),
  /** When the console last wrote there. */
  at: time.nullable(),
  /** What went wrong, in plain English, without a token. */
  detail: z.string().nullable(),
});

export const accountHandout = z.object({
  appId: z.string(),
  file: tokenFile.nullable(),
  fileState: placeState.nullable(),
  targets: z.array(redisTarget.extend({ keys: z.array(z.string()), place: placeState })),
});

export const handoutView = z.object({
  gateway: z.object({
    settings: gatewaySettings,
    /** Where it listens; null while it does not. */
    url: z.string().nullable(),
    /** Why it does not listen though it is switched on. */
    problem: z.string().nullable(),
    /** Set by the command line: the settings cannot change it. */
    isFixed: z.boolean(),
  }),
  redis: z.object({
    settings: redisSettings.nullable(),
    hasPassword: z.boolean(),
    status: z.enum(['off', 'connecting', 'ready', 'failing']),
    since: time,
    detail: z.string().nullable(),
  }),
  clients: z.array(clientView),
  accounts: z.array(accountHandout),
});

export type RedisProfile = z.infer<typeof redisProfile>;
export type RedisTarget = z.infer<typeof redisTarget>;
export type TokenFile = z.infer<typeof tokenFile>;
export type GatewaySettings = z.infer<typeof gatewaySettings>;
export type RedisSettings = z.infer<typeof redisSettings>;
export type ClientView = z.infer<typeof clientView>;
export type PlaceState = z.infer<typeof placeState>;
export type AccountHandout = z.infer<typeof accountHandout>;
export type HandoutView = z.infer<typeof handoutView>;
