import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { App } from '../../../renderer/app.tsx';
import Settings from '../../../renderer/settings/settings.tsx';
import { takeEvents } from '../../../renderer/store.ts';
import type { FakeConsole } from '../../support/renderer-fake-console.ts';
import { DESKTOP } from '../../support/renderer-fake-settings.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

beforeEach(() => window.localStorage.clear());
afterEach(forgetAll);

const desktop = { abilities: DESKTOP };
const sent = (fake: FakeConsole, command: string) =>
  fake.calls.filter((call) => call.command === command).map(({ input }) => input);
const changes = (fake: FakeConsole) => sent(fake, 'preferences.set');
const failed = { code: 'storage-failed', message: '' } as const;

describe('the page of settings', () => {
  it('shows only what its host can do', async () => {
    await renderOver(<Settings />, { host: 'browser', accounts: [] });
    const parts = within(screen.getByRole('navigation', { name: 'Parts of the settings' }));
    expect(parts.getAllByRole('link').map((link) => link.textContent)).toEqual([
      'General',
      'Clipboard',
      'Network',
      'Business servers',
      'Export and import',
      'Where things lie',
      'About',
    ]);
    for (const absent of ['Start at login', 'Data folder', 'Logs', 'Open-source licences', 'New versions'])
      expect(screen.queryByText(absent)).toBeNull();
  });

  it('goes to a part by its link and by its address, and to the same one twice', async () => {
    await renderOver(<Settings part="network" />, desktop);
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2, name: 'Network' }));
    const link = within(screen.getByRole('navigation')).getByRole('link', { name: 'Lock' });
    const heading = screen.getByRole('heading', { level: 2, name: 'Lock' });
    for (let n = 0; n < 2; n += 1) {
      await userEvent.click(link);
      expect(document.activeElement).toBe(heading);
      expect(window.location.hash).toBe('#/settings?part=lock');
    }
  });
});

describe('a change', () => {
  it('is saved at once', async () => {
    const fake = await renderOver(<Settings />, desktop);
    await userEvent.click(screen.getByRole('switch', { name: 'Start at login' }));
    expect(changes(fake)).toEqual([{ changes: { startAtLogin: true } }]);
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Clear a copied token after' }),
      'Never',
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Clear a copied token after' }),
      '5 minutes',
    );
    expect(changes(fake).slice(1)).toEqual([
      { changes: { clipboardSeconds: null } },
      { changes: { clipboardSeconds: 300 } },
    ]);
  });

  it('that is not taken falls back, and says why beside its control', async () => {
    const fake = await renderOver(<Settings />, desktop);
    fake.failNext('preferences.set', failed);
    const keep = screen.getByRole<HTMLInputElement>('switch', { name: /Keep running/ });
    expect(keep.checked).toBe(true);
    await userEvent.click(keep);
    expect(await screen.findByText(/could not be saved/)).toBeTruthy();
    expect(keep.checked).toBe(true);
    await userEvent.click(keep);
    expect(keep.checked).toBe(false);
    expect(screen.queryByText(/could not be saved/)).toBeNull();
  });

  it('of a second switch builds on the first, before that is answered', async () => {
    const fake = await renderOver(<Settings />, desktop);
    const click = (name: string) => screen.getByRole('switch', { name }).click();
    await act(async () => {
      click('IP not on the whitelist');
      click('Live again');
    });
    expect(changes(fake).at(-1)).toEqual({
      changes: { notices: { off: ['whitelist', 'recovered'], quiet: null } },
    });
  });

  it('of the quiet hours needs two different times', async () => {
    const fake = await renderOver(<Settings />, desktop);
    await userEvent.click(screen.getByRole('switch', { name: 'Quiet hours' }));
    const [from, to] = [screen.getByLabelText('From'), screen.getByLabelText('To')];
    await userEvent.clear(from);
    await userEvent.type(from, '08:00');
    expect(screen.getByText('Must begin and end at different times')).toBeTruthy();
    await userEvent.clear(to);
    await userEvent.type(to, '09:30');
    expect(changes(fake).at(-1)).toEqual({
      changes: { notices: { off: [], quiet: { from: '08:00', to: '09:30' } } },
    });
    const quiet = changes(fake).map((input) => (input as never as typeof CHANGE).changes.notices.quiet);
    expect(quiet.every((hours) => hours.from !== hours.to)).toBe(true);
  });
});

const CHANGE = { changes: { notices: { quiet: { from: '', to: '' } } } };

describe('language and appearance', () => {
  it('are preferences on the desktop, and the page follows them without being loaded again', async () => {
    const fake = await renderOver(<App />, desktop);
    window.location.hash = '#/settings';
    await userEvent.click(await screen.findByRole('radio', { name: '中文' }));
    expect(changes(fake)).toEqual([{ changes: { language: 'zh' } }]);
    expect(await screen.findByRole('heading', { level: 1, name: '设置' })).toBeTruthy();
    expect(window.localStorage.getItem('token-console.language')).toBe('zh');
    await userEvent.click(screen.getByRole('radio', { name: '深色' }));
    await waitFor(() => expect(document.documentElement.dataset.mantineColorScheme).toBe('dark'));
    expect(window.localStorage.getItem('mantine-color-scheme-value')).toBe('dark');
  });

  it('follow a change made elsewhere', async () => {
    const fake = await renderOver(<App />, desktop);
    const answer = await fake.commands['preferences.set']({ changes: { language: 'zh', theme: 'light' } });
    if (answer.ok) act(() => takeEvents([{ type: 'preferences-changed', preferences: answer.value }]));
    expect(await screen.findByText('5 个账号需要处理')).toBeTruthy();
    expect(document.documentElement.dataset.mantineColorScheme).toBe('light');
  });

  it('stay the browser own in a browser', async () => {
    const fake = await renderOver(<App />, {
      host: 'browser',
      preferences: { language: 'zh', theme: 'dark' },
    });
    window.location.hash = '#/settings';
    expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: '中文' }));
    expect(await screen.findByRole('heading', { level: 1, name: '设置' })).toBeTruthy();
    expect(changes(fake)).toEqual([]);
  });

  it('are locked where the administrators have settled the language', async () => {
    await renderOver(<App />, {
      host: 'browser',
      managed: ['language'],
      preferences: { language: 'zh' },
    });
    window.location.hash = '#/settings';
    expect(await screen.findByRole('heading', { level: 1, name: '设置' })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'English' }).disabled).toBe(true);
    expect(screen.getByText('由这台机器的管理员统一设定')).toBeTruthy();
    expect(window.localStorage.getItem('token-console.language')).toBeNull();
  });
});

describe('updates', () => {
  it('are looked for, downloaded and installed only when asked', async () => {
    const fake = await renderOver(<Settings />, { ...desktop, update: { state: 'idle' } });
    await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
    expect(sent(fake, 'updates.check')).toHaveLength(1);
    const update = { state: 'available', version: '0.2.0', percent: null, at: 0, detail: null } as const;
    act(() => takeEvents([{ type: 'update-changed', update }]));
    await userEvent.click(screen.getByRole('button', { name: 'Download' }));
    expect(sent(fake, 'updates.install')).toHaveLength(1);
    act(() =>
      takeEvents([{ type: 'update-changed', update: { ...update, state: 'downloading', percent: 40 } }]),
    );
    expect(screen.getByText('Downloading 0.2.0: 40%')).toBeTruthy();
    act(() => takeEvents([{ type: 'update-changed', update: { ...update, state: 'ready' } }]));
    await userEvent.click(screen.getByRole('button', { name: 'Restart and install' }));
    expect(sent(fake, 'updates.install')).toHaveLength(2);
  });

  it('come from an https address, kept when the field is left', async () => {
    const fake = await renderOver(<Settings />, { ...desktop, update: { state: 'idle' } });
    const field = screen.getByLabelText('Address for updates');
    await userEvent.type(field, 'http://updates.example{Enter}');
    expect(screen.getByText('Must begin with https://')).toBeTruthy();
    expect(changes(fake)).toEqual([]);
    await userEvent.clear(field);
    await userEvent.type(field, 'https://updates.example/feed');
    await userEvent.tab();
    expect(changes(fake)).toEqual([
      { changes: { updates: { automatic: true, feed: 'https://updates.example/feed' } } },
    ]);
  });

  it('that the administrators have switched off are said to be off, with nothing to press', async () => {
    const off = { automatic: false, feed: null };
    await renderOver(<Settings />, { ...desktop, managed: ['updates'], preferences: { updates: off } });
    expect(screen.getByText(/administrator has switched updates off/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Check now' })).toBeNull();
    expect(screen.queryByLabelText('Address for updates')).toBeNull();
  });
});

describe('what a supporter asks for', () => {
  it('is copied, and folders are opened by the host', async () => {
    const user = userEvent.setup();
    const fake = await renderOver(<Settings />, desktop);
    await user.click(screen.getByRole('button', { name: 'Copy diagnostics' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    expect(await navigator.clipboard.readText()).toContain('WeChat Token Console 0.1.0');
    await user.click(screen.getByRole('button', { name: 'Open: Logs' }));
    await user.click(screen.getByRole('button', { name: 'Open: Data folder' }));
    await user.click(screen.getByRole('button', { name: 'Open: Open-source licences' }));
    expect(sent(fake, 'host.open')).toEqual([
      { what: 'logs' },
      { what: 'data-folder' },
      { what: 'licences' },
    ]);
  });
});
