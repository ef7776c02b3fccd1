import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOf, ERRMSG_LIMIT, readErrmsg } from '../../../electron/wechat/errmsg.ts';

const read = (raw: string) => readErrmsg(raw, []);

describe('the address in an errmsg', () => {
  it.each([
    // binarywang/WxJava#3199, 2023-12
    [
      'invalid ip 114.221.21.30 ipv6 ::ffff:114.221.21.30, not in whitelist rid: 658cff8e-7783352d-44cb33e5',
      '114.221.21.30',
    ],
    // overtrue/laravel-wechat#367, 2020
    [
      'invalid ip 101.45.43.1 ipv6 ::ffff:101.45.43.1, not in whitelist hint: [jotvMa01143580]',
      '101.45.43.1',
    ],
    // 2017 to 2019
    ['invalid ip 61.172.68.219, not in whitelist hint: [KJZfAa0644e575]', '61.172.68.219'],
    // 40090
    [
      'invalid request source (bad client ip), requestIP: 175.178.174.11, rid: 658cff8e-7783352d-44cb33e5',
      '175.178.174.11',
    ],
    ['invalid ip ::ffff:61.172.68.219, not in whitelist', '61.172.68.219'],
    ['invalid ip 2408:8000::1 ipv6 ::ffff:61.172.68.219, not in whitelist', '61.172.68.219'],
    ['invalid ip 2408:8000::1 ipv6 2408:8000::1, not in whitelist', '2408:8000::1'],
    ['invalid ip  ipv6 2408:8000::1, not in whitelist', '2408:8000::1'],
  ])('is found in %j', (raw, ip) => {
    expect(read(raw).ip).toBe(ip);
  });

  it.each([
    // The official page's own sample is masked.
    'invalid ip 8.149.XXX.108 ipv6 ::ffff:8.149.XXX.108, not in whitelist rid: xxxxxxxx-xxxxxxxx-xxxxxxxx',
    'invalid ip 256.1.1.1, not in whitelist',
    'invalid ip 1.2.3, not in whitelist',
    'invalid ip 1.2.3.4.5, not in whitelist',
    'invalid ip , not in whitelist',
    'requestIP: 1:2',
    'invalid appid, version 1.2.3.4',
    '',
  ])('is not made up from %j', (raw) => {
    expect(read(raw).ip).toBeNull();
  });
});

describe('rid and hint', () => {
  it.each([
    ['invalid appsecret rid: 67b81456-7702e5f9-2c9e1783', '67b81456-7702e5f9-2c9e1783', null],
    ['invalid appsecret, rid: 66b5fb8f-5e3c0071-3d7f539a', '66b5fb8f-5e3c0071-3d7f539a', null],
    [
      'invalid credential, access_token is invalid or not latest hint: [3koVtA0338hkb5!]',
      null,
      '3koVtA0338hkb5!',
    ],
    [
      'empty news data hint: [dq1i3013336-0] rid: 684d20cd-4e3b2108-3ad934e2',
      '684d20cd-4e3b2108-3ad934e2',
      'dq1i3013336-0',
    ],
    ['access_token expired rid: 68aeabxx-21ea79xx-3a4424xx', null, null],
    ['invalid appid', null, null],
  ])('are read from %j', (raw, rid, hint) => {
    expect(read(raw)).toMatchObject({ errmsg: raw, rid, hint });
  });

  it('is read behind the point where the text is cut', () => {
    const found = read(`${'x'.repeat(ERRMSG_LIMIT)} rid: 684d20cd-4e3b2108-3ad934e2`);
    expect(found.rid).toBe('684d20cd-4e3b2108-3ad934e2');
    expect(found.errmsg).toBe('x'.repeat(ERRMSG_LIMIT));
  });
});

describe('WeChat’s clock', () => {
  it.each([
    ['658cff8e-7783352d-44cb33e5', '2023-12-28T04:54:38Z'],
    ['5f422231-52120df7-13fcb545', '2020-08-23T08:00:49Z'],
    ['67b81456-7702e5f9-2c9e1783', '2025-02-21T05:51:18Z'],
  ])('is the beginning of rid %s', (rid, time) => {
    expect(clockOf(rid, 'Thu, 01 Jan 2026 00:00:00 GMT')).toBe(Date.parse(time));
  });

  it('is the Date header without a rid, or with one that is no time', () => {
    const date = 'Sat, 07 Nov 2026 10:00:00 GMT';
    expect(clockOf(null, date)).toBe(Date.UTC(2026, 10, 7, 10));
    expect(clockOf('00000001-00000000-00000000', date)).toBe(Date.UTC(2026, 10, 7, 10));
    expect(clockOf('ffffffff-00000000-00000000', date)).toBe(Date.UTC(2026, 10, 7, 10));
  });

  it.each([null, '', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 01 Jan 2100 00:00:00 GMT'])(
    'is not made up from Date %j',
    (date) => {
      expect(clockOf(null, date)).toBeNull();
    },
  );
});

describe('what is kept of an errmsg', () => {
  const blankless = fc.string({
    minLength: 1,
    maxLength: 128,
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  });

  it('has no invisible characters and is no longer than the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (raw) => {
        const { errmsg } = read(raw);
        expect(errmsg).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(errmsg.length).toBeLessThanOrEqual(ERRMSG_LIMIT);
        expect(errmsg.isWellFormed()).toBe(true);
      }),
    );
  });

  const inUrl = (secret: string) => new URLSearchParams({ secret }).toString().slice('secret='.length);

  it('never holds the request’s secret, as typed or as in a URL', () => {
    fc.assert(
      fc.property(blankless, fc.string(), fc.string({ maxLength: 700 }), (secret, before, after) => {
        const raw = `${before}${secret}${after} hint: [${secret}] ${inUrl(secret)}`;
        const { errmsg, hint } = readErrmsg(raw, [secret]);
        expect(errmsg).not.toContain(secret);
        expect(errmsg).not.toContain(inUrl(secret));
        expect(hint ?? '').not.toContain(secret);
      }),
    );
  });

  it('keeps the rest of the text where a secret was', () => {
    const { errmsg } = readErrmsg('bad secret=sandbox-secret-of-shop given', ['sandbox-secret-of-shop']);
    expect(errmsg).toBe('bad secret=••• given');
  });

  it('is left alone by an empty secret', () => {
    expect(readErrmsg('invalid appid', ['']).errmsg).toBe('invalid appid');
  });
});
