import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../../renderer/app.tsx';
import { takeLink } from '../../../renderer/store.ts';
import { everyPhase, fakeAccount } from '../../support/renderer-fake-console.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

afterEach(() => {
  forgetAll();
  vi.restoreAllMocks();
});

const goTo = (hash: string) =>
  act(async () => {
    window.location.hash = hash;
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  });

describe('what comes first', () => {
  it('is the way to begin, without an account', async () => {
    await renderOver(<App />, { accounts: [] }, 'zh');
    expect(screen.getByRole('link', { name: '添加第一个账号' }).getAttribute('href')).toBe('#/add');
    expect(screen.getByRole('button', { name: '打开演示' })).toBeTruthy();
  });

  it('is the account itself where there is one', async () => {
    await renderOver(<App />, { accounts: [fakeAccount(1, { name: 'Shop' })] });
    expect(screen.getByRole('heading', { level: 1, name: 'Shop' })).toBeTruthy();
    expect(screen.queryByRole('textbox', { name: 'Search name or AppID' })).toBeNull();
  });

  it('is what needs a person, where there are several', async () => {
    await renderOver(<App />);
    expect(screen.getByRole('heading', { level: 1, name: '5 accounts need attention' })).toBeTruthy();
  });
});

describe('the list', () => {
  it('is searched by name and by AppID, from anywhere with Ctrl+K', async () => {
    // A list in sight: this DOM has no layout of its own.
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(500);
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(260);
    await renderOver(<App />);
    await userEvent.keyboard('{Control>}k{/Control}');
    const search = await screen.findByRole('textbox', { name: 'Search name or AppID' });
    await waitFor(() => expect(document.activeElement).toBe(search));
    await userEvent.keyboard('官网');
    const list = screen.getByRole('navigation', { name: 'Accounts' });
    expect([...list.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      '#/account/wx00000000000000a7',
    ]);
    await userEvent.clear(search);
    await userEvent.keyboard('00A2');
    expect(list.querySelectorAll('a')).toHaveLength(1);
    await userEvent.keyboard('nothing');
    expect(screen.getByText(/No account with/)).toBeTruthy();
  });
});

describe('an account that another console refreshes', () => {
  const followed = fakeAccount(1, { name: 'Shop', role: 'following', nextAttemptAt: null });

  it('is said to be, on its own screen', async () => {
    await renderOver(<App />, { accounts: [followed] });
    expect(screen.getByText(/^Another console refreshes it; just after connecting/)).toBeTruthy();
    expect(screen.queryByText('No refresh is planned')).toBeNull();
  });

  it('is said to be, among others', async () => {
    const other = fakeAccount(2, { name: 'Club', role: 'following', nextAttemptAt: null });
    await renderOver(<App />, { accounts: [followed, other] });
    expect(screen.getAllByText(/Refreshed by another console/).length).toBeGreaterThan(0);
    expect(screen.queryByText('No refresh is planned')).toBeNull();
    expect(screen.queryByText(/try by itself/)).toBeNull();
  });
});

describe('a change of screen', () => {
  it('leaves the focus where somebody types meanwhile', async () => {
    await renderOver(<App />);
    await goTo('#/codes');
    const search = screen.getByRole('textbox', { name: 'Search name or AppID' });
    search.focus();
    await goTo('#/settings');
    expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeTruthy();
    expect(document.activeElement).toBe(search);
  });

  it('moves the focus to the heading and names the window', async () => {
    await renderOver(<App />);
    await goTo('#/settings');
    const heading = await screen.findByRole('heading', { level: 1, name: 'Settings' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    expect(document.title).toBe('Settings · WeChat Token Console');
  });
});

describe('what is said', () => {
  it('names a change of phase once, and no seconds', async () => {
    const [account] = everyPhase();
    if (!account) throw new Error('no account');
    const fake = await renderOver(<App />);
    act(() => fake.tell({ type: 'account-changed', appId: account.appId, changes: { phase: 'retrying' } }));
    const said = screen.getAllByRole('status').map((one) => one.textContent);
    expect(said).toContain('小程序商城: Retrying');
  });

  it('tells when the connection is lost, until the state arrives again', async () => {
    const fake = await renderOver(<App />);
    act(() => takeLink('lost'));
    expect(screen.getByText(/Connection lost, reconnecting/)).toBeTruthy();
    const answer = await fake.commands['state.get']({});
    if (answer.ok) act(() => fake.tell({ type: 'state', state: answer.value }));
    expect(screen.queryByText(/Connection lost/)).toBeNull();
  });

  it('tells of the vault and of the history in plain words', async () => {
    await renderOver(<App />, {
      vault: { kind: 'keychain', status: 'unavailable', detail: null },
      notices: [{ id: 'ledger-set-aside', since: 0, detail: 'history-1.db' }],
    });
    expect(screen.getByText(/no usable vault on this machine/)).toBeTruthy();
    expect(screen.getByText(/The old file: history-1.db/)).toBeTruthy();
  });
});
