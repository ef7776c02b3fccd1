import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classOf,
  failed,
  headFailure,
  readCheckReply,
  readTokenReply,
} from '../../../electron/wechat/reply.ts';

const SECRET = 'sandbox-secret-of-shop';
const read = (body: unknown) =>
  readTokenReply(typeof body === 'string' ? body : JSON.stringify(body), [SECRET]);
const check = (body: unknown) => readCheckReply(JSON.stringify(body), ['sandbox-token']);

describe('a grant', () => {
  it('is a token and its life', () => {
    expect(read('{"access_token":"ACCESS_TOKEN","expires_in":7200}')).toEqual({
      outcome: 'granted',
      accessToken: 'ACCESS_TOKEN',
      expiresIn: 7200,
    });
  });

  it('may say errcode 0, live as short as 1 s and be 2048 characters long', () => {
    const token = 'x'.repeat(2048);
    expect(read({ errcode: 0, errmsg: 'ok', access_token: token, expires_in: 1 })).toMatchObject({
      outcome: 'granted',
      accessToken: token,
      expiresIn: 1,
    });
    expect(read({ access_token: 't', expires_in: 2 ** 31 })).toMatchObject({ outcome: 'granted' });
  });

  it.each([
    [7200, { expires_in: '7200' }],
    [7200, { expires_in: ' 7200 ', errcode: '0', errmsg: 'ok' }],
    [7200, { expires_in: 7200, errcode: null }],
    [7199, { expires_in: 7199.9 }],
    [7199, { expires_in: '7199.5' }],
  ])('is read though somebody in between wrote its numbers otherwise: %i of %j', (expiresIn, more) => {
    expect(read({ access_token: 'token', ...more })).toMatchObject({ outcome: 'granted', expiresIn });
  });

  it.each([
    ['no usable access_token', { expires_in: 7200 }],
    ['no usable access_token', { access_token: '', expires_in: 7200 }],
    ['no usable access_token', { access_token: 'a b', expires_in: 7200 }],
    ['no usable access_token', { access_token: 'a\n', expires_in: 7200 }],
    ['no usable access_token', { access_token: '令牌', expires_in: 7200 }],
    ['no usable access_token', { access_token: 'x'.repeat(2049), expires_in: 7200 }],
    ['no usable access_token', { access_token: 1, expires_in: 7200 }],
    ['no usable access_token', { errcode: 0, errmsg: 'ok' }],
    ['no usable expires_in', { access_token: 'token' }],
    ['no usable expires_in', { access_token: 'token', expires_in: 'soon' }],
    ['no usable expires_in', { access_token: 'token', expires_in: null }],
    ['no usable expires_in', { access_token: 'token', expires_in: '' }],
    ['no usable expires_in', { access_token: 'token', expires_in: '0x1c20' }],
    ['no usable expires_in', { access_token: 'token', expires_in: 0.9 }],
    ['no usable expires_in', { access_token: 'token', expires_in: true }],
    ['no usable expires_in', { access_token: 'token', expires_in: 0 }],
    ['no usable expires_in', { access_token: 'token', expires_in: 2 ** 31 + 1 }],
    ['errcode is not a whole number', { errcode: 'invalid', errmsg: 'invalid appid' }],
    ['errcode is not a whole number', { errcode: 40013.5, errmsg: 'invalid appid' }],
    ['errcode is not a whole number', { errcode: ['40013'], errmsg: 'invalid appid' }],
    ['not a JSON object', '[]'],
    ['not a JSON object', 'null'],
    ['not a JSON object', '"ok"'],
    ['not a JSON object', '{"access_token":"tok'],
    ['an empty answer', ' \r\n'],
    ['a web page instead of JSON', '\n<!DOCTYPE html><title>Sign in</title>'],
  ])('is not read out of a wrong answer: %s, %j', (detail, body) => {
    expect(read(body)).toEqual({
      outcome: 'failed',
      class: 'transient',
      reason: 'unreadable',
      errmsg: `unreadable: ${detail}`,
    });
  });
});

describe('a refusal', () => {
  it('carries all that WeChat said', () => {
    const errmsg =
      'invalid ip 114.221.21.30 ipv6 ::ffff:114.221.21.30, not in whitelist rid: 658cff8e-7783352d-44cb33e5';
    expect(read({ errcode: 40164, errmsg })).toEqual({
      outcome: 'refused',
      class: 'not-whitelisted',
      errcode: 40164,
      errmsg,
      rid: '658cff8e-7783352d-44cb33e5',
      hint: null,
      ip: '114.221.21.30',
    });
  });

  it.each([
    ['secret', 40125, 'invalid appsecret rid: 67b81456-7702e5f9-2c9e1783'],
    ['secret', 40125, 'invalid appsecret, rid: 66b5fb8f-5e3c0071-3d7f539a'],
    ['account', 41002, 'appid missing rid: 68c0dcd2-1d89e1a0-0c0157f7'],
    ['account', 40013, 'invalid appid'],
    [
      'secret',
      40001,
      'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r rid: 65801f09-39c41453-5d6dfe29',
    ],
    [
      'quota',
      45009,
      'reach max api daily quota limit, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r rid: 654e20fe-255cb46d-7fc880f7',
    ],
    ['quota', 45009, 'api freq out of limit'],
    [
      'account',
      50004,
      'user not allow to use accesstoken, maybe for punishment rid: 64d5f9a9-63208b5d-00ed75a8',
    ],
    [
      'account',
      61024,
      'must use api(api_component_token) to get token for component acct rid: 60d54199-2dd003ae-4cb93dd1',
    ],
    ['transient', -1, 'system error rid: 5f422231-52120df7-13fcb545'],
    ['unknown', 99999, 'something new'],
  ])('is classed %s by errcode %d: %s', (name, errcode, errmsg) => {
    expect(read({ errcode, errmsg })).toMatchObject({ outcome: 'refused', class: name, errcode, errmsg });
  });

  it('is classed by errcode even if the words say something else', () => {
    expect(read({ errcode: 40013, errmsg: 'reach max api daily quota limit' })).toMatchObject({
      class: 'account',
    });
  });

  it.each([['40164'], [' 40164'], ['40164.0'], [40164.0]])('is read from %j too', (errcode) => {
    expect(read({ errcode, errmsg: 'invalid ip' })).toMatchObject({
      outcome: 'refused',
      errcode: 40164,
      class: 'not-whitelisted',
    });
    expect(check({ errcode, errmsg: 'invalid ip' })).toMatchObject({ outcome: 'refused', errcode: 40164 });
  });

  it('wins over a token in the same answer', () => {
    expect(read({ errcode: 40001, errmsg: 'x', access_token: 'token', expires_in: 7200 })).toMatchObject({
      outcome: 'refused',
    });
  });

  it.each([undefined, null, 7, { rid: 'x' }])('may come without words: errmsg %j', (errmsg) => {
    expect(read({ errcode: 89503, errmsg })).toEqual({
      outcome: 'refused',
      class: 'awaiting-admin',
      errcode: 89503,
      errmsg: '',
      rid: null,
      hint: null,
      ip: null,
    });
  });
});

it('follows the table of classes', () => {
  const table = {
    transient: [-1, 45011],
    quota: [45009],
    'not-whitelisted': [40164, 61004, 45035, 40090],
    'awaiting-admin': [89503, 89501, 89502, 89504, 89505],
    refused: [89507, 89506],
    secret: [40001, 40125, 41004, 40243],
    account: [40013, 41002, 50002, 50004, 50007, 61024, 40002, 43002],
    unknown: [40014, 42001, 48001, 47001, 1, -2],
  };
  for (const [name, codes] of Object.entries(table)) {
    for (const code of codes) expect([code, classOf(code)]).toEqual([code, name]);
  }
});

describe('a check', () => {
  it('is passed by a list of addresses', () => {
    expect(check({ ip_list: ['101.226.62.77'] })).toEqual({ outcome: 'valid' });
    expect(check({ errcode: 0, ip_list: [] })).toEqual({ outcome: 'valid' });
  });

  it('is failed by an errcode', () => {
    const errmsg = 'access_token expired rid: 68aeab01-21ea7902-3a442403';
    expect(check({ errcode: 42001, errmsg })).toMatchObject({ outcome: 'refused', errcode: 42001, errmsg });
  });

  it('proves nothing otherwise', () => {
    expect(check({})).toMatchObject({ outcome: 'failed', errmsg: 'unreadable: no ip_list' });
    expect(check([])).toMatchObject({ outcome: 'failed', reason: 'unreadable' });
  });
});

describe('the head of an answer', () => {
  it.each([
    [200, 'default', null],
    [302, 'basic', { reason: 'redirect', detail: '302' }],
    [0, 'opaqueredirect', { reason: 'redirect', detail: 'not followed' }],
    [204, 'basic', { reason: 'http-status', detail: '204' }],
    [400, 'basic', { reason: 'http-status', detail: '400' }],
    [502, 'basic', { reason: 'http-status', detail: '502' }],
  ] as const)('%d %s', (status, type, failure) => {
    expect(headFailure({ status, type })).toEqual(failure);
  });
});

it('says a failure’s reason first', () => {
  expect(failed({ reason: 'dns', detail: 'ENOTFOUND' })).toEqual({
    outcome: 'failed',
    class: 'transient',
    reason: 'dns',
    errmsg: 'dns: ENOTFOUND',
  });
});

describe('whatever arrives', () => {
  const anyBody = fc.oneof(
    fc.uint8Array().map((bytes) => new TextDecoder().decode(bytes)),
    fc.json(),
    fc
      .record(
        {
          errcode: fc.anything(),
          errmsg: fc.anything(),
          access_token: fc.anything(),
          expires_in: fc.anything(),
        },
        { requiredKeys: [] },
      )
      .map((fields) => {
        try {
          return JSON.stringify(fields);
        } catch {
          return '';
        }
      }),
  );

  it('is one of the three outcomes', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        expect(['granted', 'refused', 'failed']).toContain(read(body).outcome);
        expect(['valid', 'refused', 'failed']).toContain(readCheckReply(body, []).outcome);
      }),
    );
  });

  it('never brings the secret into an errmsg', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.string(), (errcode, before, after) => {
        const body = { errcode, errmsg: `${before}${SECRET}${after}`, access_token: SECRET };
        const reply = read(body);
        expect('errmsg' in reply ? reply.errmsg : '').not.toContain(SECRET);
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const reply = read(`${before}${SECRET}${after}`);
        expect('errmsg' in reply ? reply.errmsg : '').not.toContain(SECRET);
      }),
    );
  });
});

describe('an answer that is judged before its body is read', () => {
  it.each([
    [{ status: 200, type: 'basic' }, null],
    [
      { status: 0, type: 'opaqueredirect' },
      { reason: 'redirect', detail: 'not followed' },
    ],
    [
      { status: 302, type: 'basic' },
      { reason: 'redirect', detail: '302' },
    ],
    // Chromium hands a proxy's own answer on (seen on a real Electron).
    [
      { status: 407, type: 'basic' },
      { reason: 'proxy', detail: 'HTTP 407' },
    ],
    [
      { status: 502, type: 'basic' },
      { reason: 'http-status', detail: '502' },
    ],
  ] as const)('%o is %o', (head, failure) => {
    expect(headFailure(head)).toEqual(failure);
  });
});
