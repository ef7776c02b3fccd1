import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AccountView } from '../../../electron/console/contract.ts';
import { AccountScreen } from '../../../renderer/account/account-screen.tsx';
import { everyPhase, fakeAccount, fakeHistory } from '../../support/renderer-fake-console.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

afterEach(() => {
  forgetAll();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function one(phase: AccountView['phase'], errcode?: number): AccountView {
  const found = everyPhase().find(
    (account) =>
      account.phase === phase && (errcode === undefined || account.lastAttempt?.errcode === errcode),
  );
  if (!found) throw new Error(`no account in ${phase}`);
  return found;
}

const open = (account: AccountView) =>
  renderOver(<AccountScreen appId={account.appId} />, { accounts: [account] });

describe('what to do now', () => {
  it('is absent while all goes well', async () => {
    await open(fakeAccount(1));
    expect(screen.queryByText('What to do now')).toBeNull();
  });

  it('shows the address to whitelist, where, and when the console tries again', async () => {
    await open(one('needs-attention', 40164));
    expect(await screen.findByText("Add this machine's IP to the whitelist")).toBeTruthy();
    expect(screen.getAllByText('203.0.113.7').length).toBeGreaterThan(0);
    expect(document.body.textContent).toMatch(/The console tries again in 03:3\d: every 5 minutes/);
    expect(screen.getByRole('button', { name: /try now/ })).toBeTruthy();
  });

  it('counts down to the end of a refusal and plans nothing', async () => {
    await open(one('refused'));
    expect(await screen.findByText('The administrator refused calls from this IP')).toBeTruthy();
    expect(document.body.textContent).toMatch(/Allowed again in 48:0\d/);
    expect(document.body.textContent).toContain('does not try by itself, not even when the time is over');
  });

  it('explains an errcode in the words of the catalogue, raw text and rid folded below', async () => {
    await open(one('needs-attention', 40125));
    expect(await screen.findByText('The AppSecret is wrong, so WeChat gave no token.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Replace AppSecret' })).toBeTruthy();
    expect(screen.getByText('65a0c1d2-1f2e3d4c-5b6a7988', { selector: 'dd' })).toBeTruthy();
    const link = screen.getByRole('link', { name: /diagnosis tool/ });
    expect(link.getAttribute('href')).toBe('https://developers.weixin.qq.com/console/devtools/debug');
  });
});

describe('the token in clear text', () => {
  const shown = () => screen.queryByText(/^EXAMPLE_TOKEN_/);
  const reveal = async () => {
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    await screen.findByText(/^EXAMPLE_TOKEN_/);
  };

  it('is shown on demand and hidden again on demand', async () => {
    await open(fakeAccount(1));
    expect(shown()).toBeNull();
    await reveal();
    await userEvent.click(screen.getByRole('button', { name: 'Hide' }));
    expect(shown()).toBeNull();
  });

  it('is hidden after 30 seconds', async () => {
    await open(fakeAccount(1));
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await userEvent
      .setup({ advanceTimers: vi.advanceTimersByTime })
      .click(screen.getByRole('button', { name: 'Show' }));
    await screen.findByText(/^EXAMPLE_TOKEN_/);
    act(() => void vi.advanceTimersByTime(29_000));
    expect(shown()).not.toBeNull();
    act(() => void vi.advanceTimersByTime(1100));
    expect(shown()).toBeNull();
  });

  it('is hidden when the window is', async () => {
    await open(fakeAccount(1));
    await reveal();
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(shown()).toBeNull();
  });

  it('is gone when a new token takes its place', async () => {
    const account = fakeAccount(1);
    const fake = await open(account);
    await reveal();
    const token = {
      fingerprint: '11112222',
      obtainedAt: Date.now(),
      expiresAt: Date.now() + 7_200_000,
      expiresIn: 7200,
    };
    act(() => fake.tell({ type: 'account-changed', appId: account.appId, changes: { token } }));
    expect(shown()).toBeNull();
  });
});

describe('the last day', () => {
  it('is gone through with the arrow keys, newest first', async () => {
    const account = fakeAccount(1);
    await renderOver(<AccountScreen appId={account.appId} />, {
      accounts: [account],
      history: fakeHistory(account.appId),
    });
    const strip = await screen.findByRole('listbox');
    expect(screen.getByText(/granted, \d not/)).toBeTruthy();
    strip.focus();
    await userEvent.keyboard('{ArrowLeft}');
    const newest = strip.getAttribute('aria-activedescendant');
    expect(document.getElementById(newest ?? '')?.getAttribute('aria-label')).toContain('By hand · Granted');
    await userEvent.keyboard('{ArrowLeft}');
    expect(strip.getAttribute('aria-activedescendant')).not.toBe(newest);
    await userEvent.keyboard('{End}');
    expect(strip.getAttribute('aria-activedescendant')).toBe(newest);
  });

  it('takes in what happens meanwhile', async () => {
    const account = fakeAccount(1);
    const fake = await renderOver(<AccountScreen appId={account.appId} />, {
      accounts: [account],
      history: [],
    });
    expect(await screen.findByText('No records yet.')).toBeTruthy();
    const [row] = fakeHistory(account.appId, 1);
    if (!row) throw new Error('no row');
    act(() => fake.tell({ type: 'history-added', row }));
    await waitFor(() => expect(screen.queryByText('No records yet.')).toBeNull());
  });
});

it('an AppID that is not there is said, with a way back', async () => {
  await renderOver(<AccountScreen appId="wx00000000000000ff" />, { accounts: [] });
  expect(screen.getByRole('heading', { name: 'There is no such account' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Back to the overview' }).getAttribute('href')).toBe('#/');
});
