import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { leaveAway, liveInBackground } from '../../../electron/desktop/background.ts';
import { createMarker } from '../../../electron/desktop/marker.ts';
import { hasTrayHost } from '../../../electron/desktop/tray-host.ts';
import { createWindow, type Window } from '../../../electron/desktop/window.ts';
import { en } from '../../../electron/desktop/words/en.ts';
import { electron, fakeEvent, notifications, resetElectron, windows } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { app } = electron;
let folder: string;
let window: Window;

beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'background-'));
  window = createWindow('/p', 'app://console/');
});

afterEach(() => rmSync(folder, { recursive: true }));

interface Given {
  platform?: NodeJS.Platform;
  keepsRunning?: boolean;
  hasTray?: boolean;
}

function parts({ platform = 'linux', keepsRunning = true, hasTray = true }: Given) {
  return {
    ...{ window, platform, words: () => en, marker: createMarker(folder) },
    keepsRunning: () => keepsRunning,
    hasTray: async () => hasTray,
  };
}

function live(given: Given = {}): void {
  liveInBackground(parts(given));
  window.show();
}

/** Asks the window to close; true if it stays. */
async function close(): Promise<boolean> {
  const event = fakeEvent({});
  windows[0]?.members.emit('close', event);
  await vi.waitFor(() => undefined);
  return event.preventDefault.mock.calls.length > 0;
}

const members = () => windows[0]?.members;

describe('closing the window', () => {
  it.each(['linux', 'win32', 'darwin'] as const)('hides it on %s', async (platform) => {
    live({ platform });
    expect(await close()).toBe(true);
    await vi.waitFor(() => expect(members()?.hide).toHaveBeenCalledOnce());
    expect(members()?.minimize).not.toHaveBeenCalled();
    expect(app.quit).not.toHaveBeenCalled();
  });

  it('minimises it where no tray is seen, so that there is a way back', async () => {
    live({ hasTray: false });
    expect(await close()).toBe(true);
    await vi.waitFor(() => expect(members()?.minimize).toHaveBeenCalledOnce());
    expect(members()?.hide).not.toHaveBeenCalled();
  });

  it('needs no tray on macOS, where the Dock stays', async () => {
    live({ platform: 'darwin', hasTray: false });
    await close();
    await vi.waitFor(() => expect(members()?.hide).toHaveBeenCalledOnce());
  });

  it.each(['linux', 'win32', 'darwin'] as const)(
    'quits on %s where the console does not keep running',
    async (platform) => {
      live({ platform, keepsRunning: false });
      expect(await close()).toBe(false);
      app.emit('window-all-closed');
      expect(app.quit).toHaveBeenCalledOnce();
    },
  );

  it('closes it when the app is about to quit', async () => {
    live();
    app.emit('before-quit', fakeEvent({}));
    expect(await close()).toBe(false);
    expect(members()?.hide).not.toHaveBeenCalled();
  });

  it('leaves full screen first', async () => {
    live({ platform: 'darwin' });
    members()?.isFullScreen.mockReturnValueOnce(true);
    await close();
    await vi.waitFor(() => expect(members()?.setFullScreen.mock.calls).toEqual([[false]]));
    expect(members()?.hide).not.toHaveBeenCalled();
    members()?.emit('leave-full-screen');
    expect(members()?.hide).toHaveBeenCalledOnce();
  });

  it.each([
    ['linux', true, 'tray icon'],
    ['linux', false, 'has no tray'],
    ['darwin', true, 'Dock icon'],
  ] as const)(
    'says once and for all that the console still runs (%s, tray %s)',
    async (platform, hasTray, words) => {
      live({ platform, hasTray });
      await close();
      await vi.waitFor(() => expect(notifications).toHaveLength(1));
      expect(notifications[0]?.options.title).toBe('The console is still running');
      expect(notifications[0]?.options.body).toContain(words);
      expect(notifications[0]?.options.body).toMatch(/[Qq]uit/);
      await close();
      await close();
      liveInBackground(parts({ platform, hasTray })); // the next start
      await close();
      await vi.waitFor(() =>
        expect(members()?.isFullScreen.mock.calls.length ?? 0).toBeGreaterThanOrEqual(0),
      );
      expect(notifications).toHaveLength(1);
    },
  );
});

describe('a start at login', () => {
  it.each([
    [{}, 'none'],
    [{ hasTray: false }, 'minimised'],
    [{ keepsRunning: false }, 'minimised'],
    [{ platform: 'darwin', hasTray: false }, 'none'],
    [{ platform: 'darwin', keepsRunning: false }, 'minimised'],
  ] as const)('%o -> %s', async (given, seen) => {
    await leaveAway(parts(given));
    expect(windows).toHaveLength(seen === 'none' ? 0 : 1);
    expect(members()?.show.mock.calls.length ?? 0).toBe(0);
    expect(members()?.minimize.mock.calls.length ?? 0).toBe(seen === 'minimised' ? 1 : 0);
  });
});

describe('the marker', () => {
  it('is taken once, also over a restart', () => {
    expect(createMarker(folder).take('told-it-stays')).toBe(true);
    const again = createMarker(folder);
    expect([again.take('told-it-stays'), again.take('told-it-stays')]).toEqual([false, false]);
    expect(statSync(join(folder, 'desktop.json')).mode & 0o777).toBe(0o600);
  });

  it('leaves alone what another version wrote, and survives a damaged file', () => {
    const path = join(folder, 'desktop.json');
    writeFileSync(path, '{"later": 1}');
    createMarker(folder).take('told-it-stays');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ later: 1, 'told-it-stays': true });
    writeFileSync(path, '{"lat');
    expect(createMarker(folder).take('told-it-stays')).toBe(true);
  });

  it('counts for this run where nothing can be written', () => {
    const marker = createMarker(join(folder, 'missing'));
    expect([marker.take('told-it-stays'), marker.take('told-it-stays')]).toEqual([true, false]);
  });
});

describe('whether a desktop shows trays', () => {
  const answering = (answers: Record<string, string>) =>
    vi.fn(async (program: string) => {
      const answer = answers[program];
      if (answer === undefined) throw new Error(`${program}: ENOENT`);
      return answer;
    });

  it.each([
    [{ gdbus: '(true,)\n' }, true],
    [{ gdbus: '(false,)\n', 'dbus-send': '   boolean true' }, false],
    [{ 'dbus-send': '   boolean true' }, true],
    [{ 'dbus-send': '   boolean false' }, false],
    [{ busctl: 'b true\n' }, true],
    [{ gdbus: 'something new', busctl: 'b true\n' }, true],
    [{}, false],
  ])('%o -> %s', async (answers, has) => {
    expect(await hasTrayHost('linux', answering(answers as Record<string, string>))).toBe(has);
  });

  it('is not asked on macOS and Windows', async () => {
    const run = answering({});
    expect(await hasTrayHost('darwin', run)).toBe(true);
    expect(await hasTrayHost('win32', run)).toBe(true);
    expect(run).not.toHaveBeenCalled();
  });

  const programs = ['gdbus', 'dbus-send', 'busctl'].filter(
    (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0,
  );
  const isThere = spawnSync('sh', ['-c', 'command -v dbus-run-session']).status === 0;
  it.runIf(isThere && programs.length > 0)(`is found out on a real bus (${programs.join(', ')})`, () => {
    const module = join(import.meta.dirname, '../../../electron/desktop/tray-host.ts');
    const ask = (program: string) => `
      const { execFile } = await import('node:child_process');
      const { hasTrayHost } = await import(${JSON.stringify(module)});
      const asked = [];
      const run = (name, args) => new Promise((resolve, reject) => {
        if (name !== ${JSON.stringify(program)}) return reject(new Error('not this one'));
        execFile(name, args, (error, out) => { asked.push(error ? String(error) : out.trim()); error ? reject(error) : resolve(out); });
      });
      console.log(JSON.stringify([await hasTrayHost('linux', run), ...asked]));`;
    for (const program of programs) {
      const args = ['--', process.execPath, '--input-type=module', '-e', ask(program)];
      const [has, answer] = JSON.parse(execFileSync('dbus-run-session', args, { encoding: 'utf8' }));
      expect([program, has]).toEqual([program, false]);
      expect(answer).toMatch(/\bfalse\b/);
    }
  });
});
