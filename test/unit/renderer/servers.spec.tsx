import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type {
  AccountView,
  ClientView,
  CommandError,
  HandoutView,
} from '../../../electron/console/contract.ts';
import { AccountDetails } from '../../../renderer/account/account-details.tsx';
import { parseRoute, useHash } from '../../../renderer/router.ts';
import { choiceOf, queryOf } from '../../../renderer/servers/choice.ts';
import { fetchedBy } from '../../../renderer/servers/fetched.ts';
import Servers from '../../../renderer/servers/servers.tsx';
import {
  gatewayProblem,
  gatewayUrlFor,
  isHost,
  isLoopback,
  placeReason,
  redisReason,
  wholeNumber,
} from '../../../renderer/servers/words.ts';
import Settings from '../../../renderer/settings/settings.tsx';
import { type FakeOptions, fakeAccount, fakeHandout } from '../../support/renderer-fake-console.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

afterEach(forgetAll);

const MINUTE = 60_000;
const shop = fakeAccount(1, { name: 'Shop', kind: 'official' });
const office = fakeAccount(2, { name: 'Office', kind: 'mini' });
const base = () => fakeHandout([shop, office]);

type Fake = Awaited<ReturnType<typeof renderOver>>;
const inputsOf = (fake: Fake, command: string) =>
  fake.calls.filter((call) => call.command === command).map((call) => call.input);

function Page() {
  const route = parseRoute(useHash());
  return route.screen === 'servers' ? <Servers query={route.query} /> : null;
}

async function open(handout: Partial<HandoutView> = {}, query = '', options: FakeOptions = {}) {
  window.location.hash = `#/servers?${query}`;
  const fake = await renderOver(<Page />, { accounts: [shop, office], handout, ...options });
  await screen.findByRole('heading', { name: 'Gateway' });
  return fake;
}

const press = (name: string | RegExp, inside: HTMLElement = document.body) =>
  userEvent.click(within(inside).getByRole('button', { name }));
const section = (name: string) => screen.getByRole('region', { name });
const settings = { enabled: true, host: '127.0.0.1', port: 7321, tls: null };
const gatewayWith = (changes: Partial<HandoutView['gateway']>) => ({
  gateway: { ...base().gateway, ...changes },
});

describe('the gateway', () => {
  it('shows its address and is switched off at once', async () => {
    const fake = await open();
    expect(within(section('Gateway')).getByText('http://127.0.0.1:7321')).toBeTruthy();
    await userEvent.click(screen.getByRole('switch', { name: 'Use the gateway' }));
    expect(inputsOf(fake, 'handout.setGateway')).toEqual([{ ...settings, enabled: false }]);
    expect(section('Gateway').textContent).toContain('The gateway is not open.');
  });

  it('at an address that others reach is opened only after a question that names it', async () => {
    const fake = await open(
      gatewayWith({ settings: { ...settings, enabled: false, host: '0.0.0.0' }, url: null }),
    );
    await userEvent.click(screen.getByRole('switch'));
    const dialog = await screen.findByRole('dialog', { name: 'Let other machines reach the gateway' });
    expect(dialog.textContent).toContain('0.0.0.0:7321');
    expect(dialog.textContent).toContain('It does not use TLS now');
    expect(inputsOf(fake, 'handout.setGateway')).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(inputsOf(fake, 'handout.setGateway')).toEqual([]);
    await userEvent.click(screen.getByRole('switch'));
    await press('Open at this address', await screen.findByRole('dialog'));
    expect(inputsOf(fake, 'handout.setGateway')).toEqual([{ ...settings, host: '0.0.0.0' }]);
  });

  it('takes an address, a port and TLS files, and asks before it opens to others', async () => {
    const fake = await open();
    await press('Gateway settings');
    const dialog = await screen.findByRole('dialog', { name: 'Gateway settings' });
    const host = within(dialog).getByLabelText('Address to listen on');
    await userEvent.clear(host);
    await userEvent.type(host, 'http://shop');
    expect(within(dialog).getByText(/^Enter an IP address or host name/)).toBeTruthy();
    await userEvent.clear(host);
    await userEvent.type(host, '192.0.2.7');
    await userEvent.click(within(dialog).getByRole('checkbox'));
    await press('Save', dialog);
    expect(within(dialog).getAllByText('Enter the path of the file')).toHaveLength(2);
    await userEvent.type(within(dialog).getByLabelText('Certificate file'), '/etc/console.crt');
    await userEvent.type(within(dialog).getByLabelText('Key file'), '/etc/console.key');
    await press('Save', dialog);
    expect(inputsOf(fake, 'handout.setGateway')).toEqual([]);
    const question = await screen.findByRole('dialog', { name: 'Let other machines reach the gateway' });
    expect(question.textContent).toContain('192.0.2.7:7321');
    expect(question.textContent).toContain('It is encrypted with TLS');
    await press('Open at this address', question);
    const tls = { certFile: '/etc/console.crt', keyFile: '/etc/console.key' };
    expect(inputsOf(fake, 'handout.setGateway')).toEqual([{ ...settings, host: '192.0.2.7', tls }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('that could not be changed says why and keeps what was typed', async () => {
    const fake = await open();
    const message = 'The address is in use by another program.';
    fake.failNext('handout.setGateway', { code: 'gateway-failed', message });
    await press('Gateway settings');
    const dialog = await screen.findByRole('dialog');
    await press('Save', dialog);
    expect(await within(dialog).findByText(/^Another program already uses this address/)).toBeTruthy();
    expect(dialog.textContent).toContain(message);
  });

  it('set by the command line is shown and cannot be changed', async () => {
    await open(gatewayWith({ isFixed: true }));
    expect(screen.getByRole<HTMLInputElement>('switch').disabled).toBe(true);
    expect(screen.queryByRole('button', { name: 'Gateway settings' })).toBeNull();
    expect(section('Gateway').textContent).toContain('set by the start command');
  });

  it('that does not listen says why in words', async () => {
    const problem = 'listen EADDRINUSE: address already in use';
    await open(gatewayWith({ url: null, problem }));
    expect(section('Gateway').textContent).toContain('Another program already uses this address and port.');
    expect(section('Gateway').textContent).toContain(problem);
  });
});

describe('the keys', () => {
  const rowOf = (name: string) => screen.getByText(name).closest('li') as HTMLElement;

  it('are made for chosen accounts, shown once, and gone from the page then', async () => {
    const fake = await open();
    await press('New key');
    const dialog = await screen.findByRole('dialog', { name: 'New key' });
    await press('Make the key', dialog);
    expect(within(dialog).getByText('Please enter a name')).toBeTruthy();
    await userEvent.type(within(dialog).getByLabelText('Name'), 'Orders');
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Only chosen accounts' }));
    await press('Make the key', dialog);
    expect(within(dialog).getByText('Choose at least one account')).toBeTruthy();
    expect(inputsOf(fake, 'clients.create')).toEqual([]);
    await userEvent.click(within(dialog).getByRole('checkbox', { name: /^Office/ }));
    await press('Make the key', dialog);
    expect(inputsOf(fake, 'clients.create')).toEqual([{ name: 'Orders', appIds: [office.appId] }]);
    const shown = await screen.findByRole('dialog', { name: 'The key of "Orders"' });
    expect(shown.textContent).toContain('wtc_EXAMPLE-');
    expect(shown.textContent).toContain('It is not shown again');
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('dialog').textContent).toContain('wtc_EXAMPLE-');
    await press('Copied, close', shown);
    await waitFor(() => expect(document.body.textContent).not.toContain('wtc_EXAMPLE-'));
    expect(rowOf('Orders').textContent).toContain('not used yet');
  });

  it('are revoked only after a question', async () => {
    const fake = await open();
    await press('Revoke the key of "订单服务"');
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('get no token from now on');
    expect(inputsOf(fake, 'clients.revoke')).toEqual([]);
    await press('Revoke', dialog);
    expect(inputsOf(fake, 'clients.revoke')).toEqual([{ id: 'c1' }]);
    await waitFor(() => expect(screen.queryByText('订单服务')).toBeNull());
  });

  it('tell who still has the old token, and for how long it works', async () => {
    const previousToken = { fingerprint: '0badc0de', usableUntil: Date.now() + 3 * MINUTE };
    const renewed = { ...shop, previousToken };
    const client = (id: string, fingerprint: string): ClientView => ({
      ...{ id, name: id, appIds: '*', createdAt: 0, lastUsedAt: Date.now(), perMinute: 3 },
      fetched: [{ appId: shop.appId, fingerprint, at: Date.now() }],
    });
    const clients = [
      client('fresh', shop.token?.fingerprint ?? ''),
      client('late', '0badc0de'),
      client('asleep', '11112222'),
      { ...client('after-restart', ''), fetched: [] },
    ];
    await open({ clients }, '', { accounts: [renewed] });
    expect(rowOf('fresh').textContent).toContain('Has the current token');
    expect(rowOf('late').textContent).toMatch(/Shop: still has the old token, usable for 0[23]:\d\d/);
    expect(rowOf('asleep').textContent).toContain('Shop: the token it last fetched no longer works');
    expect(rowOf('after-restart').textContent).toContain('No token fetched since the console started');
  });

  it('say that there are none', async () => {
    await open({ clients: [] });
    expect(section('Keys').textContent).toContain('No keys yet');
  });
});

describe('what a server fetched', () => {
  const now = 1_000_000;
  const token = { fingerprint: 'aaaa0000', obtainedAt: 0, expiresAt: now + 1, expiresIn: 7200 };
  const account = { ...shop, token, previousToken: { fingerprint: 'bbbb0000', usableUntil: now + 5 } };
  const client = (...fetched: readonly (readonly [string, string])[]) =>
    ({
      fetched: fetched.map(([appId, fingerprint]) => ({ appId, fingerprint, at: 0 })),
    }) as unknown as ClientView;
  const states = (fingerprint: string, at = now) =>
    fetchedBy(client([shop.appId, fingerprint]), { [shop.appId]: account }, at).map(({ state }) => state);

  it('is current, old for as long as it works, then dead', () => {
    expect(states('aaaa0000')).toEqual(['current']);
    expect(states('aaaa0000', now + 1)).toEqual(['dead']);
    expect(states('bbbb0000')).toEqual(['old']);
    expect(states('bbbb0000', now + 5)).toEqual(['dead']);
    expect(states('cccc0000')).toEqual(['dead']);
  });

  it('leaves out accounts that are gone and puts those behind first', () => {
    const accounts = { a: account, b: account };
    const all = fetchedBy(client(['a', 'aaaa0000'], ['gone', 'x'], ['b', 'bbbb0000']), accounts, now);
    expect(all.map(({ appId, state, until }) => [appId, state, until])).toEqual([
      ['b', 'old', now + 5],
      ['a', 'current', null],
    ]);
  });
});

describe('Redis', () => {
  const redisWith = (changes: Partial<HandoutView['redis']>) => ({ redis: { ...base().redis, ...changes } });

  it('keeps its password when none is typed, and sends the one that is', async () => {
    const fake = await open();
    await press('Redis settings');
    const dialog = await screen.findByRole('dialog', { name: 'Redis settings' });
    const password = within(dialog).getByLabelText<HTMLInputElement>('Password');
    expect(password.value).toBe('');
    await press('Save', dialog);
    expect(inputsOf(fake, 'handout.setRedis')).toEqual([{ settings: base().redis.settings }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await press('Redis settings');
    await userEvent.type(screen.getByLabelText('Password'), 'a-password-of-a-test');
    await press('Save');
    expect(inputsOf(fake, 'handout.setRedis').at(-1)).toMatchObject({ password: 'a-password-of-a-test' });
    expect(document.body.innerHTML).not.toContain('a-password-of-a-test');
  });

  it('that does not work says why, and what goes on working', async () => {
    const detail = 'wrong user name or password (WRONGPASS)';
    await open(redisWith({ status: 'failing', detail }));
    const text = section('Redis').textContent;
    expect(text).toContain('Redis does not accept this user name or password.');
    expect(text).toContain('go on giving out tokens');
    expect(text).toContain(detail);
  });

  it('is disconnected only after a question', async () => {
    const fake = await open();
    await press('Disconnect');
    const dialog = await screen.findByRole('dialog', { name: 'Disconnect Redis' });
    expect(inputsOf(fake, 'handout.setRedis')).toEqual([]);
    await press('Disconnect', dialog);
    expect(inputsOf(fake, 'handout.setRedis')).toEqual([{ settings: null }]);
    expect(await screen.findByText(/^No Redis is connected\. The gateway/)).toBeTruthy();
  });
});

describe('how to connect', () => {
  const snippet = () =>
    screen.getByRole('figure', { name: 'Example' }).querySelector('pre')?.textContent ?? '';

  it('gives an example with the values of the chosen account', async () => {
    await open();
    expect(snippet()).toContain(`http://127.0.0.1:7321/v1/tokens/${shop.appId}`);
    await userEvent.selectOptions(screen.getByLabelText('Account'), office.appId);
    expect(snippet()).toContain(office.appId);
    await userEvent.selectOptions(screen.getByLabelText('Way to connect'), 'wechatpy');
    expect(snippet()).toContain('auto_retry=False');
    expect(window.location.hash).toBe(`#/servers?appId=${office.appId}&way=wechatpy`);
  });

  it('adds what the way needs to the account, and keeps what it has', async () => {
    const fake = await open({}, 'way=powerwechat');
    await press('Write it to Redis for this account');
    expect(inputsOf(fake, 'handout.setAccount')).toEqual([
      {
        appId: shop.appId,
        file: null,
        targets: [{ profile: 'wxjava' }, { profile: 'wechatpy' }, { profile: 'powerwechat' }],
      },
    ]);
    await waitFor(() => expect(screen.queryByRole('button', { name: /for this account/ })).toBeNull());
  });

  it('reminds an official account of the whitelist', async () => {
    await open();
    const reminder = screen.getByRole('region', { name: /belongs on the whitelist too/ });
    expect(reminder.textContent).toContain('For an Official Account');
    expect(within(reminder).getByRole('link', { name: /40164/ }).getAttribute('href')).toBe('#/errors/40164');
  });

  it('says what is missing: an account, the gateway, Redis', async () => {
    await open({}, '', { accounts: [] });
    expect(screen.getByRole('link', { name: 'Add an account' }).getAttribute('href')).toBe('#/add');
    forgetAll();
    await open(gatewayWith({ settings: { ...settings, enabled: false }, url: null }));
    expect(screen.getByText(/^The gateway is not open yet/)).toBeTruthy();
    forgetAll();
    await open({ redis: { ...base().redis, settings: null, status: 'off' } }, 'way=wxjava');
    expect(screen.getByText('This way needs a Redis connection first.')).toBeTruthy();
    expect(snippet()).toContain('<redis host>');
  });
});

describe('the places of an account', () => {
  const rows = () => within(screen.getByRole('list', { name: 'Places written to' })).getAllByRole('listitem');

  it("leave another writer's token alone until a person takes over", async () => {
    const fake = await open();
    const [, foreign] = rows();
    expect(foreign?.textContent).toContain('The console did not overwrite it.');
    await press('Let the console take over', foreign);
    const targets = [{ profile: 'wxjava' }, { profile: 'wechatpy' }];
    expect(inputsOf(fake, 'handout.setAccount')).toEqual([{ appId: shop.appId, file: null, targets }]);
    await waitFor(() => expect(rows()[1]?.textContent).toContain('Written'));
  });

  it('are added with a key of their own and removed after a question', async () => {
    const fake = await open();
    await press('Write it to Redis');
    const dialog = await screen.findByRole('dialog', { name: 'Write "Shop" to Redis' });
    await userEvent.selectOptions(within(dialog).getByLabelText('Format'), 'easywechat6');
    await userEvent.click(within(dialog).getByText('Advanced'));
    await userEvent.type(within(dialog).getByLabelText('Prefix of the key'), 'easywechat:');
    await userEvent.type(within(dialog).getByLabelText('The text in place of the AppSecret'), 'shop-key');
    await press('Start writing', dialog);
    const added = { profile: 'easywechat6', prefix: 'easywechat:', configuredSecret: 'shop-key' };
    expect(inputsOf(fake, 'handout.setAccount')).toMatchObject([{ targets: [{}, {}, added] }]);
    await waitFor(() => expect(rows()).toHaveLength(3));
    await press('Remove EasyWeChat 6 (PHP)');
    const question = await screen.findByRole('dialog', { name: 'Stop writing EasyWeChat 6 (PHP)' });
    await press('Remove', question);
    await waitFor(() => expect(rows()).toHaveLength(2));
  });

  it('may be a file; permissions that let others read it are named', async () => {
    const fake = await open();
    await press('Set up a token file');
    const dialog = await screen.findByRole('dialog', { name: 'The token file of "Shop"' });
    await press('Save', dialog);
    expect(within(dialog).getByText('Enter the path')).toBeTruthy();
    await userEvent.type(within(dialog).getByLabelText('Path'), '/srv/token');
    await userEvent.type(within(dialog).getByLabelText('File permissions'), '644');
    expect(within(dialog).getByText(/other users of this machine can read/)).toBeTruthy();
    await press('Save', dialog);
    const file = { path: '/srv/token', format: 'bare', mode: '644' };
    expect(inputsOf(fake, 'handout.setAccount')).toMatchObject([{ file }]);
    await waitFor(() => expect(rows().at(-1)?.textContent).toContain('/srv/token (644)'));
  });

  it('that cannot be read can be asked for again', async () => {
    const fake = await open();
    fake.failNext('handout.get', { code: 'unreachable', message: '' } satisfies CommandError);
    fake.tell({ type: 'handout-changed' });
    await screen.findByText(/^This page could not be read/);
    await press('Try again');
    await waitFor(() => expect(screen.queryByText(/^This page could not be read/)).toBeNull());
  });
});

describe('words for plain English', () => {
  it.each([
    ['wrong user name or password (WRONGPASS)', 'password'],
    ['Redis asks for a password and none is set here (NOAUTH)', 'password'],
    ['this Redis has no database of that number', 'database'],
    [
      'Redis is in protected mode: it answers its own machine only until it has a password (DENIED)',
      'protected',
    ],
    ['Redis is full and takes no writes (OOM): raise maxmemory or free some', 'full'],
    ['this Redis is a read-only replica (READONLY): give the address of its master', 'readonly'],
    ['Redis cannot save to its disk and takes no writes (MISCONF)', 'unwritable'],
    ['the Redis user may not do this: check its ACL for these keys and commands (NOPERM)', 'permission'],
    ['this is a Redis Cluster; a single Redis is needed', 'cluster'],
    ['Redis is still loading its data (LOADING)', 'busy'],
    ['nothing listens at this address (ECONNREFUSED)', 'refused'],
    ['the host name is not known (DNS)', 'name'],
    ['no answer in time', 'timeout'],
    ['its password cannot be read from the vault: the keychain is locked', 'vault'],
    ['its certificate is not trusted (TLS)', 'tls'],
    ['the connection was closed: did Redis stop, or does it speak TLS on this port?', 'closed'],
    ['something new', 'other'],
  ])('%s', (detail, word) => {
    expect(redisReason(detail)).toBe(word);
  });

  it('of the gateway and of places', () => {
    expect(gatewayProblem('The address is in use by another program.')).toBe('in-use');
    expect(gatewayProblem('This machine has no such address.')).toBe('no-address');
    expect(gatewayProblem('The system does not allow it: a port below 1024, or a file.')).toBe('not-allowed');
    expect(gatewayProblem('The certificate or key file is not there.')).toBe('tls');
    expect(gatewayProblem('no idea')).toBe('other');
    expect(placeReason(null)).toBeNull();
    expect(placeReason('another console refreshes this account and writes its keys')).toBe('follows');
    expect(placeReason('another target, of this or another account, writes this key')).toBe('taken');
    expect(placeReason('EACCES: permission denied')).toBeNull();
  });
});

describe('addresses', () => {
  it('are loopback or not', () => {
    expect(['127.0.0.1', '127.8.0.1', 'localhost', '::1', '[::1]'].map(isLoopback)).toEqual(
      Array(5).fill(true),
    );
    expect(['0.0.0.0', '192.0.2.7', '::', 'localhost.example', '127.0.0.1.example'].map(isLoopback)).toEqual(
      Array(5).fill(false),
    );
  });

  it('are hosts or not', () => {
    expect(['redis.example', '192.0.2.7', '::1', '[2001:db8::1]'].map(isHost)).toEqual(Array(4).fill(true));
    expect(['', 'a b', 'http://a', 'a:1', 'a/b', 'u@a'].map(isHost)).toEqual(Array(6).fill(false));
    expect(['0', '65535', '65536', '-1', '1.5', ''].map((text) => wholeNumber(text, 0, 65_535))).toEqual([
      ...[0, 65_535],
      ...Array(4).fill(null),
    ]);
  });

  it('that stand for all addresses of a machine are not given to a server', () => {
    const at = (host: string, url: string | null) =>
      gatewayUrlFor({ ...base().gateway, settings: { ...settings, host }, url });
    expect(at('127.0.0.1', null)).toBe('http://127.0.0.1:7321');
    expect(at('192.0.2.7', 'https://192.0.2.7:7321')).toBe('https://192.0.2.7:7321');
    expect(at('0.0.0.0', 'http://0.0.0.0:7321')).toBe('http://<console address>:7321');
    expect(at('::', 'http://[::]:7321')).toBe('http://<console address>:7321');
  });

  it('of the page carry the account and the way', () => {
    const ids = [shop.appId, office.appId];
    const choice = { appId: office.appId, way: 'silenceper' as const };
    expect(choiceOf(queryOf(choice), ids)).toEqual(choice);
    expect(choiceOf('appId=wx00000000000000ff&way=nothing', ids)).toEqual({ appId: shop.appId, way: 'curl' });
    expect(choiceOf('', [])).toEqual({ appId: null, way: 'curl' });
  });
});

describe('elsewhere', () => {
  it('the settings say whether the gateway is open and lead here', async () => {
    const fake = await renderOver(<Settings />, {});
    expect(screen.getByText('The gateway is not open')).toBeTruthy();
    fake.tell({ type: 'gateway-changed', gateway: { url: 'http://127.0.0.1:7321' } });
    expect(await screen.findByText('The gateway is open: http://127.0.0.1:7321')).toBeTruthy();
    const link = screen.getByRole('link', { name: 'Open business servers' });
    expect(link.getAttribute('href')).toBe('#/servers');
  });

  it.each([
    ['alone', null],
    ['following', '由另一台控制台刷新，这台跟随'],
    ['leading', '由这台控制台刷新，其他的跟随'],
  ] as const)('an account that is %s', async (role: AccountView['role'], text) => {
    const account = { ...shop, role };
    await renderOver(<AccountDetails account={account} />, { accounts: [account] }, 'zh');
    expect(screen.queryByText('多台控制台') !== null).toBe(text !== null);
    if (text !== null) expect(screen.getByText(text)).toBeTruthy();
  });
});
