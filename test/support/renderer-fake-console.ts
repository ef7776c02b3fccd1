/**
 * A console in memory, for looking at the renderer without a server: accounts in every phase, commands that
 * do what they say, events as the real one sends them. Runs in a page and in a component test.
 */
import type {
  AccountHandout,
  AccountView,
  Answer,
  CommandError,
  ConsoleEvent,
  ErrorEntry,
  HandoutView,
  HistoryRow,
  Notice,
  Phase,
  RedisTarget,
  StateView,
  TokenConsole,
  VaultView,
} from '../../electron/console/contract.ts';

import { catalogue } from '../../electron/wechat/catalogue.ts';
import { type FakeSettings, fakeSettingsCommands, ownState } from './renderer-fake-settings.ts';

export { DESKTOP } from './renderer-fake-settings.ts';

export interface FakeOptions extends FakeSettings {
  readonly accounts?: readonly AccountView[];
  readonly history?: readonly HistoryRow[];
  readonly notices?: readonly Notice[];
  readonly vault?: VaultView;
  readonly entries?: readonly ErrorEntry[];
  readonly host?: 'desktop' | 'browser';
  /** How long a refresh takes, ms. */
  readonly refreshMs?: number;
  /** What is different from `fakeHandout`. */
  readonly handout?: Partial<HandoutView>;
  /** The native menu, on the desktop. */
  readonly onMenu?: TokenConsole['onMenu'];
}

export interface FakeConsole extends TokenConsole {
  /** Sends an event as the console would. */
  tell(event: ConsoleEvent): void;
  /** Every command carried out, oldest first. */
  readonly calls: { readonly command: string; readonly input: unknown }[];
  /** Makes the next call of `command` fail. */
  failNext(command: string, error: CommandError): void;
}

const MINUTE = 60_000;

/** AppIDs that cannot be mistaken for real ones: `wx00000000000000a1` and on. */
export function fakeAppId(n: number): string {
  return `wx${n.toString(16).padStart(16, '0')}`;
}

/** An account with a live token; `changes` make it any other. */
export function fakeAccount(n: number, changes: Partial<AccountView> = {}): AccountView {
  const now = Date.now();
  const left = (100 - ((n * 37) % 90)) * MINUTE + n * 1234;
  return {
    appId: fakeAppId(0xa0 + n),
    name: `账号 ${n}`,
    kind: n % 3 === 0 ? 'official' : 'mini',
    line: n % 4 === 0 ? 'standard' : 'stable',
    apiBase: 'https://api.weixin.qq.com',
    leadSeconds: 600,
    phase: 'live',
    secret: 'stored',
    token: {
      fingerprint: (0x3fa9c1d2 + n).toString(16),
      obtainedAt: now + left - 120 * MINUTE,
      expiresAt: now + left,
      expiresIn: 7200,
    },
    previousToken: null,
    nextAttemptAt: now + left - 10 * MINUTE,
    lastAttempt: {
      at: now + left - 120 * MINUTE,
      trigger: 'schedule',
      outcome: 'granted',
      errcode: null,
      errmsg: null,
      rid: null,
      ip: null,
      durationMs: 184,
    },
    confirmation: null,
    callerIp: '203.0.113.7',
    trouble: null,
    checkMinutes: 5,
    lastCheck: { at: now - 2 * MINUTE, result: 'valid', errcode: null },
    overwrittenAt: [],
    force: n % 4 === 0 ? null : { usedAt: [], perDay: 20, gapSeconds: 30 },
    drill: null,
    role: 'alone',
    confirmationSteps: [],
    addresses: [
      {
        ip: '203.0.113.7',
        firstSeenAt: now - 40 * 24 * 60 * MINUTE,
        lastSeenAt: now - 3 * MINUTE,
        workedAt: now - 30 * MINUTE,
      },
    ],
    ...changes,
  };
}

function refusal(errcode: number, errmsg: string, at: number): NonNullable<AccountView['lastAttempt']> {
  const rid = '65a0c1d2-1f2e3d4c-5b6a7988';
  return {
    at,
    trigger: 'retry',
    outcome: 'refused',
    errcode,
    errmsg: `${errmsg} rid: ${rid}`,
    rid,
    ip: errcode === 40164 || errcode > 89000 ? '203.0.113.7' : null,
    durationMs: 211,
  };
}

/** One account in each phase, each problem told apart; the names are what a company might have. */
export function everyPhase(): AccountView[] {
  const now = Date.now();
  const without = { token: null, nextAttemptAt: null };
  return [
    fakeAccount(1, { name: '小程序商城', kind: 'mini', line: 'stable' }),
    fakeAccount(2, {
      name: '品牌服务号',
      kind: 'official',
      phase: 'awaiting-admin',
      lastAttempt: refusal(89503, '此次调用需要管理员确认，请耐心等候', now - 3 * MINUTE),
      confirmation: {
        state: 'awaiting',
        ip: '203.0.113.7',
        since: now - 18 * MINUTE,
        until: null,
        nextProbeAt: now + 252_000,
        probesLeft: 9,
      },
      trouble: { class: 'awaiting-admin', errcode: 89503, since: now - 18 * MINUTE },
      confirmationSteps: [
        { step: 'asked', at: now - 18 * MINUTE, times: 1, errcode: 89503, ip: null },
        { step: 'waiting', at: now - 3 * MINUTE, times: 3, errcode: 89501, ip: null },
      ],
      nextAttemptAt: now + 252_000,
    }),
    fakeAccount(3, {
      ...without,
      name: '测试公众号',
      kind: 'official',
      phase: 'needs-attention',
      lastAttempt: refusal(
        40164,
        'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist',
        now - MINUTE,
      ),
      trouble: { class: 'not-whitelisted', errcode: 40164, since: now - 11 * MINUTE },
      addresses: [
        { ip: '203.0.113.7', firstSeenAt: now - 11 * MINUTE, lastSeenAt: now - MINUTE, workedAt: null },
        {
          ip: '198.51.100.24',
          firstSeenAt: now - 12 * 24 * 60 * MINUTE,
          lastSeenAt: now - 12 * 24 * 60 * MINUTE,
          workedAt: now - 131 * MINUTE,
        },
      ],
      nextAttemptAt: now + 212_000,
    }),
    fakeAccount(4, {
      ...without,
      name: '华东订阅号',
      kind: 'official',
      line: 'standard',
      phase: 'refused',
      lastAttempt: refusal(89507, '该IP调用求请求已被公众号管理员拒绝', now - 12 * MINUTE),
      confirmation: {
        state: 'refused-once',
        ip: '203.0.113.7',
        since: now - 12 * MINUTE,
        until: now + 48 * MINUTE + 7000,
        nextProbeAt: null,
        probesLeft: 0,
      },
      trouble: { class: 'refused', errcode: 89507, since: now - 12 * MINUTE },
      confirmationSteps: [
        { step: 'asked', at: now - 22 * MINUTE, times: 1, errcode: 89503, ip: null },
        { step: 'waiting', at: now - 17 * MINUTE, times: 1, errcode: 89501, ip: null },
        { step: 'refused-once', at: now - 12 * MINUTE, times: 1, errcode: 89507, ip: null },
      ],
    }),
    fakeAccount(5, {
      name: '会员中心',
      phase: 'needs-attention',
      nextAttemptAt: null,
      trouble: { class: 'secret', errcode: 40125, since: now - 5 * MINUTE },
      lastAttempt: refusal(40125, 'invalid appsecret', now - 5 * MINUTE),
    }),
    fakeAccount(6, {
      name: '物流查询',
      phase: 'retrying',
      trouble: { class: 'transient', errcode: null, since: now - 2 * MINUTE },
      nextAttemptAt: now + 43_000,
      lastAttempt: {
        at: now - 20_000,
        trigger: 'retry',
        outcome: 'failed',
        errcode: null,
        errmsg: 'timeout: no answer within 10 s',
        rid: null,
        ip: null,
        durationMs: 10_003,
      },
    }),
    fakeAccount(7, {
      name: '官网',
      line: 'standard',
      kind: 'official',
      token: {
        fingerprint: '9d01ab7f',
        obtainedAt: now - 107_000,
        expiresAt: now + 7_093_000,
        expiresIn: 7200,
      },
      previousToken: { fingerprint: '55e0c3aa', usableUntil: now + 193_000 },
      force: null,
      overwrittenAt: [now - 551 * MINUTE, now - 92 * MINUTE, now - 107_000],
      nextAttemptAt: now + 6_493_000,
    }),
    fakeAccount(8, {
      ...without,
      name: '新开门店',
      phase: 'new',
      lastAttempt: null,
      nextAttemptAt: now + 4000,
    }),
    fakeAccount(9, { name: '旧活动页', phase: 'paused', nextAttemptAt: null }),
    fakeAccount(10, { name: 'Shanghai Customer Service Assistant for International Members' }),
    fakeAccount(11, {
      ...without,
      name: '内部工具',
      phase: 'needs-attention',
      secret: 'missing',
      lastAttempt: null,
    }),
    fakeAccount(12, {
      name: '即将到期',
      token: {
        fingerprint: '00c0ffee',
        obtainedAt: now - 6_900_000,
        expiresAt: now + 293_000,
        expiresIn: 7200,
      },
      nextAttemptAt: now + 3000,
    }),
  ];
}

/** `count` accounts, every twentieth of which needs a person. */
export function manyAccounts(count: number): AccountView[] {
  const phases: readonly Phase[] = ['needs-attention', 'awaiting-admin', 'retrying', 'paused'];
  return Array.from({ length: count }, (_, n) => {
    const phase = n % 20 === 7 ? (phases[((n / 20) % phases.length) | 0] ?? 'live') : 'live';
    return fakeAccount(n + 1, { name: `门店小程序 ${String(n + 1).padStart(3, '0')}`, phase });
  });
}

/** A day of one account: a refresh every hour or so, with a bad stretch in the morning. */
export function fakeHistory(appId: string, count = 60): HistoryRow[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, n): HistoryRow => {
    const isFailed = n === 9 || n === 10;
    const isRefused = n > 10 && n < 15;
    const outcome = isFailed ? 'failed' : isRefused ? 'refused' : 'granted';
    return {
      id: 10_000 - n,
      appId,
      at: now - n * 29 * MINUTE - 41_000,
      trigger: n % 7 === 3 ? 'copy' : n % 5 === 0 ? 'manual' : isFailed || isRefused ? 'retry' : 'schedule',
      actor: n % 5 === 0 || n % 7 === 3 ? 'admin' : 'console',
      line: 'stable',
      outcome,
      errcode: isRefused ? 40164 : null,
      errmsg: isRefused
        ? 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 65a0c1d2-1f2e3d4c-5b6a7988'
        : isFailed
          ? 'timeout: no answer within 10 s'
          : null,
      rid: isRefused ? '65a0c1d2-1f2e3d4c-5b6a7988' : null,
      ip: isRefused ? '203.0.113.7' : null,
      expiresIn: outcome === 'granted' ? 7200 : null,
      fingerprint: outcome === 'granted' ? (0x3fa90000 + n).toString(16) : null,
      durationMs: isFailed ? 10_003 : 120 + ((n * 53) % 300),
    };
  });
}

const done = <T>(value: T): Answer<T> => ({ ok: true, value });
const refused = (code: CommandError['code'], more: Partial<CommandError> = {}): Answer<never> => ({
  ok: false,
  error: { code, message: code, ...more },
});

/** Handing out as a company has it: a gateway, three servers, one account in two places of Redis. */
export function fakeHandout(accounts: readonly AccountView[]): HandoutView {
  const now = Date.now();
  const first = accounts[0];
  const written = { state: 'written' as const, at: now - 12 * MINUTE, detail: null };
  const fetched = (fingerprint: string, ago: number) =>
    first ? [{ appId: first.appId, fingerprint, at: now - ago }] : [];
  const idle = (appId: string): AccountHandout => ({ appId, file: null, fileState: null, targets: [] });
  return {
    gateway: {
      settings: { enabled: true, host: '127.0.0.1', port: 7321, tls: null },
      url: 'http://127.0.0.1:7321',
      problem: null,
      isFixed: false,
    },
    redis: {
      settings: { host: 'redis.example', port: 6379, db: 0, username: null, tls: false },
      hasPassword: true,
      status: 'ready',
      since: now - 3 * 60 * MINUTE,
      detail: null,
    },
    clients: [
      {
        ...{ id: 'c1', name: '订单服务', appIds: '*', createdAt: now - 9 * 24 * 60 * MINUTE },
        ...{ lastUsedAt: now - 4000, perMinute: 42 },
        fetched: fetched(first?.token?.fingerprint ?? '00000000', 4000),
      },
      {
        ...{ id: 'c2', name: '客服系统', createdAt: now - 2 * 24 * 60 * MINUTE },
        appIds: accounts.slice(0, 5).map(({ appId }) => appId),
        ...{ lastUsedAt: now - 14 * MINUTE, perMinute: 0 },
        fetched: [
          ...fetched('1122aabb', 14 * MINUTE),
          ...accounts.flatMap(({ appId, previousToken }) =>
            previousToken ? [{ appId, fingerprint: previousToken.fingerprint, at: now - 2 * MINUTE }] : [],
          ),
        ],
      },
      {
        ...{ id: 'c3', name: '测试环境', appIds: '*', createdAt: now - MINUTE, lastUsedAt: null },
        ...{ perMinute: 0, fetched: [] },
      },
    ],
    accounts: accounts.map(({ appId }, n) =>
      n > 0
        ? idle(appId)
        : {
            ...idle(appId),
            targets: [
              { profile: 'wxjava', keys: [`wx:access_token:${appId}`], place: written },
              {
                ...{ profile: 'wechatpy', keys: [`wechatpy:${appId}_access_token`] },
                place: { state: 'foreign', at: now - 40 * MINUTE, detail: 'another writer' },
              },
            ],
          },
    ),
  };
}

type HandoutCommand = Extract<keyof TokenConsole['commands'], `clients.${string}` | `handout.${string}`>;

/** The commands of handing out, over a view of their own that they change. */
function fakeHandoutCommands(
  accounts: ReadonlyMap<string, AccountView>,
  changes: Partial<HandoutView>,
  tell: (event: ConsoleEvent) => void,
): Pick<TokenConsole['commands'], HandoutCommand> {
  let view: HandoutView = { ...fakeHandout([...accounts.values()]), ...changes };
  const take = (next: Partial<HandoutView>) => {
    view = { ...view, ...next };
    tell({ type: 'handout-changed' });
    return done(view);
  };
  const written = (target: RedisTarget, appId: string) => ({
    ...target,
    keys: [target.key ?? `${target.prefix ?? target.profile}:access_token:${appId}`],
    place: { state: 'written' as const, at: Date.now(), detail: null },
  });
  return {
    'clients.create': async ({ name, appIds }) => {
      const id = `c${view.clients.length + 1}`;
      const fresh = { id, name, appIds, createdAt: Date.now(), lastUsedAt: null, perMinute: 0, fetched: [] };
      take({ clients: [...view.clients, fresh] });
      return done({ id, name, key: `wtc_${'EXAMPLE-'.repeat(5)}` });
    },
    'clients.list': async () => done({ rows: view.clients }),
    'clients.revoke': async ({ id }) => {
      take({ clients: view.clients.filter((client) => client.id !== id) });
      return done({ revoked: true });
    },
    'handout.get': async () => done(view),
    'handout.setGateway': async (settings) => {
      const address = `${settings.tls ? 'https' : 'http'}://${settings.host}:${settings.port}`;
      const url = settings.enabled ? address : null;
      return take({ gateway: { ...view.gateway, settings, url, problem: null } });
    },
    'handout.setRedis': async ({ settings, password }) => {
      const hasPassword = settings !== null && (password !== undefined || view.redis.hasPassword);
      const status = settings === null ? 'off' : 'ready';
      return take({ redis: { settings, hasPassword, status, since: Date.now(), detail: null } });
    },
    'handout.setAccount': async ({ appId, file, targets }) => {
      const fileState = file && { state: 'written' as const, at: Date.now(), detail: null };
      const fresh = { appId, file, fileState, targets: targets.map((target) => written(target, appId)) };
      return take({ accounts: [...view.accounts.filter((one) => one.appId !== appId), fresh] });
    },
  };
}

/** Builds the console. */
export function fakeConsole(options: FakeOptions = {}): FakeConsole {
  const accounts = new Map((options.accounts ?? everyPhase()).map((account) => [account.appId, account]));
  const history = [...(options.history ?? [...accounts.keys()].slice(0, 1).flatMap((id) => fakeHistory(id)))];
  const listeners = new Set<(event: ConsoleEvent) => void>();
  const failures = new Map<string, CommandError>();
  const calls: FakeConsole['calls'] = [];
  const tell = (event: ConsoleEvent) => {
    for (const listener of listeners) listener(event);
  };
  const own = ownState(options);
  const state = (): StateView => ({
    ...own.view(),
    accounts: [...accounts.values()],
    vault: options.vault ?? { kind: 'keychain', status: 'ready', detail: null },
    version: '0.1.0',
    notices: [...(options.notices ?? [])],
  });
  const change = (appId: string, changes: Partial<AccountView>): Answer<AccountView> => {
    const account = accounts.get(appId);
    if (!account) return refused('unknown-account');
    const changed = { ...account, ...changes };
    accounts.set(appId, changed);
    tell({ type: 'account-changed', appId, changes });
    return done(changed);
  };
  const refresh = async (appId: string, force: boolean): Promise<Answer<AccountView>> => {
    const account = accounts.get(appId);
    if (!account) return refused('unknown-account');
    const until = account.confirmation?.until ?? 0;
    if (account.phase === 'refused' && until > Date.now() && !force)
      return refused('blocked-by-refusal', { until });
    change(appId, { phase: 'refreshing' });
    await new Promise((resolve) => setTimeout(resolve, options.refreshMs ?? 0));
    const now = Date.now();
    const isSame = account.line === 'stable' && !force && (account.token?.expiresAt ?? 0) > now + 300_000;
    const fresh = { fingerprint: 'feedbeef', obtainedAt: now, expiresAt: now + 7_200_000, expiresIn: 7200 };
    const granted = {
      ...fakeAccount(1).lastAttempt,
      at: now,
      trigger: 'manual',
      outcome: 'granted',
    } as const;
    return change(appId, {
      phase: 'live',
      token: isSame ? account.token : fresh,
      confirmation: null,
      lastAttempt: { ...refusal(0, '', now), ...granted, errcode: null, errmsg: null, rid: null, ip: null },
      nextAttemptAt: now + 6_600_000,
    });
  };

  const commands: TokenConsole['commands'] = {
    'state.get': async () => done(state()),
    'notices.takeNote': async () => done({ noted: true }),
    'accounts.add': async (input) => {
      if (accounts.has(input.appId)) return refused('duplicate-account');
      const { secret: _goesIn, ...rest } = input;
      const fresh = { ...rest, token: null, phase: 'new', lastAttempt: null } as Partial<AccountView>;
      const account = fakeAccount(accounts.size + 1, fresh);
      accounts.set(account.appId, account);
      tell({ type: 'account-added', account });
      return done(account);
    },
    'accounts.update': async ({ appId, changes: { paused, ...changes } }) => {
      const phase = paused === undefined ? {} : { phase: paused ? ('paused' as const) : ('live' as const) };
      const isMoved = changes.line !== undefined && changes.line !== accounts.get(appId)?.line;
      const moved = {
        token: null,
        force: changes.line === 'stable' ? { usedAt: [], perDay: 20, gapSeconds: 30 } : null,
      };
      const answer = change(appId, { ...changes, ...phase, ...(isMoved && moved) } as Partial<AccountView>);
      if (isMoved) void refresh(appId, false);
      return answer;
    },
    'accounts.setSecret': async ({ appId }) => change(appId, { secret: 'stored', phase: 'live' }),
    'accounts.remove': async ({ appId }) => {
      accounts.delete(appId);
      tell({ type: 'account-removed', appId });
      return done({ removed: true });
    },
    'tokens.refresh': ({ appId, force }) => refresh(appId, force ?? false),
    'tokens.drill': async ({ appId }) =>
      change(appId, { drill: { state: 'waiting', since: Date.now(), nextAt: Date.now() + 31_000 } }),
    'tokens.reveal': async () =>
      done({ accessToken: `EXAMPLE_TOKEN_${'of_the_sandbox_'.repeat(8)}`, expiresAt: Date.now() + MINUTE }),
    'tokens.copy': async () => done({ copied: true, clearsAt: Date.now() + 30_000 }),
    'tokens.verify': async ({ appId }) => {
      change(appId, { lastCheck: { at: Date.now(), result: 'valid', errcode: null } });
      return done({ valid: true, errcode: null, rid: null });
    },
    'history.query': async ({ limit, cursor, ...filter }) => {
      const rows = history.filter(
        (row) =>
          (filter.appId === undefined || row.appId === filter.appId) &&
          (filter.outcome === undefined || row.outcome === filter.outcome) &&
          (filter.errcode === undefined || row.errcode === filter.errcode) &&
          (filter.trigger === undefined || row.trigger === filter.trigger) &&
          (filter.from === undefined || row.at >= filter.from),
      );
      const start = Number(cursor ?? 0);
      const isMore = start + limit < rows.length;
      return done({
        rows: rows.slice(start, start + limit),
        nextCursor: isMore ? String(start + limit) : null,
      });
    },
    ...fakeHandoutCommands(accounts, options.handout ?? {}, tell),
    ...fakeSettingsCommands(own, tell),
    'demo.open': async () => done({ url: null }),
    'errors.list': async () => done({ entries: [...(options.entries ?? catalogue())] }),
  };

  const watched = Object.fromEntries(
    Object.entries(commands).map(([command, carryOut]) => [
      command,
      async (input: never) => {
        calls.push({ command, input });
        const error = failures.get(command);
        failures.delete(command);
        return error ? { ok: false, error } : carryOut(input);
      },
    ]),
  ) as unknown as TokenConsole['commands'];

  return {
    host: options.host ?? 'desktop',
    commands: watched,
    listen: (listener) => {
      listeners.add(listener);
      listener({ type: 'state', state: state() });
      return () => listeners.delete(listener);
    },
    tell,
    calls,
    ...(options.onMenu && { onMenu: options.onMenu }),
    failNext: (command, error) => failures.set(command, error),
  };
}
