import { expect, test } from 'vitest';
import { HOUR, MINUTE, newHands, SECRET, SHOP, START } from './hands.ts';

const RID = /rid: ([0-9a-f]{8})-[0-9a-f]{8}-[0-9a-f]{8}$/;

test.each([
  [{ grant_type: 'authorization_code' }, 40002],
  [{ appid: '' }, 41002],
  [{ secret: '' }, 41004],
  [{ appid: 'wx00000000000000ff' }, 40013],
  [{ secret: `${SECRET}-of-yesterday` }, 40125],
])('both lines refuse %o with %i', (fields, errcode) => {
  const { standard, stable } = newHands();
  expect(standard(fields).errcode).toBe(errcode);
  expect(stable(fields).errcode).toBe(errcode);
});

test.each([
  ['GET', '/cgi-bin/stable_token', '', 43002],
  ['POST', '/cgi-bin/token', '', 43001],
  ['POST', '/cgi-bin/stable_token', '', 44002],
  ['POST', '/cgi-bin/stable_token', '{"grant_type":', 47001],
  ['POST', '/cgi-bin/stable_token', '"text"', 47001],
  ['POST', '/cgi-bin/stable_token', '{"grant_type":"client_credential","appid":7}', 41002],
  ['GET', '/cgi-bin/tokens', '', 40066],
])('%s %s with the body %j is answered %i', (method, path, body, errcode) => {
  const { call } = newHands();
  expect(call(method, path, {}, body).errcode).toBe(errcode);
});

test.each([
  ['secret-frozen', 40243],
  ['account-frozen', 50007],
  ['barred', 50004],
  ['third-party', 61024],
] as const)('an account that is %s is answered %i until it is good again', (standing, errcode) => {
  const { world, standard, stable } = newHands();
  world.change(SHOP, { standing });
  expect([standard().errcode, stable().errcode]).toEqual([errcode, errcode]);
  world.change(SHOP, { standing: 'good' });
  expect(standard()).toHaveProperty('access_token');
});

test('a refusal ends in a rid that begins with the clock', () => {
  const { standard, wait } = newHands();
  wait(90 * MINUTE);
  const [, clock = ''] = RID.exec(standard({ appid: '' }).errmsg ?? '') ?? [];
  expect(Number.parseInt(clock, 16) * 1000).toBe(START + 90 * MINUTE);
});

test('a caller off the whitelist is told its address in WeChat’s own words', () => {
  const { world, standard } = newHands();
  world.change(SHOP, { whitelist: ['198.51.100.0/24'] });
  expect(standard()).toEqual({
    errcode: 40164,
    errmsg: expect.stringMatching(
      /^invalid ip 203\.0\.113\.7 ipv6 ::ffff:203\.0\.113\.7, not in whitelist rid: [0-9a-f-]{26}$/,
    ),
  });
  world.setCallerIp('198.51.100.9');
  expect(standard()).toHaveProperty('access_token');
  world.setCallerIp('2001:db8::7', SHOP);
  expect(standard().errmsg).toMatch(/^invalid ip 2001:db8::7 ipv6 2001:db8::7, not in whitelist/);
});

test('the whitelist holds for calls with a token of an official account, not of a mini program', () => {
  const { world, standard, check } = newHands();
  const token = standard().access_token;
  world.change(SHOP, { whitelist: [] });
  expect(check(token).errcode).toBe(40164);
  world.change(SHOP, { kind: 'mini' });
  expect(check(token)).toHaveProperty('ip_list');
  expect(standard().errcode).toBe(40164);
});

test('the daily limit counts granted calls of one line until midnight in China', () => {
  const { world, standard, stable, wait } = newHands();
  world.change(SHOP, { dailyLimit: 2 });
  standard({ secret: 'wrong' });
  standard();
  standard();
  expect(standard()).toMatchObject({
    errcode: 45009,
    errmsg: expect.stringContaining(
      'getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r rid: ',
    ),
  });
  expect(stable()).toHaveProperty('access_token');
  wait(12 * HOUR - 1);
  expect(standard().errcode).toBe(45009);
  wait(1);
  expect(standard()).toHaveProperty('access_token');
});

test('the standard line has 2000 calls a day where nothing else is set', () => {
  const { standard } = newHands();
  for (let call = 0; call < 2000; call += 1) standard();
  expect(standard().errcode).toBe(45009);
});

test('the minute limit opens with the next minute', () => {
  const { world, stable, wait } = newHands();
  world.change(SHOP, { minuteLimit: 1 });
  stable();
  expect(stable().errcode).toBe(45011);
  wait(MINUTE);
  expect(stable()).toHaveProperty('access_token');
});

test('clear_quota, by secret or by token, restores the day and the forced refreshes, ten times a month', () => {
  const { world, call, standard, stable, clear, wait } = newHands();
  const { access_token = '' } = stable({ force_refresh: true });
  world.change(SHOP, { dailyLimit: 1 });
  standard();
  expect([standard().errcode, stable().errcode]).toEqual([45009, 45009]);
  expect(clear()).toEqual({ errcode: 0, errmsg: 'ok' });
  expect(standard()).toHaveProperty('access_token');
  expect(stable()).toHaveProperty('access_token');
  expect(call('POST', '/cgi-bin/clear_quota', { access_token }, { appid: SHOP }).errcode).toBe(0);
  expect(standard()).toHaveProperty('access_token');
  const inBody = { appid: SHOP, appsecret: SECRET };
  expect(call('POST', '/cgi-bin/clear_quota/v2', {}, inBody).errcode).toBe(0);
  for (let cleared = 3; cleared < 10; cleared += 1) clear();
  expect(clear().errcode).toBe(48006);
  expect(call('POST', '/cgi-bin/clear_quota', { access_token }, { appid: SHOP }).errcode).toBe(48006);
  wait(24 * HOUR * 9);
  expect(clear().errcode).toBe(0);
});

test('a cleared quota gives twenty more forced refreshes', () => {
  const { stable, clear, wait } = newHands();
  const force = () => {
    wait(30_000);
    return stable({ force_refresh: true });
  };
  for (let forced = 0; forced < 20; forced += 1) force();
  expect(force().errcode).toBe(45009);
  clear();
  expect(force()).toHaveProperty('access_token');
});

test('clear_quota names a missing or wrong parameter', () => {
  const { world, call, standard, clear } = newHands();
  world.add({ appId: 'wx00000000000000a2', secret: 'sandbox-secret-of-another' });
  expect(clear({ appid: '' }).errcode).toBe(41002);
  expect(clear({ appsecret: '' }).errcode).toBe(41004);
  expect(clear({ appsecret: 'wrong' }).errcode).toBe(40125);
  expect(clear({ appid: 'wx00000000000000ff' }).errcode).toBe(40013);
  expect(call('POST', '/cgi-bin/clear_quota/v2', {}).errcode).toBe(44002);
  const { access_token = '' } = standard();
  const other = { appid: 'wx00000000000000a2' };
  expect(call('POST', '/cgi-bin/clear_quota', { access_token }, other).errcode).toBe(40013);
});

test('settings that WeChat never has are refused by name', () => {
  const { world } = newHands();
  expect(() => world.add({ appId: SHOP, secret: SECRET })).toThrow(SHOP);
  expect(() => world.add({ appId: 'wxSHOP', secret: SECRET })).toThrow('wxSHOP');
  expect(() => world.change(SHOP, { lifeSeconds: 7201 })).toThrow('7201');
  expect(() => world.change(SHOP, { lifeSeconds: 0 })).toThrow('0 s');
  expect(() => world.change(SHOP, { whitelist: ['172.0.0.*'] })).toThrow('172.0.0.*');
  expect(() => world.setCallerIp('localhost')).toThrow('localhost');
  expect(() => world.confirm('wx00000000000000ff')).toThrow('wx00000000000000ff');
});
