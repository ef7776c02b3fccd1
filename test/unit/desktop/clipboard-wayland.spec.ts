import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OverdueToken } from '../../../electron/console/host.ts';
import {
  clearBeforeQuit,
  clipboardRules,
  createTokenClipboard,
  type TokenClipboard,
} from '../../../electron/desktop/clipboard.ts';
import { electron, fakeEvent, resetElectron } from '../../support/electron-mock.ts';
import { WaylandClipboard } from '../../support/wayland-clipboard.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { app, clipboard } = electron;
const window = { hasFocus: () => desktop.hasFocus };
let desktop: WaylandClipboard;
let tokens: TokenClipboard;
let told: OverdueToken[];

function begin(platform = 'wayland'): void {
  app.commandLine.getSwitchValue.mockImplementation((name) => (name === 'ozone-platform' ? platform : ''));
  tokens = createTokenClipboard(clipboardRules(window));
  told = [];
  tokens.listen((overdue) => void told.push(overdue));
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubEnv('XDG_CURRENT_DESKTOP', 'sway');
  resetElectron();
  desktop = new WaylandClipboard();
  begin();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Past the time of a token that was copied for 30 s, until it is known what became of it. */
const due = () => pass(30_800);

describe('copying', () => {
  it('is refused without the focus: the write would be dropped in silence', async () => {
    desktop.hasFocus = false;
    await expect(tokens.copy('token-a', 30)).rejects.toMatchObject({ error: { code: 'window-not-active' } });
    expect(clipboard.write).not.toHaveBeenCalled();
    await due();
    expect(told).toEqual([null]);
  });

  it('needs no focus where the windows are X11’s, also in a Wayland session', async () => {
    vi.stubEnv('XDG_SESSION_TYPE', 'wayland');
    begin('x11');
    desktop.hasFocus = false;
    expect(await tokens.copy('token-a', 30)).toEqual({ clearsAt: 1_030_000 });
  });
});

describe('a token that is due', () => {
  it('is written over with the focus: what is only dropped, the desktop offers again', async () => {
    await tokens.copy('token-a', 30);
    desktop.hasNewInput = true;
    await due();
    expect(desktop.system).toBe(' ');
    expect(told).toEqual([null]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stays until there was a key or a click, where the desktop wants one; that is told', async () => {
    await tokens.copy('token-a', 30);
    await due();
    expect([desktop.system, told]).toEqual(['token-a', [null, 'there']]);
    await pass(5000);
    expect(desktop.system).toBe('token-a');
    desktop.hasNewInput = true;
    await pass(1500);
    expect([desktop.system, told]).toEqual([' ', [null, 'there', 'gone']]);
    await pass(10_000);
    expect(told).toEqual([null, 'there', 'gone', null]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stays without the focus, is told once, and goes when the focus is back', async () => {
    await tokens.copy('token-a', 30);
    desktop.hasFocus = false;
    await due();
    await pass(60_000);
    expect([desktop.system, told]).toEqual(['token-a', [null, 'there']]);
    desktop.hasFocus = true;
    desktop.hasNewInput = true;
    await pass(1500);
    expect([desktop.system, told]).toEqual([' ', [null, 'there', 'gone']]);
  });

  it('is dropped at once without the focus, for a desktop that keeps nothing; only the focus shows that it is gone', async () => {
    desktop.offersDropped = false;
    await tokens.copy('token-a', 30);
    desktop.hasFocus = false;
    await due();
    expect([desktop.system, told]).toEqual(['', [null, 'there']]);
    desktop.hasFocus = true;
    await pass(1500);
    expect(told).toEqual([null, 'there', 'gone']);
    expect(clipboard.writeText).not.toHaveBeenCalled();
  });

  it('is not dropped on GNOME, which would offer it again without the mark for clipboard managers', async () => {
    vi.stubEnv('XDG_CURRENT_DESKTOP', 'ubuntu:GNOME');
    desktop.wantsNewInput = false;
    begin();
    await tokens.copy('token-a', 30);
    desktop.hasFocus = false;
    await due();
    expect(clipboard.clear).not.toHaveBeenCalled();
    desktop.hasFocus = true;
    await pass(1500);
    expect([desktop.system, told]).toEqual([' ', [null, 'there', 'gone']]);
  });

  it('is not known to be gone when the focus went while it was looked for', async () => {
    await tokens.copy('token-a', 30);
    desktop.hasNewInput = true;
    await pass(30_050);
    desktop.hasFocus = false;
    await pass(700);
    expect(told).toEqual([null, 'there']);
  });

  it('is looked for twice: a busy desktop may offer its copy again only after the first look', async () => {
    await tokens.copy('token-a', 30);
    desktop.hasNewInput = true;
    await pass(30_450); // after the first look, before the second
    desktop.system = 'token-a';
    await pass(350);
    expect(told).toEqual([null, 'there']);
  });

  it('is looked for again where nothing is read: a busy desktop may offer its copy only after the focus', async () => {
    await tokens.copy('token-a', 30);
    desktop.hasFocus = false;
    await due();
    desktop.hasFocus = true;
    const own = clipboard.readText.getMockImplementation();
    clipboard.readText.mockResolvedValue('');
    await pass(700);
    clipboard.readText.mockImplementation(own ?? (async () => ''));
    await pass(600);
    expect([desktop.system, told]).toEqual(['token-a', [null, 'there']]);
    desktop.hasNewInput = true;
    await pass(2500);
    expect([desktop.system, told]).toEqual([' ', [null, 'there', 'gone']]);
  });

  it('gives way to a later copy', async () => {
    await tokens.copy('token-a', 30);
    await due();
    desktop.hasNewInput = true;
    await tokens.copy('token-b', 30);
    expect([desktop.system, told.at(-1)]).toEqual(['token-b', 'gone']);
  });
});

describe('what somebody else copied', () => {
  it.each([true, false])('is left alone, focus at the time: %s', async (hasFocus) => {
    await tokens.copy('token-a', 30);
    desktop.hasFocus = hasFocus;
    desktop.copyElsewhere('a shopping list');
    desktop.hasNewInput = true;
    await due();
    desktop.hasFocus = true;
    await pass(5000);
    expect([desktop.system, told]).toEqual(['a shopping list', [null]]);
    expect(clipboard.writeText).not.toHaveBeenCalled();
  });

  it('is left alone after the token was overdue, which is over then', async () => {
    await tokens.copy('token-a', 30);
    desktop.hasFocus = false;
    await due();
    desktop.copyElsewhere('a shopping list');
    desktop.hasFocus = true;
    await pass(1500);
    expect([desktop.system, told]).toEqual(['a shopping list', [null, 'there', 'gone']]);
  });
});

describe('quitting', () => {
  const quit = () => {
    const event = fakeEvent({});
    app.emit('before-quit', event);
    return event.preventDefault.mock.calls.length > 0;
  };

  it('waits until the token is off while the window is still in front', async () => {
    clearBeforeQuit(tokens, window);
    await tokens.copy('token-a', 30);
    desktop.hasNewInput = true;
    expect(quit()).toBe(true);
    await pass(700);
    expect(desktop.system).toBe(' ');
    expect(app.quit).toHaveBeenCalledOnce();
    expect(quit()).toBe(false);
    expect(quit()).toBe(true); // the quitting was called off, and is asked for again
  });

  it('goes on after a second, whatever the clipboard does', async () => {
    clearBeforeQuit(tokens, window);
    await tokens.copy('token-a', 30);
    clipboard.readText.mockReturnValueOnce(new Promise(() => undefined));
    expect(quit()).toBe(true);
    await pass(1100);
    expect(app.quit).toHaveBeenCalledOnce();
  });

  it('does not wait without the focus, nor elsewhere', () => {
    clearBeforeQuit(tokens, window);
    desktop.hasFocus = false;
    expect(quit()).toBe(false);
    resetElectron();
    begin('x11');
    desktop.hasFocus = true;
    clearBeforeQuit(tokens, window);
    expect(quit()).toBe(false);
  });
});
