import { beforeEach, expect, it, vi } from 'vitest';
import type { Notice } from '../../../electron/console/contract.ts';
import { tellOfOverdueToken } from '../../../electron/desktop/clipboard-notice.ts';
import { en } from '../../../electron/desktop/words/en.ts';
import { preferred, stateWith } from '../../support/desktop-accounts.ts';
import { notifications, resetElectron } from '../../support/electron-mock.ts';
import { type FakeConsole, fakeConsole } from '../../support/fake-console.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const window = { show: vi.fn(), hasFocus: vi.fn(() => false) };
let console: FakeConsole;

beforeEach(() => {
  resetElectron();
  console = fakeConsole(undefined, stateWith([]));
  tellOfOverdueToken({ console, window, words: () => en });
});

function become(...ids: Notice['id'][]): void {
  const notices = ids.map((id) => ({ id, since: 0, detail: null }));
  console.announce({ type: 'notices-changed', notices });
}

it('is shown once for each token, and leads to the window', () => {
  become('token-on-clipboard');
  become('token-on-clipboard', 'demo');
  expect(notifications.map(({ options }) => options.title)).toEqual([en.onClipboard.title]);
  notifications[0]?.members.emit('click');
  expect(window.show).toHaveBeenCalledExactlyOnceWith();
  become('token-off-clipboard');
  become('token-on-clipboard');
  expect(notifications).toHaveLength(2);
});

it('is not shown to whoever sees the page', () => {
  window.hasFocus.mockReturnValueOnce(true);
  become('token-on-clipboard');
  expect(notifications).toHaveLength(0);
});

it('is not shown in quiet hours', () => {
  const quiet = { from: '00:00', to: '23:59' };
  vi.useFakeTimers({ now: new Date(2026, 0, 1, 12) });
  console.announce(preferred({ notices: { off: [], quiet } }));
  become('token-on-clipboard');
  expect(notifications).toHaveLength(0);
  vi.useRealTimers();
});
