import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commands } from '../../../electron/console/contract.ts';
import { demoAccounts, seedDemo, startDemoAdministrator } from '../../../electron/sandbox/demo.ts';
import { World } from '../../../electron/sandbox/world.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function newDemo() {
  const world = new World({ clock: Date.now });
  seedDemo(world);
  return world;
}

function ask(world: World, { account: { appId, secret, line } }: ReturnType<typeof demoAccounts>[number]) {
  const fields = { grant_type: 'client_credential', appid: appId, secret };
  return world.answer(
    line === 'standard'
      ? { method: 'GET', path: '/cgi-bin/token', query: new URLSearchParams(fields), body: '' }
      : {
          method: 'POST',
          path: '/cgi-bin/stable_token',
          query: new URLSearchParams(),
          body: JSON.stringify(fields),
        },
  );
}

test('every account can be added to a console as it is', () => {
  const input = commands['accounts.add'].input;
  for (const { account } of demoAccounts()) {
    expect(input.safeParse({ ...account, apiBase: 'http://127.0.0.1:7321' }).error).toBeUndefined();
  }
  expect(new Set(demoAccounts().map(({ account }) => account.name)).size).toBe(demoAccounts().length);
});

test('between them the accounts meet every kind of answer', () => {
  const world = newDemo();
  const answers = demoAccounts().map((account) => {
    const { json, fault } = ask(world, account);
    const { expires_in, errcode } = JSON.parse(json);
    return fault?.kind ?? errcode ?? expires_in;
  });
  expect(answers).toEqual([
    7200,
    600,
    420,
    89503,
    89507,
    40164,
    40125,
    40243,
    45009,
    'no-answer',
    50007,
    7200,
    7200,
  ]);
});

test('the administrator allows the waiting account after four minutes', () => {
  const world = newDemo();
  const waiting = demoAccounts().filter((account) => JSON.parse(ask(world, account).json).errcode === 89503);
  startDemoAdministrator(world);
  vi.advanceTimersByTime(4 * 60_000 - 1);
  expect(waiting.map((account) => JSON.parse(ask(world, account).json).errcode)).toEqual([89501]);
  vi.advanceTimersByTime(1);
  expect(waiting.map((account) => JSON.parse(ask(world, account).json).expires_in)).toEqual([7200]);
});

test('a stopped administrator says nothing', () => {
  const world = newDemo();
  startDemoAdministrator(world)();
  vi.advanceTimersByTime(10 * 60_000);
  const unanswered = demoAccounts().filter(
    (account) => JSON.parse(ask(world, account).json).errcode === 89503,
  );
  expect(unanswered).toHaveLength(1);
});
