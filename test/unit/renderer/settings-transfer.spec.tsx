import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import Settings from '../../../renderer/settings/settings.tsx';
import { takeEvents } from '../../../renderer/store.ts';
import { type FakeConsole, fakeAccount } from '../../support/renderer-fake-console.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

afterEach(forgetAll);

const PASSPHRASE = 'four words of no relation';
const SEALED = '-----BEGIN AGE ENCRYPTED FILE-----\nc2VhbGVk\n';
const sent = (fake: FakeConsole, command: string) =>
  fake.calls.filter((call) => call.command === command).map(({ input }) => input);
const dialog = () => within(screen.getByRole('dialog'));
const choose = async (text: string, name = 'accounts.age') => {
  const picker = document.querySelector<HTMLInputElement>('input[type=file]');
  if (picker === null) throw new Error('no picker');
  await userEvent.upload(picker, new File([text], name), { applyAccept: false });
};

describe('an export', () => {
  it('without AppSecrets needs no passphrase, and tells where the file is', async () => {
    const fake = await renderOver(<Settings />, { host: 'browser' });
    await userEvent.click(screen.getByRole('button', { name: 'Export…' }));
    expect(dialog().getByText(/not encrypted/)).toBeTruthy();
    await userEvent.click(dialog().getByRole('button', { name: 'Export' }));
    expect(sent(fake, 'accounts.export')).toEqual([{}]);
    expect(dialog().getByText('/home/admin/wechat-accounts.json')).toBeTruthy();
    expect(dialog().getByText(/on the machine the console runs on/)).toBeTruthy();
    await userEvent.click(dialog().getByRole('button', { name: 'Done' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('with AppSecrets asks twice for a passphrase, says how strong it is, and keeps it nowhere', async () => {
    const fake = await renderOver(<Settings />);
    await userEvent.click(screen.getByRole('button', { name: 'Export…' }));
    await userEvent.click(dialog().getByRole('radio', { name: 'With AppSecrets' }));
    const submit = () => userEvent.click(dialog().getByRole('button', { name: 'Export' }));
    const [first, second] = [
      dialog().getByLabelText('Passphrase of the file'),
      dialog().getByLabelText('The same again'),
    ];
    await userEvent.type(first, 'short');
    await submit();
    expect(dialog().getByText('At least 8 characters')).toBeTruthy();
    await userEvent.clear(first);
    await userEvent.type(first, PASSPHRASE);
    expect(dialog().getByText('Strong enough.')).toBeTruthy();
    await userEvent.type(second, 'another one');
    await submit();
    expect(dialog().getByText('The two are not the same')).toBeTruthy();
    expect(sent(fake, 'accounts.export')).toEqual([]);
    await userEvent.clear(second);
    await userEvent.type(second, PASSPHRASE);
    await submit();
    expect(sent(fake, 'accounts.export')).toEqual([{ passphrase: PASSPHRASE }]);
    expect(dialog().getByText(/Send the passphrase another way/)).toBeTruthy();
    expect(document.documentElement.outerHTML).not.toContain(PASSPHRASE);
  });

  it('has nothing to write without accounts', async () => {
    await renderOver(<Settings />, { accounts: [] });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Export…' }).disabled).toBe(true);
    expect(screen.getByText('There is no account to export yet.')).toBeTruthy();
  });
});

const fileOf = (version: number, accounts: readonly object[]) =>
  JSON.stringify({ format: 'wechat-token-console/accounts', version, accounts });
const PLAIN = fileOf(1, []);

describe('an import', () => {
  it('of a sealed file asks for its passphrase, and for another after a wrong one', async () => {
    const fake = await renderOver(<Settings />);
    fake.failNext('accounts.import', { code: 'wrong-passphrase', message: '' });
    await choose(SEALED);
    const field = await dialog().findByLabelText<HTMLInputElement>('Passphrase of the file');
    await userEvent.click(dialog().getByRole('button', { name: 'Import' }));
    expect(dialog().getByText('Please enter the passphrase')).toBeTruthy();
    expect(sent(fake, 'accounts.import')).toEqual([]);
    await userEvent.type(field, 'wrong words{Enter}');
    expect(await dialog().findByText(/not the passphrase/)).toBeTruthy();
    expect(field.value).toBe('');
    await userEvent.type(field, `${PASSPHRASE}{Enter}`);
    expect(sent(fake, 'accounts.import').at(-1)).toEqual({ text: SEALED, passphrase: PASSPHRASE });
    expect(await dialog().findByText('1 account added')).toBeTruthy();
    expect(dialog().getByText('1 account already here, not changed')).toBeTruthy();
  });

  it('of a plain file asks for nothing, and says what is left to do', async () => {
    const fake = await renderOver(<Settings />);
    await choose(PLAIN, 'accounts.json');
    expect(await dialog().findByText(/holds no AppSecrets/)).toBeTruthy();
    expect(dialog().queryByLabelText('Passphrase of the file')).toBeNull();
    await userEvent.click(dialog().getByRole('button', { name: 'Import' }));
    expect(sent(fake, 'accounts.import')).toEqual([{ text: PLAIN }]);
  });

  it('of a plain file with AppSecrets says that anybody can read them', async () => {
    await renderOver(<Settings />);
    await choose(fileOf(1, [{ appId: 'a', secret: 'x' }, { appId: 'b', secret: 'y' }, {}]), 'accounts.json');
    expect(await dialog().findByText(/holds 2 AppSecrets that anybody/)).toBeTruthy();
    expect(dialog().queryByText(/holds no AppSecrets/)).toBeNull();
  });

  it.each([
    [
      'AppID,AppSecret\nwx00000000000000a1,0123456789abcdef0123456789abcdef',
      'accounts.csv',
      /not a file of accounts/,
    ],
    ['a picture', 'cat.png', /not a file of accounts/],
    ['[]', 'list.json', /not a file of accounts/],
    ['null', 'null.json', /not a file of accounts/],
    [fileOf(2, []), 'newer.json', /newer version of the console/],
  ])('judges %j when it is chosen, and claims nothing of it', async (text, name, words) => {
    const fake = await renderOver(<Settings />);
    await choose(text, name);
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(sent(fake, 'accounts.import')).toEqual([]);
  });

  it('tells why accounts on the standard line come in paused', async () => {
    await renderOver(<Settings />);
    const account = fakeAccount(0, { appId: 'wx00000000000000f1', line: 'standard', phase: 'paused' });
    act(() => takeEvents([{ type: 'account-added', account }]));
    await choose(SEALED);
    await userEvent.type(await dialog().findByLabelText('Passphrase of the file'), `${PASSPHRASE}{Enter}`);
    expect(await dialog().findByText('Paused')).toBeTruthy();
    expect(dialog().getByText(/two machines that refresh/)).toBeTruthy();
    const link = dialog().getByRole('link', { name: '导入的账号' });
    expect(link.getAttribute('href')).toBe('#/account/wx00000000000000f1');
  });

  it.each([
    ['large itself', 'x'.repeat(32 * 1024 * 1024 + 1)],
    ['large on its way, each quotation mark escaped', '"'.repeat(17 * 1024 * 1024)],
  ])('of a file that is too %s is not tried, and the way out is told', async (_why, text) => {
    const fake = await renderOver(<Settings />);
    await choose(text, 'accounts.json');
    expect(await screen.findByText(/larger than 32 MiB/)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(sent(fake, 'accounts.import')).toEqual([]);
  });
});
