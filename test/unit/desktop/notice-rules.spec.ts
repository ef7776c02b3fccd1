import { describe, expect, it } from 'vitest';
import type { AccountView, NoticeKind } from '../../../electron/console/contract.ts';
import { NOTHING_TOLD, newsOf } from '../../../electron/desktop/notice-rules.ts';
import { noticeText, summaryText } from '../../../electron/desktop/notice-words.ts';
import { quietEnd } from '../../../electron/desktop/quiet-hours.ts';
import { en } from '../../../electron/desktop/words/en.ts';
import { zh } from '../../../electron/desktop/words/zh.ts';
import {
  account,
  confirmation,
  HOUR,
  MINUTE,
  NOON,
  tokenFor,
  trouble,
} from '../../support/desktop-accounts.ts';

type Step = Partial<AccountView> & { readonly at?: number };

/** What is told of an account that goes through `steps`, one list for each. */
function told(...steps: readonly Step[]): (readonly NoticeKind[])[] {
  let before: AccountView | null = account(1);
  let soFar = NOTHING_TOLD;
  return steps.map(({ at = NOON, ...changes }) => {
    const after = account(1, changes);
    const news = newsOf(before, after, soFar, at);
    before = after;
    soFar = news.told;
    return news.kinds;
  });
}

const awaiting = (ip: string) => trouble('awaiting-admin', { confirmation: confirmation(ip) });
const refused = (state: 'refused-once' | 'refused-twice') =>
  trouble('refused', { confirmation: confirmation('203.0.113.7', state) });

describe('a change of state', () => {
  it.each([
    ['awaiting-admin', awaiting('203.0.113.7')],
    ['refused', refused('refused-once')],
    ['whitelist', trouble('not-whitelisted')],
    ['secret', trouble('secret')],
    ['secret', { phase: 'needs-attention', secret: 'locked' }],
  ] as const)('to %s is told once, and its end once', (kind, state) => {
    const again = { ...state, at: NOON + 5 * MINUTE };
    expect(told(state, { ...state, phase: 'refreshing' }, again, {}, {})).toEqual([
      [kind],
      [],
      [],
      ['recovered'],
      [],
    ]);
  });

  it('is told of an account that is seen for the first time as well', () => {
    const after = account(1, trouble('refused'));
    expect(newsOf(null, after, NOTHING_TOLD, NOON).kinds).toEqual(['refused']);
    expect(newsOf(null, account(1), NOTHING_TOLD, NOON).kinds).toEqual([]);
    const unread = account(1, { phase: 'new', secret: 'missing', token: null });
    expect(newsOf(null, unread, NOTHING_TOLD, NOON).kinds).toEqual([]);
  });

  it('that comes back after another is told again', () => {
    const steps = [refused('refused-once'), awaiting('203.0.113.7'), refused('refused-once')];
    expect(told(...steps)).toEqual([['refused'], ['awaiting-admin'], ['refused']]);
  });

  it('is not told again after a network fault in between', () => {
    const steps = [awaiting('203.0.113.7'), trouble('transient'), awaiting('203.0.113.7')];
    expect(told(...steps)).toEqual([['awaiting-admin'], [], []]);
  });

  it('is another one for another address, each told once however they alternate', () => {
    const [a, b] = [awaiting('203.0.113.7'), awaiting('203.0.113.8')];
    expect(told(a, b, a, b)).toEqual([['awaiting-admin'], ['awaiting-admin'], [], []]);
  });

  it('is another one when the administrator refuses a second time', () => {
    expect(told(refused('refused-once'), refused('refused-twice'))).toEqual([['refused'], ['refused']]);
  });

  it('to paused ends it without a word', () => {
    expect(told(trouble('secret'), { phase: 'paused' }, {})).toEqual([['secret'], [], []]);
  });
});

describe('failing', () => {
  const retrying = (left: number, more: Step = {}) =>
    ({ ...trouble('transient', { token: tokenFor(left) }), ...more }) satisfies Step;

  it('is told when less than ten minutes are left, and its end', () => {
    expect(
      told(
        retrying(30 * MINUTE),
        retrying(30 * MINUTE, { at: NOON + 20 * MINUTE - 1 }),
        retrying(30 * MINUTE, { at: NOON + 20 * MINUTE }),
        retrying(30 * MINUTE, { at: NOON + 25 * MINUTE }),
        {},
      ),
    ).toEqual([[], [], ['failing'], [], ['recovered']]);
  });

  it('is not told of a hiccup that the next try mends', () => {
    expect(told(retrying(9 * MINUTE), retrying(9 * MINUTE, { at: NOON + 59_999 }), {})).toEqual([[], [], []]);
  });

  it('is told a minute into a trouble that has no token at all', () => {
    const dead = { ...trouble('transient', { token: null }) };
    expect(told(dead, { ...dead, at: NOON + MINUTE })).toEqual([[], ['failing']]);
  });

  it('follows another notice when the token runs short under it', () => {
    const blocked = trouble('not-whitelisted', { token: tokenFor(60 * MINUTE) });
    expect(told(blocked, { ...blocked, at: NOON + 50 * MINUTE }, {})).toEqual([
      ['whitelist'],
      ['failing'],
      ['recovered'],
    ]);
  });

  it('is not told beside a notice that came when the token was short already', () => {
    const blocked = trouble('not-whitelisted', { token: null });
    expect(told(blocked, { ...blocked, at: NOON + HOUR })).toEqual([['whitelist'], []]);
  });

  it('is what tells of a faulty account, for which there is no notice of its own', () => {
    const faulty = trouble('account', { token: null });
    expect(told(faulty, { ...faulty, at: NOON + MINUTE }, {})).toEqual([[], ['failing'], ['recovered']]);
  });
});

describe('overwritten', () => {
  it('is told when it happens, and not again before an hour of silence', () => {
    const at = (...minutes: number[]) => ({ overwrittenAt: minutes.map((m) => NOON + m * MINUTE) });
    expect(told(at(1), at(1), at(1, 6), at(1, 6, 65), at(1, 6, 65, 125))).toEqual([
      ['overwritten'],
      [],
      [],
      [],
      ['overwritten'],
    ]);
  });

  it('is no news of an account that is seen for the first time', () => {
    expect(newsOf(null, account(1, { overwrittenAt: [NOON] }), NOTHING_TOLD, NOON).kinds).toEqual([]);
  });
});

describe('the words', () => {
  const text = (kind: NoticeKind, changes: Partial<AccountView>, words = en) => {
    const { title, body } = noticeText(kind, account(1, changes), words, NOON);
    return `${title} | ${body}`;
  };

  it('name the account, the address and what to do', () => {
    expect(text('awaiting-admin', awaiting('198.51.100.4'))).toBe(
      'shop 1: waiting for the administrator | Ask the administrator to confirm IP 198.51.100.4 in WeChat. The console then goes on by itself.',
    );
    expect(text('whitelist', trouble('not-whitelisted'), zh)).toBe(
      'shop 1：IP 不在白名单 | 请把 203.0.113.7 加入 API IP 白名单，几分钟后生效。控制台会自动重试。',
    );
    expect(text('awaiting-admin', { callerIp: null }, zh)).toContain('这台机器的 IP');
    expect(text('refused', refused('refused-once'))).toContain('22/11, 13:00');
    expect(text('failing', { token: tokenFor(8 * MINUTE) })).toContain('token has 8 min left');
    expect(text('failing', { token: null }, zh)).toContain('没有可用令牌');
  });

  it.each([
    [{ secret: 'missing' }, 'There is no AppSecret'],
    [{ secret: 'locked' }, 'keychain is locked'],
    [trouble('secret'), 'does not accept the AppSecret'],
    [{ trouble: { class: 'secret', errcode: 40243, since: NOON } }, 'frozen'],
  ] as const)('of a secret say what is wrong with it: %o', (changes, words) => {
    expect(text('secret', changes)).toContain(words);
  });

  it('of a summary name the first three', () => {
    expect(summaryText(['a', 'b', 'c', 'd'], en).body).toBe('a, b, c and others. Open to see.');
    expect(summaryText(['甲', '乙'], zh)).toEqual({ title: '2 个账号有变化', body: '甲、乙。打开查看。' });
  });
});

describe('quiet hours', () => {
  const at = (day: number, hours: number, minutes = 0) => new Date(2026, 10, day, hours, minutes).getTime();
  const night = { from: '22:30', to: '07:00' };

  it.each([
    [night, at(22, 22, 29), null],
    [night, at(22, 22, 30), at(23, 7)],
    [night, at(23, 0), at(23, 7)],
    [night, at(23, 6, 59), at(23, 7)],
    [night, at(23, 7), null],
    [{ from: '12:00', to: '13:30' }, at(22, 12), at(22, 13, 30)],
    [{ from: '12:00', to: '13:30' }, at(22, 13, 30), null],
    [{ from: '08:00', to: '08:00' }, at(22, 8), null],
    [null, at(22, 3), null],
  ])('%o', (quiet, now, end) => {
    expect(quietEnd(quiet, now)).toBe(end);
  });
});
