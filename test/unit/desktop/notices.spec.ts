import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountView, Preferences } from '../../../electron/console/contract.ts';
import { showNotices } from '../../../electron/desktop/notices.ts';
import { en } from '../../../electron/desktop/words/en.ts';
import {
  account,
  appIdOf,
  changed,
  HOUR,
  MINUTE,
  NOON,
  preferred,
  stateWith,
  tokenFor,
  trouble,
} from '../../support/desktop-accounts.ts';
import { electron, notifications, resetElectron } from '../../support/electron-mock.ts';
import { type FakeConsole, fakeConsole } from '../../support/fake-console.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const open = vi.fn();
let console: FakeConsole;
let lookAgain: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  resetElectron();
  open.mockReset();
});

afterEach(() => {
  vi.useRealTimers();
});

function begin(accounts: readonly AccountView[], preferences: Partial<Preferences> = {}): void {
  console = fakeConsole(undefined, stateWith(accounts, preferences));
  lookAgain = showNotices({ console, words: () => en, open });
}

const shops = (count: number, changes: Partial<AccountView> = {}) =>
  Array.from({ length: count }, (_, i) => account(i + 1, changes));
const titles = () => notifications.map(({ options }) => options.title);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const soon = () => pass(500);

describe('a notice', () => {
  it('is shown, and a click on it opens the account', async () => {
    begin(shops(2));
    console.announce(changed(2, trouble('not-whitelisted')));
    await soon();
    expect(titles()).toEqual(['shop 2: IP not on the whitelist']);
    expect(notifications[0]?.options.id).toBe(appIdOf(2));
    expect(notifications[0]?.members.show).toHaveBeenCalledOnce();
    notifications[0]?.members.emit('click');
    expect(open.mock.calls).toEqual([[appIdOf(2)]]);
  });

  it('is one for a state, whatever else changes', async () => {
    begin(shops(1));
    console.announce(changed(1, trouble('not-whitelisted')));
    for (let i = 0; i < 20; i += 1) {
      console.announce(changed(1, { phase: 'refreshing', nextAttemptAt: NOON + i }));
      console.announce(changed(1, { phase: 'needs-attention' }));
      await pass(5 * MINUTE);
    }
    expect(titles()).toEqual(['shop 1: IP not on the whitelist', 'shop 1: token has 9 min left']);
    console.announce(changed(1, { phase: 'live', trouble: null }));
    await soon();
    expect(titles()[2]).toBe('shop 1: live again');
  });

  it('is not shown where the system shows none', async () => {
    electron.Notification.isSupported.mockReturnValue(false);
    begin(shops(1, trouble('secret')));
    await soon();
    expect(notifications).toEqual([]);
    electron.Notification.isSupported.mockReturnValue(true);
  });

  it('of failing comes by itself when the token runs short', async () => {
    begin(shops(1, trouble('transient', { token: tokenFor(40 * MINUTE) })));
    await pass(30 * MINUTE - 1);
    expect(titles()).toEqual([]);
    await pass(1 + 500);
    expect(titles()).toEqual(['shop 1: token has 9 min left']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('of failing comes after sleep, when the timer is late', async () => {
    begin(shops(1, trouble('transient', { token: tokenFor(40 * MINUTE) })));
    vi.setSystemTime(NOON + 35 * MINUTE);
    lookAgain();
    await soon();
    expect(titles()).toEqual(['shop 1: token has 4 min left']);
  });

  it('looks at nothing while all is well', () => {
    begin(shops(3));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('of an account that is gone is not shown', async () => {
    begin(shops(1));
    console.announce(changed(1, trouble('secret')));
    console.announce({ type: 'account-removed', appId: appIdOf(1) });
    await soon();
    expect(titles()).toEqual([]);
  });
});

describe('many at once', () => {
  it('up to three are shown one by one', async () => {
    begin(shops(3, trouble('secret')));
    await soon();
    expect(titles()).toHaveLength(3);
  });

  it('become one summary, a click on which opens the overview', async () => {
    begin(shops(4, trouble('secret')));
    await pass(4999);
    expect(titles()).toEqual([]);
    await pass(1);
    expect(titles()).toEqual(['4 accounts changed']);
    notifications[0]?.members.emit('click');
    expect(open.mock.calls).toEqual([[null]]);
  });

  it('that trickle in are summed up after the third', async () => {
    begin(shops(8));
    for (let n = 1; n <= 8; n += 1) {
      console.announce(changed(n, trouble('secret')));
      await pass(550);
    }
    await pass(10_000);
    expect(titles()).toEqual([
      'shop 1: AppSecret problem',
      'shop 2: AppSecret problem',
      'shop 3: AppSecret problem',
      '5 accounts changed',
    ]);
  });

  it('are no storm over hours of a flapping network', async () => {
    begin(shops(50));
    for (let round = 0; round < 20; round += 1) {
      for (let n = 1; n <= 50; n += 1) console.announce(changed(n, trouble('transient')));
      await pass(30_000);
      for (let n = 1; n <= 50; n += 1) console.announce(changed(n, { phase: 'live', trouble: null }));
      await pass(30_000);
    }
    expect(titles()).toEqual([]);
  });

  it('leave out what is over before it was shown', async () => {
    begin(shops(1));
    console.announce(changed(1, trouble('secret')));
    console.announce(changed(1, { phase: 'live', trouble: null }));
    await pass(6000);
    expect(titles()).toEqual([]);
  });
});

describe('switched off', () => {
  it('a kind is not shown, nor is its end', async () => {
    begin(shops(2), { notices: { off: ['secret'], quiet: null } });
    console.announce(changed(1, trouble('secret')));
    console.announce(changed(2, trouble('refused')));
    await soon();
    console.announce(changed(1, { phase: 'live', trouble: null }));
    await soon();
    expect(titles()).toEqual(['shop 2: refused by the administrator']);
  });

  it('takes effect at once', async () => {
    begin(shops(1));
    console.announce(preferred({ notices: { off: ['recovered'], quiet: null } }));
    console.announce(changed(1, trouble('secret')));
    await soon();
    console.announce(changed(1, { phase: 'live', trouble: null }));
    await soon();
    expect(titles()).toEqual(['shop 1: AppSecret problem']);
  });
});

describe('in quiet hours', () => {
  const quiet = { off: [], quiet: { from: '11:00', to: '13:00' } };

  it('nothing is shown, and what still stands is told once at their end', async () => {
    begin(shops(3), { notices: quiet });
    for (const n of [1, 2, 3]) console.announce(changed(n, trouble('secret')));
    console.announce(changed(3, { phase: 'live', trouble: null }));
    await pass(HOUR - 1);
    expect(titles()).toEqual([]);
    await pass(1);
    expect(titles()).toEqual(['2 accounts changed']);
    expect(notifications[0]?.options.body).toContain('shop 1, shop 2.');
    await pass(24 * HOUR);
    expect(titles().filter((title) => title?.endsWith('changed'))).toHaveLength(1);
  });

  it('one that stands is told as itself', async () => {
    begin(shops(1, trouble('secret')), { notices: quiet });
    await pass(HOUR);
    expect(titles()).toEqual(['shop 1: AppSecret problem']);
  });

  it('nothing is told at their end when nothing stands', async () => {
    begin(shops(1, trouble('secret')), { notices: quiet });
    console.announce(changed(1, { phase: 'live', trouble: null }));
    await pass(2 * HOUR);
    expect(titles()).toEqual([]);
  });

  it('their end counts from the moment they are switched off', async () => {
    begin(shops(1, trouble('secret')), { notices: quiet });
    console.announce(preferred({ notices: { off: [], quiet: null } }));
    await soon();
    expect(titles()).toEqual(['shop 1: AppSecret problem']);
  });
});
