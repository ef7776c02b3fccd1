import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AccountView, CommandError, LeakDrill } from '../../../electron/console/contract.ts';
import { AccountScreen } from '../../../renderer/account/account-screen.tsx';
import { OverviewRow } from '../../../renderer/overview/overview-row.tsx';
import { enoughAt, forceBudget } from '../../../renderer/refresh/force-budget.ts';
import { RefreshQuestion } from '../../../renderer/refresh/refresh-question.tsx';
import { checkWordOf, verdictOf } from '../../../renderer/safety/check-words.ts';
import { drillSteps, isDrillShown } from '../../../renderer/safety/drill.ts';
import { beforeMove, moveOutcome } from '../../../renderer/safety/move.ts';
import { overwritesOfDay } from '../../../renderer/safety/overwritten.ts';
import { spanParts } from '../../../renderer/safety/span.ts';
import { trialSteps } from '../../../renderer/safety/trial.ts';
import { Banners } from '../../../renderer/shell/banners.tsx';
import { fakeAccount } from '../../support/renderer-fake-console.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

afterEach(forgetAll);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Fake = Awaited<ReturnType<typeof renderOver>>;
const inputsOf = (fake: Fake, command: string) =>
  fake.calls.filter((call) => call.command === command).map((call) => call.input);

async function open(account: AccountView) {
  const page = (
    <>
      <AccountScreen appId={account.appId} />
      <RefreshQuestion />
    </>
  );
  return renderOver(page, { accounts: [account] });
}

async function choose(item: RegExp) {
  await userEvent.click(screen.getByRole('button', { name: 'More actions' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
  return screen.findByRole('dialog');
}

describe('the budget of forced refreshes', () => {
  const NOW = 100 * DAY;
  const force = (...ago: number[]) => ({ usedAt: ago.map((ms) => NOW - ms), perDay: 3, gapSeconds: 30 });

  it.each([
    ['nothing used', force(), { left: 3, freeAt: null, regainsAt: null }],
    ['one, long ago in the day', force(HOUR), { left: 2, freeAt: null, regainsAt: NOW - HOUR + DAY }],
    ['one just now', force(9000), { left: 2, freeAt: NOW + 21_000, regainsAt: NOW - 9000 + DAY }],
    ['the gap just over', force(30_000), { left: 2, freeAt: null, regainsAt: NOW - 30_000 + DAY }],
    ['one a day ago', force(DAY), { left: 3, freeAt: null, regainsAt: null }],
    ['all used', force(3 * HOUR, 2 * HOUR, HOUR), { left: 0, freeAt: null, regainsAt: NOW - 3 * HOUR + DAY }],
    ['more than all', force(4 * HOUR, 3 * HOUR, 2 * HOUR, HOUR), expect.objectContaining({ left: 0 })],
  ])('%s', (_case, used, budget) => {
    expect(forceBudget(used, NOW)).toEqual(budget);
  });

  it('knows when there are as many as are wanted', () => {
    expect(enoughAt(force(2 * HOUR), 2, NOW)).toBeNull();
    expect(enoughAt(force(2 * HOUR, HOUR), 2, NOW)).toBe(NOW - 2 * HOUR + DAY);
    expect(enoughAt(force(3 * HOUR, 2 * HOUR, HOUR), 2, NOW)).toBe(NOW - 2 * HOUR + DAY);
    expect(enoughAt(force(4 * HOUR, 3 * HOUR, 2 * HOUR, HOUR), 1, NOW)).toBe(NOW - 3 * HOUR + DAY);
  });
});

describe('a forced refresh', () => {
  const used = (...ago: number[]) =>
    fakeAccount(1, {
      name: 'Shop',
      line: 'stable',
      force: { usedAt: ago.map((ms) => Date.now() - ms), perDay: 20, gapSeconds: 30 },
    });
  const yes = () => screen.getByRole('button', { name: 'Force refresh' });

  it('waits for the gap, with a countdown', async () => {
    await open(used(HOUR, 9000));
    const dialog = await choose(/Force a refresh/);
    expect(dialog.textContent).toContain('Forced refreshes left within 24 hours: 18.');
    expect(dialog.textContent).toMatch(/less than 30 s ago.* Wait 00:2\d/);
    expect(yes().hasAttribute('disabled')).toBe(true);
  });

  it('is not to be had when none is left, and says when one is', async () => {
    await open(used(...Array.from({ length: 20 }, (_, n) => (20 - n) * HOUR)));
    const dialog = await choose(/Force a refresh/);
    expect(dialog.textContent).toMatch(/All 20 forced refreshes are used; 1 comes back at [\d: -]+\./);
    expect(yes().hasAttribute('disabled')).toBe(true);
  });

  it('leads to the leak drill', async () => {
    await open(used());
    const dialog = await choose(/Force a refresh/);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Leaked token…' }));
    expect(await screen.findByRole('dialog', { name: 'Leaked token of "Shop"' })).toBeTruthy();
  });
});

describe('the leak drill', () => {
  const account = fakeAccount(1, { name: 'Shop', line: 'stable' });
  const obtained = account.token?.obtainedAt ?? 0;
  const drill = (state: LeakDrill['state'], since = obtained + 1): LeakDrill => ({
    state,
    since,
    nextAt: null,
  });
  const states = (one: LeakDrill) => drillSteps(account, one).map((step) => step.state);

  it('knows which step it is at', () => {
    expect(states(drill('first'))).toEqual(['now', 'next', 'next']);
    expect(states(drill('waiting'))).toEqual(['done', 'now', 'next']);
    expect(states(drill('second'))).toEqual(['done', 'done', 'now']);
    expect(states(drill('done'))).toEqual(['done', 'done', 'done']);
  });

  it('that stopped names the call without a token', () => {
    expect(states(drill('stopped'))).toEqual(['stopped', 'next', 'next']);
    expect(states(drill('stopped', obtained))).toEqual(['done', 'done', 'stopped']);
  });

  it('is told of while it runs and for an hour', () => {
    expect(isDrillShown(null, 0)).toBe(false);
    expect(isDrillShown(drill('waiting', 0), 2 * HOUR)).toBe(true);
    expect(isDrillShown(drill('done', 0), HOUR - 1)).toBe(true);
    expect(isDrillShown(drill('stopped', 0), HOUR)).toBe(false);
  });

  it('begins after a yes, shows its steps, and goes on without its window', async () => {
    const fake = await open(account);
    const dialog = await choose(/Leaked token/);
    const begin = within(dialog).getByRole('button', { name: 'End the leaked token' });
    expect(begin.hasAttribute('disabled')).toBe(true);
    await userEvent.click(within(dialog).getByRole('checkbox'));
    await userEvent.click(begin);
    expect(inputsOf(fake, 'tokens.drill')).toEqual([{ appId: account.appId }]);
    expect(await within(dialog).findByText(/the second one in/)).toBeTruthy();
    expect(dialog.textContent).toContain('the console finishes by itself');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const note = screen.getByRole('region', { name: 'Leaked token' });
    expect(note.textContent).toMatch(/First forced refreshdone.*the second one in 00:[23]\d/);
    const done = { drill: { state: 'done' as const, since: Date.now(), nextAt: null } };
    act(() => fake.tell({ type: 'account-changed', appId: account.appId, changes: done }));
    expect(note.textContent).toContain('The leaked token no longer works');
    expect(note.textContent).toContain('Find out how the token leaked');
  });

  it('needs two forced refreshes', async () => {
    const usedAt = Array.from({ length: 19 }, (_, n) => Date.now() - (20 - n) * HOUR);
    await open({ ...account, force: { usedAt, perDay: 20, gapSeconds: 30 } });
    const dialog = await choose(/Leaked token/);
    await userEvent.click(within(dialog).getByRole('checkbox'));
    expect(dialog.textContent).toContain('It takes 2 forced refreshes; left now: 1.');
    const begin = within(dialog).getByRole('button', { name: 'End the leaked token' });
    expect(begin.hasAttribute('disabled')).toBe(true);
  });

  it('is not offered on the standard line, where the move is', async () => {
    await open({ ...account, line: 'standard', force: null });
    await userEvent.click(screen.getByRole('button', { name: 'More actions' }));
    const names = (await screen.findAllByRole('menuitem')).map((item) => item.textContent);
    expect(names).toContain('Move to the stable line…');
    expect(names).not.toContain('Leaked token…');
    expect(names).not.toContain('Force a refresh…');
  });
});

describe('the check of a token', () => {
  const token = { fingerprint: 'aa', obtainedAt: 1000, expiresAt: 9000, expiresIn: 8 };
  const check = (at: number, result: 'valid' | 'dead' | 'unknown') => ({ at, result, errcode: null });

  it('speaks of the token that is there', () => {
    expect(checkWordOf({ token, lastCheck: null })).toBe('never');
    expect(checkWordOf({ token, lastCheck: check(1000, 'valid') })).toBe('valid');
    expect(checkWordOf({ token, lastCheck: check(2000, 'dead') })).toBe('dead');
    expect(checkWordOf({ token, lastCheck: check(2000, 'unknown') })).toBe('unknown');
    expect(checkWordOf({ token, lastCheck: check(999, 'dead') })).toBe('replaced');
    expect(checkWordOf({ token, lastCheck: check(999, 'valid') })).toBe('never');
  });

  it('by hand tells a dead token from an answer that says nothing of it', () => {
    expect(verdictOf({ valid: true, errcode: null, rid: null })).toBe('valid');
    for (const errcode of [40001, 40014, 42001]) {
      expect(verdictOf({ valid: false, errcode, rid: null })).toBe('invalid');
    }
    expect(verdictOf({ valid: false, errcode: 40164, rid: null })).toBe('unclear');
    expect(verdictOf({ valid: false, errcode: null, rid: null })).toBe('unclear');
  });

  it('stands in the card with its age and how often it happens', async () => {
    await open(fakeAccount(1, { lastCheck: check(Date.now() - 2.5 * MINUTE, 'valid') }));
    expect(screen.getByText('Checked 2 minutes ago: WeChat accepts this token')).toBeTruthy();
    expect(screen.getAllByText('The console checks every 5 min').length).toBeGreaterThan(0);
  });

  it('by hand answers in its place', async () => {
    const fake = await open(fakeAccount(1));
    await userEvent.click(screen.getByRole('button', { name: 'Check that the token works' }));
    expect(await screen.findByText(/^WeChat accepts this token \(checked at/)).toBeTruthy();
    expect(screen.queryByText(/^Checked /)).toBeNull();
    fake.failNext('tokens.verify', { code: 'no-answer', message: '' });
    await userEvent.click(screen.getByRole('button', { name: 'Check that the token works' }));
    expect(await screen.findByText(/WeChat did not answer/)).toBeTruthy();
  });

  it.each([
    [42001, /no longer works \(code 42001, checked at .*\); the console is getting a new one/],
    [40164, /did not say whether this token works \(code 40164/],
  ])('by hand that meets %i says what that means', async (errcode, text) => {
    const fake = await open(fakeAccount(1));
    const value = { valid: false, errcode, rid: null };
    vi.spyOn(fake.commands, 'tokens.verify').mockResolvedValue({ ok: true, value });
    await userEvent.click(screen.getByRole('button', { name: 'Check that the token works' }));
    expect(await screen.findByText(text)).toBeTruthy();
  });

  it('is set for each account, and its cost is said', async () => {
    const account = fakeAccount(1);
    const fake = await open(account);
    const dialog = await choose(/Edit account/);
    expect(dialog.textContent).toContain('Each check is one light request');
    expect(dialog.textContent).toContain('up to 5 minutes plus this interval');
    await userEvent.click(within(dialog).getByRole('radio', { name: '15 min' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    const changes = { checkMinutes: 15 };
    await waitFor(() =>
      expect(inputsOf(fake, 'accounts.update')).toEqual([{ appId: account.appId, changes }]),
    );
  });
});

describe('a token overwritten by another system', () => {
  const at = (...minutesAgo: number[]) => minutesAgo.map((minutes) => Date.now() - minutes * MINUTE);
  const card = () => screen.queryByRole('region', { name: /^Overwritten/ });

  it('counts for 24 hours, newest first', () => {
    expect(overwritesOfDay([0, HOUR, 2 * HOUR], DAY)).toEqual([2 * HOUR, HOUR]);
    expect(overwritesOfDay([], DAY)).toEqual([]);
  });

  it('is absent where nothing happened in the last day', async () => {
    await open(fakeAccount(1, { overwrittenAt: at(24 * 60 + 1) }));
    expect(card()).toBeNull();
  });

  it('says how often, when, why, and both ways out; the move opens from there', async () => {
    const account = fakeAccount(1, { name: 'Shop', line: 'standard', overwrittenAt: at(1500, 90, 30, 2) });
    await open({ ...account, force: null });
    expect(card()?.querySelector('h2')?.textContent).toBe(
      'Overwritten 3 times by another system in 24 hours',
    );
    expect(card()?.querySelectorAll('time')).toHaveLength(3);
    expect(card()?.textContent).toContain('On the standard line each fetch ends the token');
    expect(card()?.textContent).toContain('10 minutes at most');
    await userEvent.click(screen.getByRole('button', { name: 'Move to the stable line…' }));
    expect(await screen.findByRole('dialog', { name: 'Move "Shop" to the stable line' })).toBeTruthy();
  });

  it('is marked in the overview with a word', async () => {
    const [calm, overwritten] = [fakeAccount(1), fakeAccount(2, { overwrittenAt: at(9, 3) })];
    const rows = [calm, overwritten].map(({ appId }) => <OverviewRow key={appId} appId={appId} />);
    await renderOver(<div>{rows}</div>, { accounts: [calm, overwritten] }, 'zh');
    expect(screen.getAllByText(/^被覆盖/).map((mark) => mark.textContent)).toEqual(['被覆盖 2 次']);
  });

  it('folds all but the last five', async () => {
    await open(fakeAccount(1, { line: 'standard', overwrittenAt: at(70, 60, 50, 40, 30, 20, 10) }));
    const details = card()?.querySelector('details');
    expect(details?.querySelector('summary')?.textContent).toBe('2 earlier times');
    expect(details?.querySelectorAll('time')).toHaveLength(2);
    expect(card()?.querySelectorAll('time')).toHaveLength(7);
  });

  it('on the stable line points at forced refreshes elsewhere and offers no move', async () => {
    await open(fakeAccount(1, { line: 'stable', overwrittenAt: at(10) }));
    expect(card()?.querySelector('h2')?.textContent).toBe('Overwritten once by another system in 24 hours');
    expect(card()?.textContent).toContain('a forced refresh (force_refresh) elsewhere');
    expect(screen.queryByRole('button', { name: /Move to the stable/ })).toBeNull();
  });
});

describe('the move to the stable line', () => {
  const account = fakeAccount(1, { name: 'Shop', line: 'standard', force: null });

  it('goes page by page, asks for one thing to be known, and ends with the new token', async () => {
    const fake = await open(account);
    const dialog = await choose(/Move to the stable/);
    const press = (name: string) => userEvent.click(within(dialog).getByRole('button', { name }));
    const heading = (name: string) => within(dialog).findByRole('heading', { name });
    await waitFor(async () => expect(document.activeElement).toBe(await heading('What will be different')));
    await press('Next');
    expect(document.activeElement).toBe(await heading('Who has to change with it'));
    expect(within(dialog).getByRole('button', { name: 'Next' }).hasAttribute('disabled')).toBe(true);
    await userEvent.click(within(dialog).getByRole('checkbox'));
    await press('Back');
    await press('Next');
    await press('Next');
    expect(document.activeElement).toBe(await heading('What happens when you confirm'));
    expect(inputsOf(fake, 'accounts.update')).toEqual([]);
    await press('Move to the stable line');
    const changes = { line: 'stable' };
    expect(inputsOf(fake, 'accounts.update')).toEqual([{ appId: account.appId, changes }]);
    expect(await heading('Now on the stable line')).toBeTruthy();
    expect(dialog.textContent).toContain('fingerprint feedbeef');
  });

  it('that was not carried out says so and stays', async () => {
    const fake = await open(account);
    fake.failNext('accounts.update', { code: 'storage-failed', message: '' });
    const dialog = await choose(/Move to the stable/);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Next' }));
    await userEvent.click(within(dialog).getByRole('checkbox'));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Next' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Move to the stable line' }));
    expect(await within(dialog).findByText(/could not be saved|not saved/i)).toBeTruthy();
    expect(within(dialog).getByRole('button', { name: 'Move to the stable line' })).toBeTruthy();
  });

  it('has come out once there is another token or an attempt without one', () => {
    const before = beforeMove(account);
    const attempt = account.lastAttempt && { ...account.lastAttempt, at: account.lastAttempt.at + 1 };
    const token = account.token && { ...account.token, fingerprint: '11112222' };
    const outcome = (changes: Partial<AccountView>) => moveOutcome({ ...account, ...changes }, before);
    expect(outcome({})).toBe('asking');
    expect(outcome({ token: null, phase: 'refreshing' })).toBe('asking');
    expect(outcome({ token, lastAttempt: attempt })).toBe('live');
    expect(outcome({ token: null, phase: 'retrying', lastAttempt: attempt })).toBe('trouble');
    expect(outcome({ token: null, phase: 'needs-attention' })).toBe('trouble');
    expect(outcome({ phase: 'paused' })).toBe('paused');
  });

  it('is offered where the line is changed by hand', async () => {
    await open(account);
    const dialog = await choose(/Edit account/);
    await userEvent.click(within(dialog).getByRole('radio', { name: /^Stable/ }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Step by step…' }));
    expect(await screen.findByRole('dialog', { name: 'Move "Shop" to the stable line' })).toBeTruthy();
  });
});

describe('a new AppSecret', () => {
  const account = fakeAccount(1, { name: 'Shop', kind: 'official' });
  const SECRET = 'sandbox-secret-of-shop';
  const attempt = {
    at: 0,
    trigger: 'manual' as const,
    outcome: 'refused' as const,
    errcode: 40125,
    errmsg: 'invalid appsecret',
    rid: null,
    ip: null,
    durationMs: 1,
  };

  async function tryIt(error?: CommandError) {
    const fake = await open(account);
    if (error) fake.failNext('accounts.setSecret', error);
    const dialog = await choose(/Replace AppSecret/);
    await userEvent.type(within(dialog).getByLabelText('New AppSecret'), SECRET);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Try and save' }));
    return { fake, dialog };
  }
  const field = (dialog: HTMLElement) => within(dialog).getByLabelText<HTMLInputElement>('New AppSecret');
  const anyway = (dialog: HTMLElement) =>
    within(dialog).queryByRole('button', { name: 'Save without a trial' });

  it('that WeChat accepts is saved, and that is said', async () => {
    const { fake, dialog } = await tryIt();
    expect(inputsOf(fake, 'accounts.setSecret')).toEqual([{ appId: account.appId, secret: SECRET }]);
    expect(await within(dialog).findByText(/it has replaced the old one/)).toBeTruthy();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('that WeChat rejects is explained; it stays in the field and cannot be saved all the same', async () => {
    const { dialog } = await tryIt({ code: 'secret-rejected', message: '', attempt });
    expect(
      await within(dialog).findByText(/does not accept this AppSecret; nothing was changed/),
    ).toBeTruthy();
    const link = await within(dialog).findByRole('link', { name: 'About error code 40125' });
    expect(link.getAttribute('href')).toBe('#/errors/40125');
    expect(dialog.textContent).toContain('invalid appsecret');
    expect(field(dialog).value).toBe(SECRET);
    expect(anyway(dialog)).toBeNull();
  });

  it('that could not be tried is saved on demand, as it was typed', async () => {
    const error = { ...attempt, outcome: 'failed' as const, errcode: null, errmsg: 'timeout: no answer' };
    const { fake, dialog } = await tryIt({ code: 'secret-untested', message: '', attempt: error });
    expect(await within(dialog).findByText(/could not be tried whether/)).toBeTruthy();
    const link = await within(dialog).findByRole('link', { name: 'About this case' });
    expect(link.getAttribute('href')).toBe('#/errors/timeout');
    const button = anyway(dialog);
    if (!button) throw new Error('no way to save it');
    await userEvent.click(button);
    const input = { appId: account.appId, secret: SECRET, untested: true };
    expect(inputsOf(fake, 'accounts.setSecret').at(-1)).toEqual(input);
    expect(await within(dialog).findByText('The new AppSecret is saved, but was not tried.')).toBeTruthy();
  });

  it('during a block is not tried; another one in the field has to be tried again', async () => {
    const until = Date.now() + HOUR;
    const { dialog } = await tryIt({ code: 'blocked-by-refusal', message: '', until });
    expect(await within(dialog).findByText(/was not tried and nothing was changed/)).toBeTruthy();
    expect(anyway(dialog)).not.toBeNull();
    await userEvent.type(field(dialog), 's');
    expect(anyway(dialog)).toBeNull();
  });

  it('shows the trial before the saving', () => {
    const steps = (stage: Parameters<typeof trialSteps>[0]) => trialSteps(stage)?.map((step) => step.word);
    const down = (code: CommandError['code']) => steps({ kind: 'turned-down', error: { code, message: '' } });
    expect(steps({ kind: 'typing' })).toBeUndefined();
    expect(steps({ kind: 'running', run: 'with' })).toEqual(['running', 'waiting']);
    expect(steps({ kind: 'running', run: 'without' })).toEqual(['skipped', 'running']);
    expect(steps({ kind: 'saved', run: 'with' })).toEqual(['done', 'done']);
    expect(down('secret-rejected')).toEqual(['stopped', 'waiting']);
    expect(down('secret-untested')).toEqual(['untried', 'waiting']);
    expect(down('storage-failed')).toBeUndefined();
  });
});

describe('a copied token that was not taken off the clipboard in time', () => {
  it.each([
    ['token-on-clipboard', 'zh', '复制的令牌可能还在剪贴板上'],
    ['token-on-clipboard', 'en', 'The copied token may still be on the clipboard'],
    ['token-off-clipboard', 'zh', '复制的令牌已从剪贴板清除'],
    ['token-off-clipboard', 'en', 'The copied token is off the clipboard'],
  ] as const)('%s is told in %s', async (id, language, text) => {
    await renderOver(<Banners />, { notices: [{ id, since: 0, detail: null }] }, language);
    expect(document.body.textContent).toContain(text);
  });
});

describe('a clock that is off', () => {
  it('is measured in the two largest units', () => {
    const text = (seconds: number) => spanParts(seconds).map(({ unit, value }) => `${value} ${unit}`);
    expect(text(0)).toEqual(['0 seconds']);
    expect(text(-312)).toEqual(['5 minutes', '12 seconds']);
    expect(text(120)).toEqual(['2 minutes']);
    expect(text(3600 + 59)).toEqual(['1 hours']);
    expect(text(7500)).toEqual(['2 hours', '5 minutes']);
    expect(text(3 * 86_400 + 4 * 3600 + 59)).toEqual(['3 days', '4 hours']);
  });

  it.each([
    ['312', 'zh', '这台机器的时钟比微信快 5 分 12 秒'],
    ['-312', 'zh', '这台机器的时钟比微信慢 5 分 12 秒'],
    ['7500', 'en', "This machine's clock is 2 h 5 min ahead of WeChat's"],
    ['-90', 'en', "This machine's clock is 1 min 30 s behind WeChat's"],
  ] as const)('by %s s is told in %s', async (detail, language, text) => {
    await renderOver(<Banners />, { notices: [{ id: 'clock-off', since: 0, detail }] }, language);
    expect(document.body.textContent).toContain(text);
  });
});
