/** What the page knows, and how events change it. Pure: (state, events, now) -> state. */
import type {
  Ability,
  AccountView,
  ConsoleEvent,
  HistoryRow,
  Notice,
  Phase,
  PreferencesView,
  ShieldView,
  StateView,
  UpdateView,
  VaultView,
} from '../electron/console/contract.ts';

/** `open`: events arrive. `lost`: the carrier tries again by itself. `signed-out`: a key is needed. */
export type LinkState = 'connecting' | 'open' | 'lost' | 'signed-out';

export type GroupName = 'attention' | 'retrying' | 'fine' | 'paused';
export interface Group {
  readonly name: GroupName;
  readonly appIds: readonly string[];
}

/** `settled`: the phase before the attempt under way, so that a quick attempt does not make a page flicker. */
export interface Run {
  readonly settled: Phase;
  readonly refreshingSince: number | null;
}

export interface ConsoleState {
  readonly link: LinkState;
  /** How often the whole state has arrived; 0 before the first time. Queries run again when it grows. */
  readonly epoch: number;
  readonly accounts: Readonly<Record<string, AccountView>>;
  readonly runs: Readonly<Record<string, Run>>;
  readonly groups: readonly Group[];
  readonly vault: VaultView | null;
  readonly version: string;
  readonly notices: readonly Notice[];
  readonly gateway: StateView['gateway'];
  readonly preferences: PreferencesView | null;
  readonly abilities: readonly Ability[];
  readonly shield: ShieldView | null;
  readonly update: UpdateView | null;
  /** How often something about handing out has changed: `handout.get` is asked again when it grows. */
  readonly handoutEpoch: number;
  /** Rows that arrived since the page opened, newest first. */
  readonly liveRows: readonly HistoryRow[];
  /** The last change of a phase worth saying aloud. */
  readonly announcement: { readonly appId: string; readonly phase: Phase } | null;
}

export const initialState: ConsoleState = {
  link: 'connecting',
  epoch: 0,
  accounts: {},
  runs: {},
  groups: [],
  vault: null,
  version: '',
  notices: [],
  gateway: null,
  preferences: null,
  abilities: [],
  shield: null,
  update: null,
  handoutEpoch: 0,
  liveRows: [],
  announcement: null,
};

const MAX_LIVE_ROWS = 500;
const SEVERITY: Readonly<Record<Phase, number>> = {
  'needs-attention': 0,
  refused: 1,
  'awaiting-admin': 2,
  retrying: 3,
  new: 4,
  refreshing: 4,
  live: 4,
  paused: 5,
};
const GROUP_NAMES: readonly GroupName[] = ['attention', 'retrying', 'fine', 'paused'];
const collator = new Intl.Collator(['zh-CN', 'en'], { numeric: true });

/** Which group an account belongs to: does it need a person, or does the console see to it. */
function groupOf(account: AccountView, settled: Phase): GroupName {
  if (settled === 'paused') return 'paused';
  if (account.secret === 'missing' || account.secret === 'locked') return 'attention';
  if (SEVERITY[settled] < SEVERITY.retrying) return 'attention';
  return settled === 'retrying' ? 'retrying' : 'fine';
}

function runOf(account: AccountView, before: Run | undefined, now: number): Run {
  if (account.phase !== 'refreshing') return { settled: account.phase, refreshingSince: null };
  const settled = before?.settled ?? (account.token === null ? 'new' : 'live');
  return { settled, refreshingSince: before?.refreshingSince ?? now };
}

function grouped(accounts: ConsoleState['accounts'], runs: ConsoleState['runs']): readonly Group[] {
  const settled = (account: AccountView) => runs[account.appId]?.settled ?? account.phase;
  const sorted = Object.values(accounts).toSorted(
    (a, b) => SEVERITY[settled(a)] - SEVERITY[settled(b)] || collator.compare(a.name, b.name),
  );
  return GROUP_NAMES.map((name) => ({
    name,
    appIds: sorted.filter((a) => groupOf(a, settled(a)) === name).map((a) => a.appId),
  })).filter((group) => group.appIds.length > 0);
}

/** The old groups where nothing moved, so that the list does not render again. */
function regrouped(state: ConsoleState, accounts: ConsoleState['accounts'], runs: ConsoleState['runs']) {
  const groups = grouped(accounts, runs);
  const same =
    groups.length === state.groups.length &&
    groups.every((group, i) => {
      const old = state.groups[i];
      return old?.name === group.name && old.appIds.join() === group.appIds.join();
    });
  return same ? state.groups : groups;
}

function withWholeState(state: ConsoleState, view: StateView, now: number): Partial<ConsoleState> {
  const accounts = Object.fromEntries(view.accounts.map((account) => [account.appId, account]));
  const runs = Object.fromEntries(
    view.accounts.map((account) => [account.appId, runOf(account, state.runs[account.appId], now)]),
  );
  return {
    link: 'open',
    epoch: state.epoch + 1,
    accounts,
    runs,
    vault: view.vault,
    version: view.version,
    notices: view.notices,
    gateway: view.gateway,
    preferences: view.preferences,
    abilities: view.abilities,
    shield: view.shield,
    update: view.update,
  };
}

function withAccount(state: ConsoleState, account: AccountView, now: number): Partial<ConsoleState> {
  const { appId } = account;
  const before = state.runs[appId];
  const run = runOf(account, before, now);
  const unchanged =
    before !== undefined && before.settled === run.settled && before.refreshingSince === run.refreshingSince;
  const accounts = { ...state.accounts, [appId]: account };
  const runs = unchanged ? state.runs : { ...state.runs, [appId]: run };
  const isNews = before !== undefined && before.settled !== run.settled;
  return {
    accounts,
    runs,
    announcement: isNews ? { appId, phase: run.settled } : state.announcement,
  };
}

function withoutAccount(state: ConsoleState, appId: string): Partial<ConsoleState> {
  const { [appId]: _account, ...accounts } = state.accounts;
  const { [appId]: _run, ...runs } = state.runs;
  return { accounts, runs };
}

/** The state after `events`, in their order; accounts are sorted once for all of them. */
export function reduce(state: ConsoleState, events: readonly ConsoleEvent[], now: number): ConsoleState {
  const next = { ...state };
  for (const event of events) Object.assign(next, changed(next, event, now));
  const isMoved = next.accounts !== state.accounts || next.runs !== state.runs;
  return isMoved ? { ...next, groups: regrouped(state, next.accounts, next.runs) } : next;
}

/** What `event` changes; parts not named stay the same objects. */
function changed(state: ConsoleState, event: ConsoleEvent, now: number): Partial<ConsoleState> {
  switch (event.type) {
    case 'state':
      return withWholeState(state, event.state, now);
    case 'account-added':
      return withAccount(state, event.account, now);
    case 'account-changed': {
      const account = state.accounts[event.appId];
      // exactOptionalPropertyTypes: a partial from the schema may carry `undefined`, the wire never does.
      return account ? withAccount(state, { ...account, ...event.changes } as AccountView, now) : {};
    }
    case 'account-removed':
      return withoutAccount(state, event.appId);
    case 'history-added':
      return { liveRows: [event.row, ...state.liveRows].slice(0, MAX_LIVE_ROWS) };
    case 'vault-changed':
      return { vault: event.vault };
    case 'notices-changed':
      return { notices: event.notices };
    case 'gateway-changed':
      return { gateway: event.gateway };
    case 'preferences-changed':
      return { preferences: event.preferences };
    case 'shield-changed':
      return { shield: event.shield };
    case 'update-changed':
      return { update: event.update };
    case 'handout-changed':
      return { handoutEpoch: state.handoutEpoch + 1 };
  }
}
