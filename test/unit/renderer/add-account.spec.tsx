import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import AddAccount from '../../../renderer/add-account/add-account.tsx';
import { type FakeConsole, fakeAccount } from '../../support/renderer-fake-console.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

afterEach(forgetAll);

const NEW = 'wx00000000000000f1';
const submit = () => userEvent.click(screen.getByRole('button', { name: 'Add and fetch a token' }));
const added = (fake: FakeConsole) =>
  fake.calls.filter((call) => call.command === 'accounts.add').map((call) => call.input);

async function fill(appId: string): Promise<void> {
  await userEvent.type(screen.getByLabelText('AppID'), appId);
  await userEvent.type(screen.getByLabelText('AppSecret'), 'sandbox-secret-of-shop');
  await userEvent.type(screen.getByLabelText('Name'), 'Shop');
}

it('sends one whole account and goes to its screen', async () => {
  const fake = await renderOver(<AddAccount />, { accounts: [] });
  await userEvent.click(screen.getByRole('radio', { name: /Mini Program/ }));
  await fill(NEW);
  await submit();
  await waitFor(() => expect(window.location.hash).toBe(`#/account/${NEW}`));
  expect(added(fake)).toEqual([
    { appId: NEW, name: 'Shop', kind: 'mini', line: 'stable', secret: 'sandbox-secret-of-shop' },
  ]);
});

it('says what it mended in a pasted AppID', async () => {
  await renderOver(<AddAccount />, { accounts: [] });
  await userEvent.click(screen.getByLabelText('AppID'));
  await userEvent.paste(` ${NEW.toUpperCase()} `);
  expect(screen.getByLabelText<HTMLInputElement>('AppID').value).toBe(NEW);
  expect(screen.getByText(/lowercase letters only; changed for you.*Spaces and invisible/)).toBeTruthy();
});

it('names what is missing, sends nothing and goes to the first fault', async () => {
  const fake = await renderOver(<AddAccount />, { accounts: [] });
  await submit();
  expect(screen.getByText('Please enter the AppSecret')).toBeTruthy();
  expect(screen.getByText('Please enter a name')).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('AppID')));
  expect(added(fake)).toEqual([]);
});

it('points out an AppSecret of another shape, and takes it', async () => {
  await renderOver(<AddAccount />, { accounts: [] });
  await userEvent.type(screen.getByLabelText('AppSecret'), 'short');
  expect(screen.getByText(/Usually 32 digits .* this has 5 characters/)).toBeTruthy();
  expect(screen.getByLabelText('AppSecret').getAttribute('type')).toBe('password');
});

it('knows an AppID that is here already, with the way to it', async () => {
  const account = fakeAccount(1);
  await renderOver(<AddAccount />, { accounts: [account] });
  await userEvent.type(screen.getByLabelText('AppID'), account.appId);
  expect(screen.getByText('This AppID has been added already')).toBeTruthy();
  const way = screen.getByRole('link', { name: 'Open that account' });
  expect(way.getAttribute('href')).toBe(`#/account/${account.appId}`);
});

it('puts what the console objects to at its field', async () => {
  const fake = await renderOver(<AddAccount />, { accounts: [] });
  await fill(NEW);
  fake.failNext('accounts.add', {
    code: 'invalid-input',
    message: '',
    faults: [{ path: 'secret', message: 'must not be yesterday’s' }],
  });
  await submit();
  expect(await screen.findByText('must not be yesterday’s')).toBeTruthy();
  expect(screen.getByLabelText('AppSecret').getAttribute('aria-invalid')).toBe('true');
  expect(window.location.hash).toBe('');
});
