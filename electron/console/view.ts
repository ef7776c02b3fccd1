/** What a renderer sees of an account, and what changed since it last looked. Pure. */
import { createHash } from 'node:crypto';
import type { Life, Trouble } from '../keeper/life.ts';
import { type Deadline, left, type Moment } from '../keeper/moment.ts';
import {
  FORCE_BUDGET,
  FORCE_GAP,
  FORCE_WINDOW,
  PROBE_BUDGET,
  REFUSED_TWICE,
  SECOND,
} from '../keeper/schedule.ts';
import type { AccountRow } from '../ledger/ledger.ts';
import type { AccountView, Phase } from './contract.ts';
import type { SecretState } from './safe.ts';

/** The first 8 hex digits of a token's SHA-256: enough to compare by eye, nothing to use. */
export function fingerprint(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('hex').slice(0, 8);
}

/** The view of an account; `life` is null until its keeper has read the vault. */
export function accountView(
  row: AccountRow,
  life: Life | null,
  secret: SecretState,
  role: AccountView['role'],
  now: Moment,
): AccountView {
  const { appId, name, kind, line, apiBase, leadSeconds, checkMinutes } = row;
  const token = life?.token && {
    fingerprint: fingerprint(life.token.accessToken),
    obtainedAt: life.token.obtainedAt,
    expiresAt: onThisClock(life.token.ends, now),
    expiresIn: Math.round((life.token.expiresAt - life.token.obtainedAt) / 1000),
  };
  const previousToken = life?.overlap && {
    fingerprint: fingerprint(life.overlap.accessToken),
    usableUntil: onThisClock(life.overlap.ends, now),
  };
  const mayAsk = life && !life.call && !life.paused && life.leads && life.secret === 'present';
  const planned = mayAsk && life.next ? life.next.at : null;
  return {
    ...{ appId, name, kind, line, apiBase, leadSeconds, checkMinutes },
    phase: life ? phaseOf(life) : 'new',
    secret,
    token: token ?? null,
    previousToken: previousToken ?? null,
    nextAttemptAt: planned && onThisClock(planned, now),
    lastAttempt: life?.lastAttempt ?? null,
    confirmation: life ? confirmationOf(life, planned && onThisClock(planned, now)) : null,
    callerIp: life?.callerIp ?? null,
    trouble: life?.trouble ? pick(life.trouble) : null,
    lastCheck: life?.lastCheck ?? null,
    overwrittenAt: [...(life?.overwrittenAt ?? [])],
    force: line === 'stable' ? forceOf(life, now) : null,
    drill: drillOf(life, now),
    role,
    confirmationSteps: [...(life?.consent ?? [])],
    addresses: [...(life?.addresses ?? [])],
  };
}

function pick({ class: name, errcode, since }: Trouble): AccountView['trouble'] {
  return { class: name, errcode, since };
}

/** WeChat counts by the day; a use counts here for 24 hours, which is never too generous. */
function forceOf(life: Life | null, now: Moment): AccountView['force'] {
  const usedAt = (life?.forcedAt ?? []).filter((at) => at > now.wall - FORCE_WINDOW);
  return { usedAt, perDay: FORCE_BUDGET, gapSeconds: FORCE_GAP / SECOND };
}

function drillOf(life: Life | null, now: Moment): AccountView['drill'] {
  if (!life?.drill) return null;
  const { state, since, at } = life.drill;
  return { state, since, nextAt: state === 'waiting' && at ? onThisClock(at, now) : null };
}

const PHASE_OF_TROUBLE = {
  transient: 'retrying',
  quota: 'retrying',
  unknown: 'retrying',
  'awaiting-admin': 'awaiting-admin',
  refused: 'refused',
  'not-whitelisted': 'needs-attention',
  secret: 'needs-attention',
  account: 'needs-attention',
} as const satisfies Record<string, Phase>;

/** What the console does next with this account; a token may live in every phase. */
function phaseOf(life: Life): Phase {
  if (life.call) return 'refreshing';
  if (life.paused) return 'paused';
  if (life.secret !== 'present') return 'needs-attention';
  if (life.trouble) return PHASE_OF_TROUBLE[life.trouble.class];
  return life.token ? 'live' : 'new';
}

function confirmationOf(life: Life, nextProbeAt: number | null): AccountView['confirmation'] {
  const { trouble } = life;
  if (trouble?.class !== 'awaiting-admin' && trouble?.class !== 'refused') return null;
  const { ip, since, until, errcode } = trouble;
  const refused = errcode === REFUSED_TWICE ? 'refused-twice' : 'refused-once';
  const isRefused = trouble.class === 'refused';
  const probesLeft = isRefused ? 0 : Math.max(0, PROBE_BUDGET - trouble.probes);
  return { state: isRefused ? refused : 'awaiting', ip, since, until, nextProbeAt, probesLeft };
}

/** The clocks agree to this; beyond it the wall clock was set, and the monotonic one tells the truth. */
const CLOCKS_AGREE = 2000;

/** A deadline as a time of the wall clock that the reader sees now, whichever clock ends it. */
export function onThisClock(at: Deadline, now: Moment): number {
  const byBoth = now.wall + left(at, now);
  return at.wall - byBoth > CLOCKS_AGREE ? Math.round(byBoth / 1000) * 1000 : at.wall;
}

/** The fields of `next` that differ from `before`; null when none does. */
export function changesOf(before: AccountView, next: AccountView): Partial<AccountView> | null {
  const keys = Object.keys(next) as (keyof AccountView)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(next[key]));
  return changed.length > 0 ? Object.fromEntries(changed.map((key) => [key, next[key]])) : null;
}
