import { describe, expect, it } from 'vitest';
import { addressOf, todoOf } from '../../../renderer/account/todo.ts';
import { planRefresh } from '../../../renderer/refresh/plan.ts';
import { codeOf } from '../../../renderer/shared/catalogue.ts';
import { fakeAccount } from '../../support/renderer-fake-console.ts';

const NOW = Date.now();

describe('a press on refresh', () => {
  const standard = fakeAccount(1, { line: 'standard' });
  const stable = fakeAccount(1, { line: 'stable' });
  const block = {
    state: 'refused-once',
    ip: null,
    since: 0,
    until: NOW + 60_000,
    nextProbeAt: null,
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

  it('is nothing while all goes well', () => {
    expect(todoOf(account, 'live', null)).toBeNull();
    expect(todoOf(account, 'new', null)).toBeNull();
  });

  it('follows the class of the reply', () => {
    expect(todoOf(account, 'needs-attention', 'not-whitelisted')).toBe('whitelist');
    expect(todoOf(account, 'needs-attention', 'secret')).toBe('secret-wrong');
    expect(todoOf(account, 'needs-attention', 'account')).toBe('account');
    expect(todoOf(account, 'needs-attention', null)).toBe('other');
    expect(todoOf(account, 'retrying', 'quota')).toBe('retrying');
  });

  it('is the AppSecret before anything else, unless the account rests', () => {
    expect(todoOf({ ...account, secret: 'missing' }, 'needs-attention', 'not-whitelisted')).toBe(
      'secret-missing',
    );
    expect(todoOf({ ...account, secret: 'locked' }, 'live', null)).toBe('secret-locked');
    expect(todoOf({ ...account, secret: 'missing' }, 'paused', null)).toBe('paused');
  });

  it('names the address as the pending confirmation has it, else as it was last seen', () => {
    expect(addressOf(account)).toBe('203.0.113.7');
    const confirmation = {
      state: 'awaiting',
      ip: '198.51.100.9',
      since: 0,
      until: null,
      nextProbeAt: null,
    } as const;
    expect(addressOf({ ...account, confirmation })).toBe('198.51.100.9');
    expect(addressOf({ ...account, callerIp: null })).toBeNull();
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
