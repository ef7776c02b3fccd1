/** The system's notifications of what changed with the accounts. */
import type { Console } from '../console/console.ts';
import type { AccountView, ConsoleEvent, NoticeKind, Preferences } from '../console/contract.ts';
import { type Accounts, accountsAfter } from './follow.ts';
import { createPace, type Item } from './notice-pace.ts';
import { failingAt, NOTHING_TOLD, newsOf, type Told } from './notice-rules.ts';
import { noticeText, summaryText } from './notice-words.ts';
import { notify } from './notify.ts';
import { quietEnd } from './quiet-hours.ts';
import type { Words } from './words/zh.ts';

export interface NoticeParts {
  readonly console: Pick<Console, 'listen'>;
  readonly words: () => Words;
  /** Brings the window up, at an account or, with null, at the overview. */
  readonly open: (appId: string | null) => void;
}

/** The returned function looks at every deadline again: after sleep a timer is late. */
export function showNotices(parts: NoticeParts): () => void {
  const notices = new Notices(parts);
  parts.console.listen((event) => notices.hear(event));
  return () => notices.lookAgain();
}

class Notices {
  readonly #parts: NoticeParts;
  #accounts: Accounts = new Map();
  #settings: Preferences['notices'] = { off: [], quiet: null };
  readonly #told = new Map<string, Told>();
  /** The accounts whose trouble was shown, and which therefore may be told of as recovered. */
  readonly #shown = new Set<string>();
  /** What was not shown in quiet hours. */
  readonly #silenced = new Map<string, NoticeKind>();
  readonly #pace = createPace(
    (item) => this.#show(item),
    (items) => this.#summarise(items),
  );
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: NoticeParts) {
    this.#parts = parts;
  }

  hear(event: ConsoleEvent): void {
    if (event.type === 'state') this.#settings = event.state.preferences.values.notices;
    if (event.type === 'preferences-changed') this.#settings = event.preferences.values.notices;
    const before = this.#accounts;
    this.#accounts = accountsAfter(before, event);
    if (before !== this.#accounts) this.#compare(before);
    if (before !== this.#accounts || event.type === 'preferences-changed') this.lookAgain();
  }

  lookAgain(): void {
    const now = Date.now();
    for (const account of this.#accounts.values()) {
      const at = this.#told.get(account.appId)?.failing ? null : failingAt(account);
      if (at !== null && at <= now) this.#take(account, account);
    }
    if (this.#silenced.size > 0 && quietEnd(this.#settings.quiet, now) === null) this.#endQuiet();
    this.#wind(now);
  }

  #compare(before: Accounts): void {
    for (const [appId, account] of this.#accounts) {
      const known = before.get(appId) ?? null;
      if (known !== account) this.#take(known, account);
    }
    for (const appId of before.keys()) if (!this.#accounts.has(appId)) this.#forget(appId);
  }

  #take(before: AccountView | null, after: AccountView): void {
    const { appId } = after;
    const told = this.#told.get(appId) ?? NOTHING_TOLD;
    const news = newsOf(before, after, told, Date.now());
    this.#told.set(appId, news.told);
    if (after.phase === 'paused') this.#leaveAlone(appId);
    for (const kind of news.kinds) this.#tell({ appId, kind });
  }

  #tell(item: Item): void {
    const { appId, kind } = item;
    const isOff = this.#settings.off.includes(kind);
    const isQuiet = quietEnd(this.#settings.quiet, Date.now()) !== null;
    if (kind === 'recovered') {
      const wasHeld = this.#leaveAlone(appId);
      if (this.#shown.delete(appId) && !wasHeld && !isOff && !isQuiet) this.#pace.add(item);
    } else if (isQuiet && !isOff) {
      this.#silenced.set(appId, kind);
    } else if (!isOff) {
      if (kind !== 'overwritten') this.#shown.add(appId);
      this.#pace.add(item);
    }
  }

  /** What was not shown yet of an account is not shown any more. True if there was something. */
  #leaveAlone(appId: string): boolean {
    const wasSilenced = this.#silenced.delete(appId);
    return this.#pace.takeBack(appId) || wasSilenced;
  }

  #forget(appId: string): void {
    this.#leaveAlone(appId);
    this.#shown.delete(appId);
    this.#told.delete(appId);
  }

  #endQuiet(): void {
    const items = [...this.#silenced].map(([appId, kind]) => ({ appId, kind }));
    this.#silenced.clear();
    for (const { appId, kind } of items) if (kind !== 'overwritten') this.#shown.add(appId);
    const [only, ...others] = items;
    if (only && others.length === 0) this.#show(only);
    else this.#summarise(items);
  }

  #wind(now: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const deadlines = [...this.#accounts.values()].flatMap((account) => {
      return this.#told.get(account.appId)?.failing ? [] : (failingAt(account) ?? []);
    });
    const morning = this.#silenced.size > 0 ? quietEnd(this.#settings.quiet, now) : null;
    if (morning !== null) deadlines.push(morning);
    const ahead = deadlines.filter((at) => at > now);
    if (ahead.length > 0) this.#timer = setTimeout(() => this.lookAgain(), Math.min(...ahead) - now);
  }

  #show({ appId, kind }: Item): void {
    const account = this.#accounts.get(appId);
    if (!account) return;
    const text = noticeText(kind, account, this.#parts.words(), Date.now());
    notify({ ...text, id: appId }, () => this.#parts.open(appId));
  }

  #summarise(items: readonly Item[]): void {
    const appIds = [...new Set(items.map(({ appId }) => appId))];
    const names = appIds.flatMap((appId) => this.#accounts.get(appId)?.name ?? []);
    if (names.length > 0) notify(summaryText(names, this.#parts.words()), () => this.#parts.open(null));
  }
}
