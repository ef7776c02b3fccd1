/**
 * The demo's accounts: fictional, and between them they show every state of the console. What WeChat is to
 * think of each is in `settings` and `prepare`; the rest is for the host to do after adding.
 */
import type { CommandInput } from '../console/contract.ts';
import type { AccountSettings } from './account.ts';
import type { World } from './world.ts';

export interface DemoAccount {
  /** For `accounts.add`; the host adds `apiBase`, the sandbox's URL. */
  readonly account: Omit<CommandInput<'accounts.add'>, 'apiBase'>;
  /** The host pauses the account once it has its first token. */
  readonly paused?: true;
  /** The host refreshes the account once it has its first token, so that two tokens overlap. */
  readonly refreshed?: true;
  /** Another system replaces the account's token twice, and the host checks it each time. */
  readonly overwritten?: true;
  readonly settings?: Partial<AccountSettings>;
  readonly prepare?: (world: World, appId: string) => void;
}

const AWAITING = 'wx00000000000000d4';
const ADMIN_ANSWERS_AFTER_MS = 4 * 60_000;

const ACCOUNTS: readonly DemoAccount[] = [
  // Live, with a long time left.
  { account: official('d1', '山茶书店', 'stable', 'demo-secret-of-the-bookshop') },
  // Live, a refresh every few minutes: old and new token overlap all the time.
  {
    account: mini('d2', '商城小程序', 'standard', 'demo-secret-of-the-shop'),
    settings: { lifeSeconds: 600 },
    refreshed: true,
  },
  // Live, with a token somebody else fetched almost two hours ago: the stable line renews it in two minutes.
  {
    account: mini('d3', '门店预约小程序', 'stable', 'demo-secret-of-the-bookings'),
    prepare: (world, appId) => world.mintElsewhere(appId, 'stable', 6780),
  },
  // 89503, later 89501: the administrator has been asked.
  {
    account: official('d4', '青禾会员服务号', 'stable', 'demo-secret-of-the-members'),
    settings: { confirmation: true },
  },
  // 89507: the administrator refused a moment ago.
  {
    account: official('d5', '城南体检中心', 'standard', 'demo-secret-of-the-clinic'),
    settings: { confirmation: true },
    prepare: (world, appId) => world.refuse(appId),
  },
  // 40164: this machine is not on the whitelist.
  {
    account: official('d6', '云栖酒店订房', 'stable', 'demo-secret-of-the-hotel'),
    settings: { whitelist: ['198.51.100.20', '198.51.100.64/26'] },
  },
  // 40125: the AppSecret was reset since.
  {
    account: mini('d7', '校园食堂小程序', 'stable', 'demo-secret-before-the-reset'),
    settings: { secret: 'demo-secret-of-the-canteen' },
  },
  // 40243: the AppSecret is frozen.
  {
    account: official('d8', '小满读书会', 'stable', 'demo-secret-of-the-readers'),
    settings: { standing: 'secret-frozen' },
  },
  // 45009: others have used up today's calls.
  {
    account: mini('d9', '外卖点餐小程序', 'standard', 'demo-secret-of-the-takeaway'),
    settings: { dailyLimit: 0 },
  },
  // No answer ever comes: refreshing, then retrying after a time-out, and again.
  {
    account: mini('da', '同城跑腿小程序', 'stable', 'demo-secret-of-the-errands'),
    prepare: (world, appId) => world.inject({ kind: 'no-answer' }, { appId }),
  },
  // 50007: the whole account is frozen.
  {
    account: official('db', '旧版活动公众号', 'standard', 'demo-secret-of-the-campaign'),
    settings: { standing: 'account-frozen' },
  },
  { account: mini('dc', '员工内购小程序', 'stable', 'demo-secret-of-the-staff-shop'), paused: true },
  // Live, but an old system fetches tokens too.
  {
    account: official('dd', '积分商城公众号', 'standard', 'demo-secret-of-the-points-shop'),
    overwritten: true,
  },
];

export function demoAccounts(): readonly DemoAccount[] {
  return ACCOUNTS;
}

/** Makes the demo's accounts known to a world that has none of them. */
export function seedDemo(world: World): void {
  for (const { account, settings, prepare } of ACCOUNTS) {
    const { appId, kind, secret } = account;
    world.add({ appId, kind, secret, ...settings });
    prepare?.(world, appId);
  }
}

/**
 * The administrator of the demo's waiting account, who allows its IP after four minutes; the console finds out
 * with its next probe, or at once when a person refreshes. Returns how to stop.
 */
export function startDemoAdministrator(world: World): () => void {
  const timer = setTimeout(() => world.confirm(AWAITING), ADMIN_ANSWERS_AFTER_MS);
  timer.unref();
  return () => clearTimeout(timer);
}

type Line = DemoAccount['account']['line'];

function official(end: string, name: string, line: Line, secret: string): DemoAccount['account'] {
  return { appId: `wx00000000000000${end}`, name, kind: 'official', line, secret };
}

function mini(end: string, name: string, line: Line, secret: string): DemoAccount['account'] {
  return { ...official(end, name, line, secret), kind: 'mini' };
}
