import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../../electron/console/contract.ts';
import { timeLeft } from '../../../electron/desktop/time-left.ts';
import { type TrayLine, trayModel } from '../../../electron/desktop/tray-model.ts';
import { en } from '../../../electron/desktop/words/en.ts';
import { zh } from '../../../electron/desktop/words/zh.ts';
import { account, appIdOf, MINUTE, NOON, tokenFor, trouble } from '../../support/desktop-accounts.ts';

function model(accounts: readonly AccountView[], isLocked = false, words = en, now = NOON) {
  return trayModel({ accounts, shield: { isLocked }, words, now }).model;
}

const labels = (lines: readonly (TrayLine | null)[]) => lines.map((line) => line?.label ?? '—');

describe('the time left', () => {
  it.each([
    [100 * MINUTE, '1 h 40 min'],
    [100 * MINUTE - 1, '1 h 35 min'],
    [64 * MINUTE, '1 h'],
    [14 * MINUTE, '10 min'],
    [10 * MINUTE, '10 min'],
    [10 * MINUTE - 1, '9 min'],
    [MINUTE, '1 min'],
    [MINUTE - 1, 'less than 1 min'],
    [1, 'less than 1 min'],
    [0, null],
    [-1, null],
  ])('of %i ms is told as %s', (ms, text) => {
    expect(timeLeft(NOON + ms, NOON, en).text).toBe(text);
  });

  it('changes exactly when it says so, and no sooner', () => {
    const expiresAt = NOON + 100 * MINUTE;
    let now = NOON;
    let texts = 0;
    for (;;) {
      const { text, changesAt } = timeLeft(expiresAt, now, en);
      texts += 1;
      if (changesAt === null) break;
      expect(changesAt).toBeGreaterThan(now);
      expect(timeLeft(expiresAt, changesAt - 1, en).text).toBe(text);
      expect(timeLeft(expiresAt, changesAt, en).text).not.toBe(text);
      now = changesAt;
    }
    expect(texts).toBe(30); // 1 h 40 to 10 min in steps of 5, 9 to 1, less than one, none
  });
});

describe('at a glance', () => {
  it.each([
    ['nobody', [], 'ok', 'No accounts yet'],
    ['one that lives', [account(1)], 'ok', 'The account is live'],
    ['two that live', [account(1), account(2)], 'ok', '2 accounts, all live'],
    ['one that retries', [account(1), account(2, trouble('transient'))], 'ok', '1 account retrying'],
    [
      'two in need',
      [account(1, trouble('refused')), account(2, trouble('not-whitelisted')), account(3)],
      'attention',
      '2 accounts need you',
    ],
    [
      'one without an AppSecret',
      [account(1, { phase: 'needs-attention', secret: 'missing' })],
      'attention',
      '1 account needs you',
    ],
    ['one whose vault was not read yet', [account(1, { phase: 'new', secret: 'missing' })], 'ok', 'live'],
    ['one that is paused', [account(1, { ...trouble('refused'), phase: 'paused' })], 'ok', 'live'],
  ] as const)('%s', (_who, accounts, icon, words) => {
    const { lines, ...glance } = model(accounts);
    expect(glance.icon).toBe(icon);
    expect(lines[0]?.label).toContain(words);
    expect(glance.tooltip).toBe(`WeChat Token Console\n${lines[0]?.label}`);
  });

  it('counts those in need beside the icon', () => {
    expect(model([account(1, trouble('refused')), account(2)]).title).toBe('1');
    expect(model([account(1)]).title).toBe('');
  });

  it('does not change while an account is being refreshed', () => {
    const needy = account(1, trouble('not-whitelisted'));
    expect(model([{ ...needy, phase: 'refreshing' }])).toEqual(model([needy]));
    expect(model([account(1, { phase: 'refreshing' })])).toEqual(model([account(1)]));
  });
});

describe('the lines', () => {
  it('are the accounts, those in trouble first, then by name as a reader counts', () => {
    const { lines } = model([
      account(10),
      account(9),
      account(8, trouble('transient')),
      account(7, trouble('awaiting-admin')),
      account(6, { phase: 'paused' }),
      account(5, { phase: 'new', token: null }),
    ]);
    expect(labels(lines)).toEqual([
      '1 account needs you',
      '—',
      'shop 7 · Waiting for the administrator',
      'shop 8 · Retrying',
      'shop 5 · No token yet',
      'shop 6 · Paused',
      'shop 9 · 1 h 40 min',
      'shop 10 · 1 h 40 min',
      '—',
      'Show the console',
      'Quit',
    ]);
  });

  it('are twelve at most, and the rest is behind one that shows the window', () => {
    const accounts = Array.from({ length: 15 }, (_, i) => account(i + 1));
    const { lines } = model([...accounts.slice(0, 14), account(15, trouble('refused'))]);
    expect(lines[2]?.label).toMatch(/^shop 15/);
    expect(lines.filter((line) => line?.lines)).toHaveLength(12);
    expect(lines[14]).toEqual({ label: '… and 3 more', deed: { do: 'show' } });
    expect(labels(model(accounts.slice(0, 12)).lines).join()).not.toContain('more');
  });

  it('of an account copy, refresh and open it', () => {
    const appId = appIdOf(1);
    expect(model([account(1)]).lines[2]?.lines).toEqual([
      { label: 'Token: 1 h 40 min left' },
      { label: 'Copy token', deed: { do: 'copy', appId } },
      { label: 'Refresh', deed: { do: 'refresh', appId } },
      { label: 'Open', deed: { do: 'open', appId } },
    ]);
  });

  it('offer no copy without a token, and announce a question where a refresh ends a live one', () => {
    const dead = model([account(1, { token: tokenFor(0), line: 'standard' })]).lines[2]?.lines ?? [];
    expect(labels(dead)).toEqual(['No usable token', 'Refresh', 'Open']);
    const standard = model([account(1, { line: 'standard' })]).lines[2]?.lines ?? [];
    expect(labels(standard)).toContain('Refresh…');
  });

  it('are in Chinese where the console is', () => {
    const { lines } = model([account(1, trouble('not-whitelisted')), account(2)], false, zh);
    expect(labels(lines)).toEqual([
      '1 个账号需要处理',
      '—',
      'shop 1 · IP 不在白名单',
      'shop 2 · 1 小时 40 分钟',
      '—',
      '显示控制台',
      '退出',
    ]);
  });

  it('name no account and copy nothing while the console is locked', () => {
    const { lines, icon } = model([account(1), account(2, trouble('refused'))], true);
    expect(labels(lines)).toEqual(['The console is locked', '1 account needs you', '—', 'Unlock…', 'Quit']);
    expect(icon).toBe('attention');
  });
});

it('says when time alone changes it: with the first of the accounts that are shown', () => {
  const accounts = [
    account(1, { token: tokenFor(33 * MINUTE) }),
    account(2, { token: tokenFor(71 * MINUTE) }),
  ];
  const facts = { accounts, shield: { isLocked: false }, words: en, now: NOON };
  const { changesAt, model: before } = trayModel(facts);
  expect(changesAt).toBe(NOON + MINUTE + 1);
  expect(trayModel({ ...facts, now: NOON + MINUTE }).model).toEqual(before);
  expect(trayModel({ ...facts, now: NOON + MINUTE + 1 }).model).not.toEqual(before);
  expect(trayModel({ ...facts, shield: { isLocked: true } }).changesAt).toBeNull();
  expect(trayModel({ ...facts, accounts: [] }).changesAt).toBeNull();
});
