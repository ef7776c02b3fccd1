import type { Session, WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { confine, refusePermissions } from '../../../electron/desktop/navigation.ts';
import { electron, fakeContents, fakeEvent, resetElectron } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
let contents: ReturnType<typeof fakeContents>;

beforeEach(() => {
  resetElectron();
  contents = fakeContents();
  confine(contents as unknown as WebContents, log);
});

/**
 * Clicks a link that stays in the window; true if the page stayed where it was. As Electron was seen to: every frame's
 * navigation is put to `will-frame-navigate`, and the main frame's to `will-navigate` only where that said nothing.
 */
function navigate(url: string, isMainFrame = true): boolean {
  const isPrevented = (name: 'will-frame-navigate' | 'will-navigate') => {
    const event = fakeEvent({ url, isMainFrame });
    contents.emit(name, event);
    return event.preventDefault.mock.calls.length > 0;
  };
  return isPrevented('will-frame-navigate') || (isMainFrame && isPrevented('will-navigate'));
}

function openWindow(url: string) {
  return contents.setWindowOpenHandler.mock.lastCall?.[0]({ url } as Electron.HandlerDetails);
}

const allowed = [
  'https://developers.weixin.qq.com/doc/offiaccount/',
  'https://mp.weixin.qq.com/',
  'https://github.com/a/b?c=d#e',
];
const refused = [
  'http://github.com/',
  'https://evil.example/',
  'https://github.com.evil.example/',
  'https://evil.example/github.com',
  'https://github.com:8443/',
  'https://user@github.com/',
  'https://weixin.qq.com/',
  'file:///etc/passwd',
  'app://console/',
  'javascript:alert(1)',
  'ms-settings:',
  'mailto:a@github.com',
  'not an address',
  '',
];

describe('a link', () => {
  it.each(allowed)('to %s opens in the system’s browser and nowhere else', (url) => {
    expect(navigate(url)).toBe(true);
    expect(openWindow(url)).toEqual({ action: 'deny' });
    expect(electron.shell.openExternal.mock.calls).toEqual([[url], [url]]);
  });

  it.each(refused)('to %j opens nowhere', (url) => {
    expect(navigate(url)).toBe(true);
    expect(openWindow(url)).toEqual({ action: 'deny' });
    expect(electron.shell.openExternal).not.toHaveBeenCalled();
    expect(log.warn).toHaveBeenCalledTimes(2);
  });

  it('to the page itself loads it again, as after a fault', () => {
    contents.getURL.mockReturnValue('app://console/#/settings');
    expect(navigate('app://console/#/settings')).toBe(false);
    expect(navigate('app://console/')).toBe(true);
    expect(electron.shell.openExternal).not.toHaveBeenCalled();
  });

  it('that no browser opens is logged', async () => {
    electron.shell.openExternal.mockRejectedValueOnce(new Error('no browser'));
    navigate('https://github.com/');
    await vi.waitFor(() => expect(log.warn).toHaveBeenCalledWith({}, 'no browser opened the link'));
  });
});

it.each(allowed)('a frame inside the page goes nowhere, not even to %s', (url) => {
  expect(navigate(url, false)).toBe(true);
  expect(electron.shell.openExternal).not.toHaveBeenCalled();
});

it.each(['will-redirect', 'will-attach-webview'])('%s is prevented', (name) => {
  const event = fakeEvent({ url: 'https://github.com/' });
  contents.emit(name, event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
  expect(electron.shell.openExternal).not.toHaveBeenCalled();
});

describe('permissions', () => {
  type Handler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
  type Permission = Parameters<Handler>[1];
  const permissions: Permission[] = [
    'clipboard-read',
    'clipboard-sanitized-write',
    'display-capture',
    'fileSystem',
    'geolocation',
    'hid',
    'media',
    'notifications',
    'openExternal',
    'unknown',
    'usb',
  ];

  it('are denied, but for writing text to the clipboard', () => {
    const { defaultSession } = electron.session;
    refusePermissions(defaultSession as unknown as Session);
    const request = defaultSession.setPermissionRequestHandler.mock.lastCall?.[0];
    const check = defaultSession.setPermissionCheckHandler.mock.lastCall?.[0];
    const details = { isMainFrame: true } as never;
    const granted = permissions.filter((permission) => {
      const answer = vi.fn();
      request?.({} as WebContents, permission, answer, details);
      expect(answer).toHaveBeenCalledOnce();
      return answer.mock.lastCall?.[0];
    });
    expect(granted).toEqual(['clipboard-sanitized-write']);
    expect(permissions.filter((permission) => check?.(null, permission, 'app://console', details))).toEqual(
      granted,
    );
    expect(defaultSession.setDevicePermissionHandler.mock.lastCall?.[0]?.({} as never)).toBe(false);
  });
});
