import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { AccountView } from '../../../electron/console/contract.ts';
import { AccountScreen } from '../../../renderer/account/account-screen.tsx';
import { RefreshQuestion } from '../../../renderer/refresh/refresh-question.tsx';
import { fakeAccount } from '../../support/renderer-fake-console.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

afterEach(forgetAll);

async function open(account: AccountView) {
  const page = (
    <>
      <AccountScreen appId={account.appId} />
      <RefreshQuestion />
    </>
  );
  return renderOver(page, { accounts: [account] });
}

const refreshes = (fake: { calls: readonly { command: string; input: unknown }[] }) =>
  fake.calls.filter((call) => call.command === 'tokens.refresh').map((call) => call.input);

describe('a refresh on the standard line', () => {
  const account = fakeAccount(1, { name: 'Shop', line: 'standard' });

  it('says what it does first; Cancel has the focus and does nothing', async () => {
    const fake = await open(account);
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    const dialog = await screen.findByRole('dialog', { name: 'Refresh the token of "Shop"' });
    expect(dialog.textContent).toContain('The old one stops working within 5 minutes');
    const cancel = screen
      .getAllByRole('button', { name: 'Cancel' })
      .find((one) => one.textContent === 'Cancel');
    await waitFor(() => expect(document.activeElement).toBe(cancel));
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(refreshes(fake)).toEqual([]);
  });

  it('goes ahead after a yes and says that there is a new token', async () => {
    const fake = await open(account);
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    const dialog = await screen.findByRole('dialog');
    const yes = [...dialog.querySelectorAll('button')].find((one) => one.textContent === 'Refresh');
    if (!yes) throw new Error('nothing to say yes with');
    await userEvent.click(yes);
    expect(await screen.findByText('There is a new token.')).toBeTruthy();
    expect(refreshes(fake)).toEqual([{ appId: account.appId }]);
  });
});

describe('a refresh on the stable line', () => {
  const account = fakeAccount(1, { name: 'Shop', line: 'stable' });

  it('goes ahead at once and explains why the token is the same', async () => {
    const fake = await open(account);
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(await screen.findByText(/WeChat gave the same token again/)).toBeTruthy();
    expect(refreshes(fake)).toEqual([{ appId: account.appId }]);
  });

  it('is forced from the menu only, after its limits were told', async () => {
    const fake = await open(account);
    await userEvent.click(screen.getByRole('button', { name: 'More actions' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Force a refresh/ }));
    expect((await screen.findByRole('dialog')).textContent).toContain('WeChat allows 20 a day');
    await userEvent.click(screen.getByRole('button', { name: 'Force refresh' }));
    await waitFor(() => expect(refreshes(fake)).toEqual([{ appId: account.appId, force: true }]));
  });

  it('that the console turned down says why and what next', async () => {
    const fake = await open(account);
    fake.failNext('tokens.refresh', { code: 'secret-locked', message: '' });
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(await screen.findByText(/keychain is locked .* Unlock it and try again/)).toBeTruthy();
  });
});

describe('a refresh while a block lasts', () => {
  const account = fakeAccount(1, {
    token: null,
    phase: 'refused',
    nextAttemptAt: null,
    confirmation: {
      state: 'refused-once',
      ip: '203.0.113.7',
      since: Date.now(),
      until: Date.now() + 600_000,
      nextProbeAt: null,
      probesLeft: 0,
    },
  });

  it('needs the word that the administrator was talked to', async () => {
    const fake = await open(account);
    await userEvent.click(await screen.findByRole('button', { name: /Try early/ }));
    const yes = await screen.findByRole('button', { name: 'Try all the same' });
    expect(yes.hasAttribute('disabled')).toBe(true);
    await userEvent.click(screen.getByRole('checkbox', { name: /I have talked/ }));
    await userEvent.click(yes);
    await waitFor(() => expect(refreshes(fake)).toEqual([{ appId: account.appId, force: true }]));
  });
});

it('while one runs, the button says so and cannot be pressed again', async () => {
  const account = fakeAccount(1, { line: 'stable' });
  await renderOver(<AccountScreen appId={account.appId} />, { accounts: [account], refreshMs: 2100 });
  await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
  const button = screen.getByRole('button', { name: 'Refreshing' });
  expect(button.hasAttribute('disabled')).toBe(true);
  expect(await screen.findByRole('button', { name: /^Refreshing \d s$/ }, { timeout: 3000 })).toBeTruthy();
  expect(await screen.findByRole('button', { name: 'Refresh' }, { timeout: 3000 })).toBeTruthy();
});
