/** What a notice says. Pure. */
import type { AccountView, NoticeKind } from '../console/contract.ts';
import { secretFaultOf } from './need.ts';
import { timeLeft } from './time-left.ts';
import type { Words } from './words/zh.ts';

export interface NoticeText {
  readonly title: string;
  readonly body: string;
}

const TIME = { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false } as const;
const NAMES = 3;

export function noticeText(kind: NoticeKind, account: AccountView, words: Words, now: number): NoticeText {
  const { name, confirmation, callerIp, token } = account;
  const until = confirmation?.until ?? null;
  return words.notice[kind]({
    name,
    ip: confirmation?.ip ?? callerIp,
    until: until === null ? null : new Date(until).toLocaleString(words.locale, TIME),
    left: token && timeLeft(token.expiresAt, now, words).text,
    secret: secretFaultOf(account),
  });
}

/** One text for several accounts: how many, and the names of the first. */
export function summaryText(names: readonly string[], words: Words): NoticeText {
  const first = names.slice(0, NAMES).join(words.listComma);
  return words.summary(names.length, words.nameList(first, names.length > NAMES));
}
