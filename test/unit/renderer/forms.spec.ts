import { describe, expect, it } from 'vitest';
import { commands } from '../../../electron/console/contract.ts';
import { type Draft, EMPTY_DRAFT, inputOf } from '../../../renderer/add-account/draft.ts';
import { faultAt } from '../../../renderer/add-account/faults.ts';
import {
  appIdFault,
  cleanAppId,
  isApiBase,
  isOddSecret,
  leadSecondsOf,
  nameFault,
  secretFault,
} from '../../../renderer/add-account/validate.ts';

const DRAFT: Draft = {
  ...EMPTY_DRAFT,
  appId: 'wx00000000000000a1',
  name: ' 商城 ',
  secret: 'sandbox-secret-of-shop',
};

describe('an AppID', () => {
  it('is mended where a paste brought blanks and capitals, and that is known', () => {
    expect(cleanAppId(' WX00000000000000A1\n')).toEqual({
      appId: 'wx00000000000000a1',
      isTrimmed: true,
      isLowered: true,
    });
    expect(cleanAppId('wx00')).toEqual({ appId: 'wx00', isTrimmed: false, isLowered: false });
  });

  it('that is not whole yet differs from one that cannot be right', () => {
    expect(['', 'w', 'wx', 'wx00', 'wx00000000000000a1f'].map(appIdFault)).toEqual(Array(5).fill('length'));
    expect(['x', 'gh_12', 'wx00z', 'wx 0'].map(appIdFault)).toEqual(Array(4).fill('chars'));
    expect(appIdFault('wx00000000000000a1')).toBeNull();
  });
});

describe('the other fields', () => {
  it('name what does not fit', () => {
    expect(nameFault('  ')).toBe('empty');
    expect(nameFault('字'.repeat(65))).toBe('long');
    expect(nameFault(' 商城 ')).toBeNull();
    expect(secretFault('')).toBe('empty');
    expect(secretFault('with blank')).toBe('blank');
    expect(secretFault('密')).toBe('blank');
    expect(secretFault('x'.repeat(129))).toBe('long');
  });

  it('look twice at an AppSecret of another shape, and let it pass', () => {
    expect(isOddSecret('sandbox-secret-of-shop')).toBe(true);
    expect(isOddSecret('a'.repeat(32))).toBe(false);
    expect(isOddSecret('')).toBe(false);
  });

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
