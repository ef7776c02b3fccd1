/** What may be copied into a message to a supporter: enough to help, and nothing of whose console it is. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WayOut } from '../../../electron/console/host.ts';
import { type QuietConsole, startQuietConsole, TOKEN } from '../../support/quiet-console.ts';

const APP_ID = 'wx0123456789abcdef';
const SEEDS = {
  appId: APP_ID,
  name: '独一无二的商城',
  secret: 'sandbox-secret-of-the-shop',
  apiBase: 'https://gateway-of-the-shop.example',
  proxyHost: 'proxy-of-the-shop.example',
  proxyUser: 'li-of-the-shop',
  proxyPassword: 'sandbox-word-of-proxy',
  feed: 'feed-of-the-shop.example',
  token: TOKEN,
};

const wayOut: WayOut = {
  fetch: () => Promise.reject(new Error('nothing is asked here')),
  use: async () => {},
  trial: () => Promise.reject(new Error('nothing is tried here')),
};

let console: QuietConsole;
let text: string;
beforeEach(async () => {
  const fault = '/etc/policy-of-the-shop.json: is not JSON';
  console = await startQuietConsole({
    host: { abilities: ['clipboard', 'updates'] },
    policy: { updates: { automatic: true, feed: `https://${SEEDS.feed}/` }, fault },
    wayOut,
  });
  const { appId, name, secret, apiBase } = SEEDS;
  await console.run('accounts.add', { appId, name, kind: 'official', line: 'stable', secret, apiBase });
  await console.run('network.setProxy', {
    settings: { mode: 'manual', url: `http://${SEEDS.proxyHost}:3128`, username: SEEDS.proxyUser },
    password: SEEDS.proxyPassword,
  });
  await console.run('preferences.set', { changes: { theme: 'dark' } });
  await console.app.accounts.get(APP_ID)?.keeper?.settled();
  ({ text } = await console.run('diagnostics.get', {}));
});
afterEach(() => console.close());

it.each(Object.entries(SEEDS))('does not hold the %s', (_what, seed) => {
  expect(text).not.toContain(seed);
});

it('holds no fingerprint of a token, and no path of this machine', () => {
  const fingerprint = console.app.state().accounts[0]?.token?.fingerprint;
  expect(fingerprint).toMatch(/^[0-9a-f]{8}$/);
  expect(text).not.toContain(fingerprint);
  expect(text).not.toContain('of-the-shop');
});

it('holds of an AppID what tells two of them apart', () => {
  expect(text).toContain('- wx01…ef official stable live alone');
  expect(text).not.toContain(APP_ID.slice(0, 6));
});

it('holds what a supporter asks for', () => {
  for (const fact of [
    'WeChat Token Console 0.0.0-test',
    `node ${process.versions.node}`,
    `${process.platform} ${process.arch}`,
    'vault: memory, ready',
    'gateway: off · update: off · proxy: manual',
    'can: clipboard, updates · settled by policy: updates',
    '"theme":"dark"',
    '"updates":{"automatic":true}',
    'notices: policy-ignored',
    'accounts: 1',
    'secret session-only',
    'last granted',
  ]) {
    expect(text).toContain(fact);
  }
});

it('says so when there is no account', async () => {
  await console.run('accounts.remove', { appId: APP_ID });
  expect((await console.run('diagnostics.get', {})).text).toMatch(/accounts: 0\n$/);
});
