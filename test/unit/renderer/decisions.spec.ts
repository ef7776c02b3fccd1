import { describe, expect, it } from 'vitest';
import type { AccountView, ConfirmationStep, ErrorClass } from '../../../electron/console/contract.ts';
import { addressChange, addressOf, lastReporter, seenAddresses } from '../../../renderer/guidance/address.ts';
import { askedAt, confirmedAt } from '../../../renderer/guidance/consent.ts';
import { requestLine } from '../../../renderer/guidance/request-line.ts';
import { todoOf } from '../../../renderer/guidance/todo.ts';
import { planRefresh } from '../../../renderer/refresh/plan.ts';
import { agoOf } from '../../../renderer/shared/ago.ts';
import { codeOf } from '../../../renderer/shared/catalogue.ts';
import { fakeAccount } from '../../support/renderer-fake-console.ts';

const NOW = Date.now();
type Attempt = NonNullable<AccountView['lastAttempt']>;

describe('a press on refresh', () => {
  const standard = fakeAccount(1, { line: 'standard' });
  const stable = fakeAccount(1, { line: 'stable' });
  const block = {
    state: 'refused-once',
    ip: null,
    since: 0,
    until: NOW + 60_000,
    nextProbeAt: null,
    probesLeft: 0,
  } as const;

  it('asks first where it ends a live token', () => {
    expect(planRefresh(standard, 'live', false, NOW)).toEqual({ doubt: 'kill', force: false });
    expect(planRefresh(standard, 'awaiting-admin', false, NOW)).toEqual({ doubt: 'kill', force: false });
  });

  it('goes ahead where there is none, or where the stable line keeps it', () => {
    expect(planRefresh({ ...standard, token: null }, 'new', false, NOW)).toEqual({
      doubt: null,
      force: false,
    });
    expect(planRefresh(stable, 'live', false, NOW)).toEqual({ doubt: null, force: false });
    const after = (standard.token?.expiresAt ?? 0) + 1;
    expect(planRefresh(standard, 'retrying', false, after)).toEqual({ doubt: null, force: false });
  });

  it('asks before every forced refresh', () => {
    expect(planRefresh(stable, 'live', true, NOW)).toEqual({ doubt: 'force', force: true });
  });

  it('asks while a block lasts, and only then', () => {
    const blocked = { ...stable, confirmation: block };
    expect(planRefresh(blocked, 'refused', false, NOW)).toEqual({ doubt: 'blocked', force: true });
    expect(planRefresh(blocked, 'refused', false, NOW + 60_001)).toEqual({ doubt: null, force: false });
    expect(planRefresh(blocked, 'awaiting-admin', false, NOW)).toEqual({ doubt: null, force: false });
  });
});

describe('what there is to do', () => {
  const account = fakeAccount(1);
  const met = (group: ErrorClass, errcode: number | null) => ({
    ...account,
    trouble: { class: group, errcode, since: NOW },
  });

  it('is nothing while all goes well', () => {
    expect(todoOf(account, 'live')).toBeNull();
    expect(todoOf(account, 'new')).toBeNull();
  });

  it.each([
    ['not-whitelisted', 40164, 'needs-attention', 'whitelist'],
    ['awaiting-admin', 89503, 'awaiting-admin', 'awaiting'],
    ['refused', 89507, 'refused', 'refused'],
    ['secret', 40125, 'needs-attention', 'secret-wrong'],
    ['secret', 40243, 'needs-attention', 'secret-frozen'],
    ['account', 40013, 'needs-attention', 'app-id'],
    ['account', 61024, 'needs-attention', 'app-id'],
    ['account', 50004, 'needs-attention', 'barred'],
    ['account', 50007, 'needs-attention', 'barred'],
    ['account', 43002, 'needs-attention', 'request'],
    ['quota', 45009, 'retrying', 'quota'],
    ['transient', -1, 'retrying', 'transient'],
    ['transient', null, 'retrying', 'transient'],
    ['unknown', 99_999, 'retrying', 'unknown'],
  ] as const)('follows the trouble that stands: %s %s', (group, errcode, phase, todo) => {
    expect(todoOf(met(group, errcode), phase)).toBe(todo);
  });

  it('follows the trouble, not a try in the middle of it that got no answer', () => {
    const lastAttempt = {
      ...(account.lastAttempt as Attempt),
      outcome: 'failed',
      errmsg: 'timeout: x',
    } as const;
    expect(todoOf({ ...met('not-whitelisted', 40164), lastAttempt }, 'needs-attention')).toBe('whitelist');
  });

  it('is the AppSecret before anything else, unless the account rests', () => {
    const troubled = met('not-whitelisted', 40164);
    expect(todoOf({ ...troubled, secret: 'missing' }, 'needs-attention')).toBe('secret-missing');
    expect(todoOf({ ...account, secret: 'locked' }, 'live')).toBe('secret-locked');
    expect(todoOf({ ...account, secret: 'missing' }, 'paused')).toBe('paused');
  });
});

describe('the address', () => {
  const account = fakeAccount(1);
  const seen = (ip: string, lastSeenAt: number, workedAt: number | null = null) => ({
    ip,
    firstSeenAt: lastSeenAt - 1000,
    lastSeenAt,
    workedAt,
  });

  it('is the one of the pending confirmation, else the last one reported, with its time', () => {
    const addresses = [seen('203.0.113.7', 5000), seen('198.51.100.9', 4000)];
    const confirmation = {
      state: 'awaiting',
      ip: '198.51.100.9',
      since: 0,
      until: null,
      nextProbeAt: null,
      probesLeft: 12,
    } as const;
    expect(addressOf({ ...account, addresses })).toEqual({ ip: '203.0.113.7', at: 5000 });
    expect(addressOf({ ...account, addresses, confirmation })).toEqual({ ip: '198.51.100.9', at: 4000 });
    expect(addressOf({ ...account, addresses: [], callerIp: '192.0.2.1' })).toEqual({
      ip: '192.0.2.1',
      at: null,
    });
    expect(addressOf({ ...account, addresses: [], callerIp: null })).toBeNull();
  });

  it('was last reported for the account whose news is newest', () => {
    const accounts = {
      a: { ...account, name: 'a', addresses: [] },
      b: { ...account, name: 'b', addresses: [seen('203.0.113.7', 5000)] },
      c: { ...account, name: 'c', addresses: [seen('203.0.113.8', 7000), seen('203.0.113.7', 1000)] },
    };
    expect(lastReporter(accounts)?.name).toBe('c');
    expect(lastReporter({ a: accounts.a })).toBeNull();
  });

  it('changes when the newest is not the one that last gave a token', () => {
    const before = seen('198.51.100.9', 4000, 4500);
    const now = seen('203.0.113.7', 5000);
    expect(addressChange([now, before])).toEqual({ before, now });
    expect(addressChange([{ ...now, workedAt: 6000 }, before])).toBeNull();
    expect(addressChange([now])).toBeNull();
    expect(addressChange([])).toBeNull();
    // It went back to an older one, which WeChat now refuses.
    expect(addressChange([{ ...now, workedAt: 100 }, before])?.now.ip).toBe('203.0.113.7');
  });

  it('of all accounts is one list: first, last, worked', () => {
    const accounts = [
      { ...account, addresses: [seen('203.0.113.7', 5000), seen('198.51.100.9', 4000, 4500)] },
      { ...account, addresses: [seen('203.0.113.7', 2000, 2500)] },
    ];
    expect(seenAddresses(accounts)).toEqual([
      { ip: '203.0.113.7', firstSeenAt: 1000, lastSeenAt: 5000, workedAt: 2500, accounts: 2 },
      { ip: '198.51.100.9', firstSeenAt: 3000, lastSeenAt: 4000, workedAt: 4500, accounts: 1 },
    ]);
  });
});

describe('what a confirmation tells', () => {
  const account = fakeAccount(1);
  const step = (name: ConfirmationStep['step'], at: number) => ({
    step: name,
    at,
    times: 1,
    errcode: null,
    ip: null,
  });

  it('is when WeChat asked last, else when this console began to wait', () => {
    const confirmationSteps = [
      step('asked', 1),
      step('refused-once', 2),
      step('asked', 3),
      step('waiting', 4),
    ];
    expect(askedAt({ ...account, confirmationSteps })).toBe(3);
    expect(askedAt({ ...account, confirmationSteps: [step('waiting', 4)] })).toBe(4);
    expect(askedAt(account)).toBeNull();
  });

  it('is news for a day, on an account without trouble', () => {
    const confirmed = { ...account, confirmationSteps: [step('asked', NOW - 5), step('confirmed', NOW)] };
    expect(confirmedAt(confirmed, NOW + 1000)).toBe(NOW);
    expect(confirmedAt(confirmed, NOW + 24 * 3_600_000)).toBeNull();
    const trouble = { class: 'transient', errcode: null, since: NOW } as const;
    expect(confirmedAt({ ...confirmed, trouble }, NOW)).toBeNull();
    expect(confirmedAt(account, NOW)).toBeNull();
  });
});

describe('how long ago', () => {
  it.each([
    [0, 'now', 0],
    [59_999, 'now', 0],
    [60_000, 'minutes', 1],
    [3_599_999, 'minutes', 59],
    [3_600_000, 'hours', 1],
    [86_399_999, 'hours', 23],
    [86_400_000, 'days', 1],
    // A clock that was set back.
    [-5000, 'now', 0],
  ] as const)('%s ms: %s %s', (since, unit, count) => {
    expect(agoOf(NOW - since, NOW)).toEqual({ unit, count });
  });
});

describe('the request line of a report', () => {
  const account = {
    appId: 'wx00000000000000a1',
    apiBase: 'https://api.weixin.qq.com',
    line: 'stable',
  } as const;

  it('is the one of the line it was asked on', () => {
    expect(requestLine({ trigger: 'schedule', line: 'standard' }, account, 'left out')).toBe(
      'GET https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=wx00000000000000a1&secret=(left out)',
    );
    expect(requestLine({ trigger: 'probe' }, account, 'left out')).toBe(
      'POST https://api.weixin.qq.com/cgi-bin/stable_token {"grant_type":"client_credential","appid":"wx00000000000000a1","secret":"(left out)"}',
    );
    expect(requestLine({ trigger: 'verify' }, account, 'left out')).toBe(
      'GET https://api.weixin.qq.com/cgi-bin/get_api_domain_ip?access_token=(left out)',
    );
  });

  it('names the path alone of an account that is gone, and nothing where nothing was sent', () => {
    const gone = { appId: account.appId, apiBase: null, line: null };
    expect(requestLine({ trigger: 'retry', line: 'stable' }, gone, '-')).toMatch(
      /^POST \/cgi-bin\/stable_token /,
    );
    expect(requestLine({ trigger: 'retry' }, gone, '-')).toBeNull();
    expect(requestLine({ trigger: 'reveal' }, account, '-')).toBeNull();
    expect(requestLine({ trigger: 'copy' }, account, '-')).toBeNull();
  });
});

describe('what an attempt is listed under', () => {
  it('is the errcode, or the word that begins the errmsg', () => {
    expect(codeOf({ outcome: 'granted', errcode: null, errmsg: null })).toBeNull();
    expect(codeOf({ outcome: 'refused', errcode: -1, errmsg: 'system error' })).toBe(-1);
    expect(codeOf({ outcome: 'failed', errcode: null, errmsg: 'http-status: 502' })).toBe('http-status');
    expect(codeOf({ outcome: 'failed', errcode: null, errmsg: 'Something else' })).toBeNull();
  });
});
