import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { App } from '../../../renderer/app.tsx';
import Settings from '../../../renderer/settings/settings.tsx';
import { type FakeConsole, fakeAccount } from '../../support/renderer-fake-console.ts';
import { DESKTOP, FAKE_PASSPHRASE } from '../../support/renderer-fake-settings.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

afterEach(forgetAll);

const locked = { abilities: DESKTOP, shield: { hasPassphrase: true, isLocked: true } };
const open = { abilities: DESKTOP, shield: { hasPassphrase: true } };
const sent = (fake: FakeConsole, command: string) =>
  fake.calls.filter((call) => call.command === command).map(({ input }) => input);
const field = () => screen.findByLabelText<HTMLInputElement>('Passphrase');

describe('a locked console', () => {
  it('shows how many accounts need somebody, and nothing else of them', async () => {
    await renderOver(<App />, locked);
    await field();
    expect(screen.getByRole('heading', { level: 1, name: 'The console is locked' })).toBeTruthy();
    expect(screen.getByText('5 accounts need attention')).toBeTruthy();
    expect(document.body.textContent).not.toMatch(/小程序商城|wx0000|[0-9a-f]{8}/);
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(document.activeElement).toBe(await field());
  });

  it('takes a token that was on the screen off the page', async () => {
    const fake = await renderOver(<App />, { ...open, accounts: [fakeAccount(1)] });
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(await screen.findByText(/EXAMPLE_TOKEN_/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Lock now' }));
    await field();
    expect(document.documentElement.outerHTML).not.toContain('EXAMPLE_TOKEN_');
    await userEvent.type(await field(), `${FAKE_PASSPHRASE}{Enter}`);
    expect(await screen.findByRole('button', { name: 'Show' })).toBeTruthy();
    expect(document.documentElement.outerHTML).not.toContain('EXAMPLE_TOKEN_');
    expect(sent(fake, 'tokens.reveal')).toHaveLength(1);
  });

  it('closes a dialog with the screen it was on', async () => {
    const fake = await renderOver(<App />, { ...open, accounts: [fakeAccount(1)] });
    await userEvent.click(screen.getByRole('button', { name: 'More actions' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Replace AppSecret/ }));
    await userEvent.type(await screen.findByLabelText('New AppSecret'), 'sandbox-secret-of-shop');
    await act(() => fake.commands['shield.lock']({}));
    await field();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.documentElement.outerHTML).not.toContain('sandbox-secret-of-shop');
    await userEvent.type(await field(), `${FAKE_PASSPHRASE}{Enter}`);
    await screen.findByRole('button', { name: 'More actions' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('empties the field after a wrong passphrase, and opens on the right one', async () => {
    const fake = await renderOver(<App />, locked);
    await userEvent.click(await screen.findByRole('button', { name: 'Unlock' }));
    expect(screen.getByText('Please enter the passphrase')).toBeTruthy();
    await userEvent.type(await field(), 'wrong words{Enter}');
    expect(await screen.findByText('That is not the passphrase. Try again.')).toBeTruthy();
    expect((await field()).value).toBe('');
    expect(document.activeElement).toBe(await field());
    await userEvent.type(await field(), `${FAKE_PASSPHRASE}{Enter}`);
    expect(await screen.findByRole('heading', { level: 1, name: '5 accounts need attention' })).toBeTruthy();
    expect(sent(fake, 'shield.unlock')).toHaveLength(2);
  });

  it('counts a wait down and hears nothing until it is over', async () => {
    const until = Date.now() + 65_000;
    const fake = await renderOver(<App />, { ...locked, shield: { ...locked.shield, until } });
    await field();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Unlock' }).disabled).toBe(true);
    expect(document.body.textContent).toMatch(/Wait 01:0[3-5], then try again/);
    await userEvent.type(await field(), `${FAKE_PASSPHRASE}{Enter}`);
    expect(sent(fake, 'shield.unlock')).toEqual([]);
    act(() =>
      fake.tell({
        type: 'shield-changed',
        shield: { isLocked: true, hasPassphrase: true, system: false, until: null },
      }),
    );
    await userEvent.type(await field(), '{Enter}');
    expect(sent(fake, 'shield.unlock')).toEqual([{ passphrase: FAKE_PASSPHRASE }]);
  });

  it('asks the system where that can tell who is here', async () => {
    const fake = await renderOver(<App />, { ...locked, shield: { ...locked.shield, system: true } });
    await userEvent.click(await screen.findByRole('button', { name: 'Unlock with Touch ID' }));
    expect(sent(fake, 'shield.unlock')).toEqual([{ passphrase: null }]);
    expect(await screen.findByText(/did not confirm that it is you/)).toBeTruthy();
  });

  it('tells the way out of a forgotten passphrase, and its price', async () => {
    await renderOver(<App />, locked);
    await userEvent.click(await screen.findByText('Forgotten?'));
    expect(screen.getByText('--reset-lock')).toBeTruthy();
    expect(screen.getByText(/every AppSecret and token with it/)).toBeTruthy();
  });
});

describe('the passphrase of the lock', () => {
  const dialog = () => within(screen.getByRole('dialog'));

  it('comes before what locks by itself', async () => {
    const fake = await renderOver(<Settings />, { abilities: DESKTOP });
    expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Lock with the screen' }).disabled).toBe(
      true,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Set a passphrase' }));
    await userEvent.type(dialog().getByLabelText('Passphrase'), 'four unrelated words');
    await userEvent.type(dialog().getByLabelText('The same again'), 'four unrelated words{Enter}');
    expect(sent(fake, 'shield.setPassphrase')).toEqual([{ current: null, next: 'four unrelated words' }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await userEvent.click(screen.getByRole('switch', { name: 'Lock with the screen' }));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Lock when idle for' }), '15 minutes');
    expect(sent(fake, 'preferences.set')).toEqual([
      { changes: { lock: { idleMinutes: null, withScreen: true } } },
      { changes: { lock: { idleMinutes: 15, withScreen: true } } },
    ]);
  });

  it('is changed and removed with the present one only', async () => {
    const fake = await renderOver(<Settings />, open);
    await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
    await userEvent.type(dialog().getByLabelText('Present passphrase'), 'wrong words{Enter}');
    expect(await dialog().findByText(/not the passphrase/)).toBeTruthy();
    expect(document.activeElement).toBe(dialog().getByLabelText('Present passphrase'));
    await userEvent.type(dialog().getByLabelText('Present passphrase'), `${FAKE_PASSPHRASE}{Enter}`);
    expect(await screen.findByRole('button', { name: 'Set a passphrase' })).toBeTruthy();
    expect(sent(fake, 'shield.setPassphrase').at(-1)).toEqual({ current: FAKE_PASSPHRASE, next: null });
  });

  it('is waited for after too many tries', async () => {
    const fake = await renderOver(<Settings />, open);
    fake.failNext('shield.setPassphrase', {
      code: 'wrong-passphrase',
      message: '',
      until: Date.now() + 8000,
    });
    await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
    await userEvent.type(dialog().getByLabelText('Present passphrase'), 'wrong words{Enter}');
    await waitFor(() => expect(dialog().getAllByText(/tried too often/).length).toBeGreaterThan(0));
    await userEvent.type(dialog().getByLabelText('Present passphrase'), `${FAKE_PASSPHRASE}{Enter}`);
    expect(sent(fake, 'shield.setPassphrase')).toHaveLength(1);
  });
});
