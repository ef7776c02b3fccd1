import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MenuId } from '../../../electron/console/contract.ts';
import { App } from '../../../renderer/app.tsx';
import { closeShortcuts } from '../../../renderer/shortcuts/dialog-state.ts';
import { setSingleKeys } from '../../../renderer/shortcuts/single-keys.ts';
import { type FakeConsole, fakeAccount } from '../../support/renderer-fake-console.ts';
import { DESKTOP, FAKE_PASSPHRASE } from '../../support/renderer-fake-settings.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

afterEach(() => {
  closeShortcuts();
  forgetAll();
  setSingleKeys(true);
  vi.restoreAllMocks();
});

const browser = { host: 'browser' } as const;
const commands = (fake: FakeConsole) => fake.calls.map(({ command }) => command);
const two = [fakeAccount(1, { name: 'Apple' }), fakeAccount(2, { name: 'Pear', line: 'stable' })];

describe('single keys in a browser', () => {
  it('go to screens and from one account to the next', async () => {
    await renderOver(<App />, { ...browser, accounts: two });
    await userEvent.keyboard('j');
    expect(await screen.findByRole('heading', { level: 1, name: 'Apple' })).toBeTruthy();
    await userEvent.keyboard('j');
    expect(await screen.findByRole('heading', { level: 1, name: 'Pear' })).toBeTruthy();
    await userEvent.keyboard('k');
    expect(await screen.findByRole('heading', { level: 1, name: 'Apple' })).toBeTruthy();
    await userEvent.keyboard(',');
    expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeTruthy();
    await userEvent.keyboard('n');
    expect(await screen.findByRole('heading', { level: 1, name: 'Add an account' })).toBeTruthy();
  });

  it('refresh and copy the account on the screen', async () => {
    const fake = await renderOver(<App />, { ...browser, accounts: [fakeAccount(1, { line: 'stable' })] });
    await userEvent.keyboard('r');
    await waitFor(() => expect(commands(fake)).toContain('tokens.refresh'));
    await screen.findByRole('button', { name: /Copy token/ });
    await userEvent.keyboard('c');
    await waitFor(() => expect(commands(fake)).toContain('tokens.copy'));
    expect((await screen.findAllByText(/Copied/)).length).toBeGreaterThan(0);
  });

  it('are letters in a field, and nothing with a modifier or behind a dialog', async () => {
    const fake = await renderOver(<App />, { ...browser, accounts: two });
    await userEvent.keyboard('/');
    const search = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Search name or AppID' });
    expect(document.activeElement).toBe(search);
    await userEvent.keyboard('jr');
    expect(search.value).toBe('jr');
    act(() => search.blur());
    fireEvent.keyDown(document.body, { key: 'r', ctrlKey: true });
    await userEvent.keyboard('?');
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy();
    await userEvent.keyboard('j');
    expect(window.location.hash).toBe('');
    expect(commands(fake)).not.toContain('tokens.refresh');
  });

  it('can be switched off', async () => {
    await renderOver(<App />, { ...browser, accounts: two });
    await userEvent.keyboard('?');
    await userEvent.click(await screen.findByRole('switch', { name: 'Use single keys' }));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await userEvent.keyboard('j');
    expect(window.location.hash).toBe('');
  });
});

describe('the native menu', () => {
  async function renderWithMenu() {
    let choose: (id: MenuId) => void = () => {};
    const stop = vi.fn();
    const fake = await renderOver(<App />, {
      abilities: DESKTOP,
      accounts: two,
      shield: { hasPassphrase: true },
      onMenu: (listener) => {
        choose = listener;
        return stop;
      },
    });
    return { fake, stop, choose: (id: MenuId) => act(async () => choose(id)) };
  }

  it('does the same on the desktop, where letters alone do nothing', async () => {
    const { fake, choose } = await renderWithMenu();
    await userEvent.keyboard('j');
    expect(window.location.hash).toBe('');
    await choose('next-account');
    expect(await screen.findByRole('heading', { level: 1, name: 'Apple' })).toBeTruthy();
    await choose('settings');
    expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeTruthy();
    await choose('shortcuts');
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(dialog.textContent).toContain('CtrlShiftC');
    await choose('add');
    expect(window.location.hash).toBe('#/settings');
    await choose('lock');
    expect(commands(fake)).toContain('shield.lock');
    expect(await screen.findByRole('heading', { level: 1, name: 'The console is locked' })).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Passphrase'), `${FAKE_PASSPHRASE}{Enter}`);
    expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('reaches nothing while the console is locked', async () => {
    const { choose, stop } = await renderWithMenu();
    await choose('lock');
    await screen.findByRole('heading', { level: 1, name: 'The console is locked' });
    expect(stop).toHaveBeenCalled();
  });
});
