/** The thin shells over Electron: network, power, menu. */
import { beforeEach, expect, it, vi } from 'vitest';
import { setMenu } from '../../../electron/desktop/menu.ts';
import { netFetch } from '../../../electron/desktop/net-fetch.ts';
import { watchPower } from '../../../electron/desktop/power.ts';
import { electron, resetElectron } from '../../support/electron-mock.ts';
import { fakeConsole } from '../../support/fake-console.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

beforeEach(resetElectron);

it('calls WeChat through Electron, without cookies, a cache or our own scheme', async () => {
  const response = new Response('{}');
  electron.net.fetch.mockResolvedValueOnce(response);
  const { signal } = new AbortController();
  const init = { method: 'POST', headers: { a: 'b' }, body: '{}', signal, redirect: 'manual' } as const;
  expect(await netFetch('https://api.weixin.qq.com/', init)).toBe(response);
  expect(electron.net.fetch.mock.calls).toEqual([
    [
      'https://api.weixin.qq.com/',
      { ...init, credentials: 'omit', cache: 'no-store', bypassCustomProtocolHandlers: true },
    ],
  ]);
});

it('looks at every deadline again after sleep and after the screen was locked', () => {
  const console = fakeConsole();
  watchPower(console);
  electron.powerMonitor.emit('resume');
  electron.powerMonitor.emit('unlock-screen');
  electron.powerMonitor.emit('suspend');
  expect(console.lookedAgain).toBe(2);
});

it.each([
  ['darwin', 'appMenu'],
  ['win32', 'fileMenu'],
  ['linux', 'fileMenu'],
] as const)('has a menu with editing, zoom and quit on %s', (platform, first) => {
  setMenu(platform);
  const [template] = electron.Menu.buildFromTemplate.mock.lastCall ?? [];
  expect(template?.map(({ role, label }) => role ?? label)).toEqual([
    first,
    'editMenu',
    'View',
    'windowMenu',
  ]);
  expect(electron.Menu.setApplicationMenu).toHaveBeenCalledExactlyOnceWith(
    electron.Menu.buildFromTemplate.mock.results.at(-1)?.value,
  );
});
