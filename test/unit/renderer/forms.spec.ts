import { describe, expect, it } from 'vitest';
import { commands } from '../../../electron/console/contract.ts';
import { type Draft, EMPTY_DRAFT, inputOf } from '../../../renderer/add-account/draft.ts';
import { faultAt } from '../../../renderer/add-account/faults.ts';
import {
  appIdFault,
  cleanAppId,
  cleanSecret,
  isApiBase,
  leadSecondsOf,
  oddityOf,
  secretFault,
} from '../../../renderer/add-account/validate.ts';

const DRAFT: Draft = {
  ...EMPTY_DRAFT,
  appId: 'wx00000000000000a1',
  name: ' 商城 ',
  secret: 'sandbox-secret-of-shop',
};

describe('an AppID', () => {
  it.each([
    ['blanks and line breaks', ' wx0000 0000\n000000a1\n', { isTidied: true, isLowered: false }],
    ['zero-width signs', 'wx\u200b00000000\ufeff000000a1\u2060', { isTidied: true, isLowered: false }],
    ['direction marks', '\u202dwx00000000000000a1\u202c', { isTidied: true, isLowered: false }],
    ['full-width letters', '\uff57\uff5800000000\uff10\uff100000a1', { isTidied: true, isLowered: false }],
    ['blanks of Chinese text', '\u3000wx00000000000000a1\u00a0', { isTidied: true, isLowered: false }],
    ['capitals', 'WX00000000000000A1', { isTidied: false, isLowered: true }],
    ['nothing', 'wx00000000000000a1', { isTidied: false, isLowered: false }],
  ])('is mended where a paste brought %s, and that is known', (_, typed, changed) => {
    expect(cleanAppId(typed)).toEqual({ text: 'wx00000000000000a1', ...changed });
  });

  it('that is not whole yet differs from one that cannot be right', () => {
    const kinds = (texts: readonly string[]) => texts.map((text) => appIdFault(text)?.kind);
    expect(kinds(['', 'w', 'wx', 'wx00', 'wx00000000000000a1f'])).toEqual(Array(5).fill('length'));
    expect(appIdFault('x')).toEqual({ kind: 'sign', sign: 'x', at: 1 });
    expect(appIdFault('wx00z0')).toEqual({ kind: 'sign', sign: 'z', at: 5 });
    expect(appIdFault('wx00号')).toEqual({ kind: 'sign', sign: '号', at: 5 });
    expect(appIdFault('wx00000000000000a1')).toBeNull();
  });

  it('is told from what people paste in its place', () => {
    expect(appIdFault('gh_0123456789ab')).toEqual({ kind: 'original' });
    expect(appIdFault('ww0123456789abcdef')).toEqual({ kind: 'corp' });
    expect(appIdFault('0123456789abcdef0123456789abcdef')).toEqual({ kind: 'secret' });
  });
});

describe('an AppSecret', () => {
  const whole = '0123456789abcdef0123456789abcdef';

  it('loses what a paste brought, and keeps its letters', () => {
    expect(cleanSecret(` ${whole.slice(0, 8)}\u200b${whole.slice(8)}\n`)).toMatchObject({
      text: whole,
      isTidied: true,
    });
    expect(cleanSecret('\uff21bc')).toMatchObject({ text: 'Abc', isTidied: true });
    expect(cleanSecret(whole)).toMatchObject({ text: whole, isTidied: false });
  });

  it.each([
    ['', { kind: 'empty' }],
    ['0123密', { kind: 'sign', sign: '密' }],
    ['0123😀', { kind: 'sign', sign: '😀' }],
    ['0123************cdef', { kind: 'masked' }],
    ['wx00000000000000a1', { kind: 'app-id' }],
    ['WX00000000000000A1', { kind: 'app-id' }],
    ['x'.repeat(129), { kind: 'long' }],
    [whole, null],
  ])('%j: %j', (secret, fault) => {
    expect(secretFault(secret)).toEqual(fault);
  });

  it('of another shape is looked at twice, and may pass', () => {
    expect(oddityOf('sandbox-secret-of-shop')).toBe('shape');
    expect(oddityOf(whole.toUpperCase())).toBe('capitals');
    expect(oddityOf(whole)).toBeNull();
    expect(oddityOf('')).toBeNull();
  });
});

describe('the other fields', () => {
  it('take whole seconds within bounds only', () => {
    expect(['60', ' 600 ', '3600'].map(leadSecondsOf)).toEqual([60, 600, 3600]);
    expect(['59', '3601', '1e3', '600.5', '', 'x'].map(leadSecondsOf)).toEqual(Array(6).fill(null));
  });
});

describe('what is sent', () => {
  it('is accepted by the contract, as it stands', () => {
    const full: Draft = { ...DRAFT, apiBase: 'https://sh.api.weixin.qq.com/', leadSeconds: '900' };
    const input = inputOf(full);
    expect(commands['accounts.add'].input.parse(input)).toEqual({
      appId: 'wx00000000000000a1',
      name: '商城',
      kind: 'official',
      line: 'stable',
      secret: 'sandbox-secret-of-shop',
      apiBase: 'https://sh.api.weixin.qq.com',
      leadSeconds: 900,
    });
    expect(inputOf(DRAFT)).not.toHaveProperty('apiBase');
  });

  it('is nothing while a field does not fit', () => {
    const faulty: readonly Partial<Draft>[] = [
      { appId: 'wx' },
      { name: ' ' },
      { secret: '' },
      { apiBase: 'http://example.com' },
      { leadSeconds: '5' },
    ];
    for (const change of faulty) expect(inputOf({ ...DRAFT, ...change })).toBeNull();
  });

  it.each([
    'https://api.weixin.qq.com',
    'https://api.weixin.qq.com/',
    'http://127.0.0.1:7000',
    'http://localhost:1',
    'http://api.weixin.qq.com',
    'https://api.weixin.qq.com/cgi-bin',
    'https://a:b@api.weixin.qq.com',
    'ftp://api.weixin.qq.com',
    'api.weixin.qq.com',
    'https://api.weixin.qq.com?x=1',
  ])('agrees with the contract about the API address %s', (apiBase) => {
    const { success } = commands['accounts.update'].input.safeParse({
      appId: DRAFT.appId,
      changes: { apiBase: apiBase.replace(/\/$/, '') },
    });
    expect(isApiBase(apiBase)).toBe(success);
  });

  it('finds its faults at their fields', () => {
    const error = {
      code: 'invalid-input' as const,
      message: '',
      faults: [{ path: 'changes.name', message: 'too long' }],
    };
    expect(faultAt(error, 'name')).toBe('too long');
    expect(faultAt(error, 'secret')).toBeUndefined();
    expect(faultAt(null, 'name')).toBeUndefined();
  });
});
