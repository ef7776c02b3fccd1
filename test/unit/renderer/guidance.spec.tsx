import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AccountView, ErrorClass, Phase } from '../../../electron/console/contract.ts';
import Confirmations from '../../../renderer/confirmations/confirmations.tsx';
import { confirmationRows, pendingCount } from '../../../renderer/confirmations/rows.ts';
import { exactTime } from '../../../renderer/format.ts';
import { ConfirmedLately } from '../../../renderer/guidance/confirmed.tsx';
import { TodoPanel } from '../../../renderer/guidance/todo-panel.tsx';
import { useAccount, useSettledPhase } from '../../../renderer/store.ts';
import { everyPhase, fakeAccount } from '../../support/renderer-fake-console.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

const MINUTE = 60_000;
const openDialog = vi.fn();

afterEach(() => {
  forgetAll();
  openDialog.mockReset();
});

function Panel({ appId }: { readonly appId: string }) {
  const account = useAccount(appId);
  const settled = useSettledPhase(appId);
  return account ? <TodoPanel account={account} settled={settled} openDialog={openDialog} /> : null;
}

const open = (account: AccountView, others: readonly AccountView[] = []) =>
  renderOver(<Panel appId={account.appId} />, { accounts: [account, ...others] });

function one(name: string): AccountView {
  const found = everyPhase().find((account) => account.name === name);
  if (!found) throw new Error(`no account ${name}`);
  return found;
}

const AWAITING = '品牌服务号';
const WHITELIST = '测试公众号';
const REFUSED = '华东订阅号';

/** An account that met `errcode`, in the phase that follows. */
function met(group: ErrorClass, errcode: number | null, changes: Partial<AccountView> = {}): AccountView {
  const phase: Phase = group === 'secret' || group === 'account' ? 'needs-attention' : 'retrying';
  return fakeAccount(1, {
    phase,
    nextAttemptAt: phase === 'retrying' ? Date.now() + MINUTE : null,
    trouble: { class: group, errcode, since: Date.now() },
    lastAttempt: {
      at: Date.now(),
      trigger: 'retry',
      outcome: errcode === null ? 'failed' : 'refused',
      errcode,
      errmsg: errcode === null ? 'dns: ENOTFOUND' : 'as WeChat says it rid: 65a0c1d2-1f2e3d4c-5b6a7988',
      rid: errcode === null ? null : '65a0c1d2-1f2e3d4c-5b6a7988',
      ip: null,
      durationMs: 80,
    },
    ...changes,
  });
}

const buttons = () =>
  within(screen.getByRole('region', { name: 'What to do now' }))
    .getAllByRole('button')
    .map((button) => button.textContent);

describe('the panel', () => {
  it.each([
    [met('secret', 40125), 'Replace AppSecret'],
    [met('secret', 40243), 'Unfrozen: try now'],
    [met('account', 50004), 'Restored: try now'],
    [met('account', 50007), 'Restored: try now'],
    [met('account', 40002), 'Try now'],
    [met('quota', 45009, { line: 'standard' }), 'Move to the stable line…'],
    [met('quota', 45009, { line: 'stable' }), 'Try now'],
    [met('unknown', 99_999), 'Try now'],
    [one(WHITELIST), 'It is on the whitelist: try now'],
    [one(AWAITING), 'Confirmed: try now'],
  ])('has one first button for its topic: %#', async (account, first) => {
    await open(account);
    await screen.findByRole('region', { name: 'What to do now' });
    expect(buttons().find((label) => label !== '' && !label?.startsWith('Copy'))).toBe(first);
  });

  it('sends a wrong AppID to the form for the right one, and offers to remove it', async () => {
    await open(met('account', 40013));
    const add = await screen.findByRole('link', { name: 'Add the right AppID' });
    expect(add.getAttribute('href')).toBe('#/add');
    await userEvent.click(screen.getByRole('button', { name: 'Remove this account…' }));
    expect(openDialog).toHaveBeenCalledWith('remove');
  });

  it('opens the move to the other line where that one is used up', async () => {
    await open(met('quota', 45009, { line: 'standard' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Move to the stable line…' }));
    expect(openDialog).toHaveBeenCalledWith('move');
  });

  it('explains a network fault quietly, with the address to check', async () => {
    await open(met('transient', null));
    expect(await screen.findByRole('region', { name: 'The console is seeing to it' })).toBeTruthy();
    expect(screen.getByText("The address of WeChat's server could not be found.")).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Edit account' }));
    expect(openDialog).toHaveBeenCalledWith('edit');
  });

  it('shows the raw text, the rid and the diagnosis page of a code nobody knows', async () => {
    await open(met('unknown', 99_999));
    expect(await screen.findByText(/code 99999, which the catalogue does not know/)).toBeTruthy();
    expect(screen.getAllByText(/as WeChat says it/).length).toBeGreaterThan(0);
    const [link] = screen.getAllByRole('link', { name: /diagnosis tool/ });
    expect(link?.getAttribute('href')).toBe('https://developers.weixin.qq.com/console/devtools/debug');
  });

  it('goes on about the trouble when a try in the middle of it got no answer', async () => {
    const account = one(WHITELIST);
    const lastAttempt = { ...met('transient', null).lastAttempt } as AccountView['lastAttempt'];
    await open({ ...account, lastAttempt });
    expect(screen.getByText("Add this machine's IP to the whitelist")).toBeTruthy();
    expect(screen.getByText(/The latest try got no answer from WeChat/)).toBeTruthy();
    expect(await screen.findByText(/API IP 白名单/)).toBeTruthy();
  });
});

describe('a pending confirmation', () => {
  it('is a time line: asked, waiting, and what comes next', async () => {
    await open(one(AWAITING));
    const list = screen.getByRole('list', { name: 'How far the confirmation is' });
    const lines = within(list).getAllByRole('listitem');
    expect(lines.map((line) => line.textContent?.replace(/^(\d\d-\d\d )?[\d:]+/, ''))).toEqual([
      'WeChat sent the administrator a message',
      'Still waiting for the administrator (tried 3 more times, this is the latest)',
      'The administrator confirms',
    ]);
    expect(list.querySelectorAll('time')).toHaveLength(2);
  });

  it('tells when the console tries again and how often it still will', async () => {
    const account = one(AWAITING);
    const fake = await open(account);
    expect(document.body.textContent).toMatch(/tries again in 04:1\d; 9 of its 12 tries are left/);
    const confirmation = account.confirmation && {
      ...account.confirmation,
      nextProbeAt: null,
      probesLeft: 0,
    };
    act(() =>
      fake.tell({
        type: 'account-changed',
        appId: account.appId,
        changes: { confirmation, nextAttemptAt: null },
      }),
    );
    expect(screen.getByText(/used up its 12 tries/)).toBeTruthy();
  });

  it('has a message to send that is complete by itself, shown as it is copied', async () => {
    const user = userEvent.setup();
    const account = one(AWAITING);
    await open(account);
    await user.click(screen.getByRole('button', { name: 'Copy a message to send' }));
    const copied = await navigator.clipboard.readText();
    expect(copied).toContain('203.0.113.7');
    expect(copied).toContain(account.appId);
    expect(copied).toContain(account.name);
    expect(copied).toContain(exactTime(account.confirmationSteps[0]?.at ?? 0));
    expect(screen.getByText(copied)).toBeTruthy();
  });

  it('names the address another account was refused under, as what it is: likely', async () => {
    const account = one(AWAITING);
    const confirmation = account.confirmation && { ...account.confirmation, ip: null };
    const lastAttempt = account.lastAttempt && { ...account.lastAttempt, ip: null };
    const silent = { ...account, confirmation, lastAttempt, addresses: [], callerIp: null };
    await open(silent, [one(WHITELIST)]);
    expect(screen.getByText('203.0.113.7')).toBeTruthy();
    expect(screen.getByText(/reported this one .+ for "测试公众号"/)).toBeTruthy();
    expect(screen.getByText(/IP 203\.0\.113\.7 \(probably; not told by WeChat\)/)).toBeTruthy();
  });

  it('says so where nobody knows the address', async () => {
    const account = one(AWAITING);
    const confirmation = account.confirmation && { ...account.confirmation, ip: null };
    await open({ ...account, confirmation, addresses: [], callerIp: null });
    expect(screen.getByText(/The IP is not known yet/)).toBeTruthy();
    expect(screen.getByText(/IP unknown \(not told by WeChat\) may call/)).toBeTruthy();
  });
});

describe('a refusal', () => {
  it('counts down, gives the reason to wait, and keeps the early try quiet', async () => {
    await open(one(REFUSED));
    expect(document.body.textContent).toMatch(/Allowed again in 48:0\d/);
    expect(screen.getByText(/one more call may become one more refusal/)).toBeTruthy();
    expect(screen.getByText(/does not say when the administrator decided/)).toBeTruthy();
    expect(screen.queryByRole('checkbox')).toBeNull();
    const early = screen.getByRole('button', { name: 'Try early all the same…' });
    expect(early.getAttribute('data-variant')).toBe('default');
  });

  it('asks to talk first once the block is over, and only then lets one try', async () => {
    const account = one(REFUSED);
    const confirmation = account.confirmation && { ...account.confirmation, until: Date.now() - MINUTE };
    const fake = await open({ ...account, confirmation });
    expect(screen.getByText('The block is over: agree with the administrator first')).toBeTruthy();
    expect(screen.getByText(/WeChat's block ended at .+ we would like to try once more/)).toBeTruthy();
    const attempt = () => screen.getByRole('button', { name: 'Try again' });
    expect((attempt() as HTMLButtonElement).disabled).toBe(true);
    await userEvent.click(attempt());
    expect(fake.calls.some(({ command }) => command === 'tokens.refresh')).toBe(false);
    await userEvent.click(screen.getByRole('checkbox'));
    await userEvent.click(attempt());
    expect(fake.calls.filter(({ command }) => command === 'tokens.refresh')).toEqual([
      { command: 'tokens.refresh', input: { appId: account.appId } },
    ]);
  });
});

describe('the whitelist', () => {
  it('warns of an address that changes, with both and what helps', async () => {
    await open(one(WHITELIST));
    const warning = screen.getByText(/This network's IP changes/);
    expect(warning.textContent).toContain('198.51.100.24');
    expect(warning.textContent).toContain('203.0.113.7');
    expect(screen.getByText(/A company line with a fixed IP/)).toBeTruthy();
    expect(screen.getByText('IPs reported by WeChat so far (2)')).toBeTruthy();
  });

  it('does not warn of the first address there ever was', async () => {
    const account = one(WHITELIST);
    await open({ ...account, addresses: account.addresses.slice(0, 1) });
    expect(screen.queryByText(/This network's IP changes/)).toBeNull();
  });

  it('says where it is for this kind of account only', async () => {
    await open({ ...one(WHITELIST), kind: 'mini' });
    expect(await screen.findByText(/开发者 ?ID → IP ?白名单/)).toBeTruthy();
    expect(screen.queryByText(/开发信息 → API IP 白名单/)).toBeNull();
  });

  it('has a text for whoever may edit it', async () => {
    const user = userEvent.setup();
    const account = one(WHITELIST);
    await open(account);
    await user.click(screen.getByRole('button', { name: 'Copy a text for the administrator' }));
    const copied = await navigator.clipboard.readText();
    for (const part of ['203.0.113.7', account.appId, 'API IP 白名单']) expect(copied).toContain(part);
  });
});

describe('the report', () => {
  it('is copied whole: request without the secret, rid, diagnosis page, version', async () => {
    const user = userEvent.setup();
    const account = met('secret', 40125, { line: 'standard' });
    await open(account);
    await user.click(await screen.findByText('Technical details'));
    await user.click(screen.getByRole('button', { name: 'Copy all details' }));
    const lines = (await navigator.clipboard.readText()).split('\n');
    expect(lines[0]).toBe(`${account.name} ${account.appId}`);
    expect(lines).toContain(
      `Request: GET https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=${account.appId}&secret=(left out)`,
    );
    expect(lines).toContain('Request id (rid): 65a0c1d2-1f2e3d4c-5b6a7988');
    expect(lines).toContain('Console version: 0.1.0');
    expect(lines.at(-1)).toBe(
      "WeChat's diagnosis tool: https://developers.weixin.qq.com/console/devtools/debug",
    );
    await user.click(screen.getByRole('button', { name: 'Copy the rid' }));
    expect(await navigator.clipboard.readText()).toBe('65a0c1d2-1f2e3d4c-5b6a7988');
  });
});

const confirmedAccount = (ago: number) =>
  fakeAccount(20, {
    name: 'Just confirmed',
    confirmationSteps: [
      { step: 'asked', at: Date.now() - ago - MINUTE, times: 1, errcode: 89503, ip: null },
      { step: 'confirmed', at: Date.now() - ago, times: 1, errcode: null, ip: null },
    ],
  });

describe('a confirmation that ended well', () => {
  it('is told for a day, and leaves nothing to do', async () => {
    const account = confirmedAccount(MINUTE);
    await renderOver(
      <>
        <Panel appId={account.appId} />
        <ConfirmedLately account={account} />
      </>,
      { accounts: [account] },
    );
    expect(screen.queryByRole('region')).toBeNull();
    expect(screen.getByText('The administrator confirmed the IP')).toBeTruthy();
  });

  it('is over after a day', async () => {
    const account = confirmedAccount(24 * 60 * MINUTE + 1000);
    await renderOver(<ConfirmedLately account={account} />, { accounts: [account] });
    expect(screen.queryByText('The administrator confirmed the IP')).toBeNull();
  });
});

describe('all confirmations', () => {
  const byId = (accounts: readonly AccountView[]) =>
    Object.fromEntries(accounts.map((account) => [account.appId, account]));

  it('are the accounts that wait, were refused, are not whitelisted, or were just confirmed', () => {
    const accounts = byId([...everyPhase(), confirmedAccount(MINUTE)]);
    const rows = confirmationRows(accounts, Date.now());
    expect(rows.map(({ account, state }) => [account.name, state])).toEqual([
      [REFUSED, 'refused'],
      [AWAITING, 'awaiting'],
      [WHITELIST, 'whitelist'],
      ['Just confirmed', 'confirmed'],
    ]);
    expect(pendingCount(accounts)).toBe(3);
    expect(pendingCount(byId([{ ...one(AWAITING), phase: 'paused' }]))).toBe(0);
  });

  it('lead to each account, with a message, and a try except after a refusal', async () => {
    const accounts = [one(REFUSED), one(AWAITING), one(WHITELIST), confirmedAccount(MINUTE)];
    await renderOver(<Confirmations />, { accounts });
    const row = (name: string) => {
      const found = screen.getByRole('link', { name }).closest('li');
      if (!found) throw new Error(`no row of ${name}`);
      return within(found);
    };
    expect(
      row(REFUSED)
        .getAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(['Copy a message to send']);
    expect(row(AWAITING).getByRole('button', { name: 'Try now' })).toBeTruthy();
    expect(row(AWAITING).getByText(/, 9 left/)).toBeTruthy();
    expect(row(WHITELIST).getByRole('button', { name: 'Try now' })).toBeTruthy();
    expect(row('Just confirmed').queryByRole('button')).toBeNull();
    expect(row(REFUSED).getByText('Refused by the administrator')).toBeTruthy();
  });

  it('say what the page is for while nobody waits', async () => {
    await renderOver(<Confirmations />, { accounts: [fakeAccount(1, { addresses: [] })] });
    expect(screen.getByText('No account is waiting')).toBeTruthy();
    expect(screen.getByText('WeChat has not reported an IP yet.')).toBeTruthy();
  });
});
