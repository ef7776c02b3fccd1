/** What the tray shows: the state at a glance, and a line for each account. Pure. */
import type { AccountView, ShieldView } from '../console/contract.ts';
import { type Need, needOf } from './need.ts';
import { timeLeft } from './time-left.ts';
import type { Words } from './words/zh.ts';

export type Deed =
  | { readonly do: 'show' | 'quit' }
  | { readonly do: 'open' | 'copy' | 'refresh'; readonly appId: string };

/** Without a deed and lines of its own it is only read. */
export interface TrayLine {
  readonly label: string;
  readonly deed?: Deed;
  readonly lines?: readonly TrayLine[];
}

export interface TrayModel {
  readonly icon: 'ok' | 'attention';
  /** Beside the icon on macOS, where it has no colour: how many accounts need a person. */
  readonly title: string;
  readonly tooltip: string;
  /** `null` separates. */
  readonly lines: readonly (TrayLine | null)[];
}

export interface TrayFacts {
  readonly accounts: readonly AccountView[];
  readonly shield: Pick<ShieldView, 'isLocked'>;
  readonly words: Words;
  readonly now: number;
}

const SHOWN = 12;
const collator = new Intl.Collator(['zh-CN', 'en'], { numeric: true });

interface Standing {
  readonly account: AccountView;
  readonly need: Need | null;
  readonly isRetrying: boolean;
}

function standingOf(account: AccountView): Standing {
  const need = needOf(account);
  const isRetrying = need === null && account.trouble !== null && account.phase !== 'paused';
  return { account, need, isRetrying };
}

/** Those in trouble first, then by name. */
function byUrgency(a: Standing, b: Standing): number {
  const rank = ({ need, isRetrying }: Standing) => (need ? 0 : isRetrying ? 1 : 2);
  return rank(a) - rank(b) || collator.compare(a.account.name, b.account.name);
}

/** The model, and when time alone makes it another one; null: never. */
export function trayModel(facts: TrayFacts): { model: TrayModel; changesAt: number | null } {
  const { accounts, shield, words } = facts;
  const standings = accounts.map(standingOf).toSorted(byUrgency);
  const needy = standings.filter(({ need }) => need !== null).length;
  const summary = summaryOf(standings, needy, words);
  const glance = {
    icon: needy > 0 ? ('attention' as const) : ('ok' as const),
    title: needy > 0 ? String(needy) : '',
    tooltip: `${words.appName}\n${summary}`,
  };
  const show = {
    label: shield.isLocked ? words.tray.unlock : words.tray.show,
    deed: { do: 'show' } as const,
  };
  const quit = { label: words.tray.quit, deed: { do: 'quit' } as const };
  if (shield.isLocked) {
    const lines = [{ label: words.tray.locked }, { label: summary }, null, show, quit];
    return { model: { ...glance, lines }, changesAt: null };
  }
  const shown = standings.slice(0, SHOWN).map((standing) => lineOf(standing, facts));
  const rest = standings.length - shown.length;
  const more: TrayLine[] = rest > 0 ? [{ label: words.tray.more(rest), deed: { do: 'show' } }] : [];
  const own = shown.length > 0 ? [null, ...shown.map(({ line }) => line), ...more] : [];
  const changes = shown.flatMap(({ changesAt }) => changesAt ?? []);
  return {
    model: { ...glance, lines: [{ label: summary }, ...own, null, show, quit] },
    changesAt: changes.length > 0 ? Math.min(...changes) : null,
  };
}

function summaryOf(standings: readonly Standing[], needy: number, { tray }: Words): string {
  const retrying = standings.filter(({ isRetrying }) => isRetrying).length;
  if (standings.length === 0) return tray.none;
  if (needy > 0) return tray.needYou(needy);
  return retrying > 0 ? tray.retrying(retrying) : tray.allLive(standings.length);
}

function lineOf({ account, need, isRetrying }: Standing, { words, now }: TrayFacts) {
  const { appId, name, token, phase } = account;
  const { text, changesAt } = token ? timeLeft(token.expiresAt, now, words) : { text: null, changesAt: null };
  const known = need ?? (isRetrying ? 'retrying' : phase === 'paused' ? 'paused' : null);
  const fact = known ? words.fact[known] : (text ?? words.fact.fetching);
  const info = { label: text === null ? words.tray.noToken : words.tray.left(text) };
  const copy = text === null ? [] : [{ label: words.tray.copy, deed: { do: 'copy', appId } as const }];
  const isAsking = asksFirst(account, now);
  const refresh = {
    label: isAsking ? words.tray.refreshAsk : words.tray.refresh,
    deed: { do: 'refresh', appId } as const,
  };
  const open = { label: words.tray.open, deed: { do: 'open', appId } as const };
  const line: TrayLine = { label: `${name} · ${fact}`, lines: [info, ...copy, refresh, open] };
  return { line, changesAt };
}

/** On the standard line a refresh ends the token that business servers hold: a person is asked first (design.md). */
export function asksFirst({ line, token }: AccountView, now: number): boolean {
  return line === 'standard' && token !== null && token.expiresAt > now;
}
