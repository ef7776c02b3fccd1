import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeDemoFolder } from '../../../electron/demo-folder.ts';
import { failToStart, optionsIn, settleDataFolder } from '../../../electron/desktop/start.ts';
import { LedgerError } from '../../../electron/ledger/ledger.ts';
import { electron, resetElectron } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { app, dialog } = electron;
let folder: string;

beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'start-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the options', () => {
  it('are read among Electron’s own', () => {
    const read = (...argv: string[]) => optionsIn(argv, '/usual');
    const usual = {
      demo: false,
      dataDir: '/usual',
      vault: 'keychain',
      vaultKeyFile: undefined,
      resetLock: false,
    };
    expect(read()).toEqual(usual);
    expect(read('--inspect=0', '.', '--demo', '--no-sandbox')).toEqual({ ...usual, demo: true });
    expect(read('.', '--data-dir', 'here')).toEqual({ ...usual, dataDir: resolve('here') });
    expect(read('--data-dir=/there')).toEqual({ ...usual, dataDir: resolve('/there') });
    expect(read('--data-dir=')).toEqual(usual);
    const file = { vault: 'file', vaultKeyFile: resolve('key') };
    expect(read('--vault', 'file', '--vault-key-file', 'key')).toEqual({ ...usual, ...file });
    expect(read('--vault', 'paper')).toEqual(usual);
    expect(read('--reset-lock', '--autostart')).toEqual({ ...usual, resetLock: true });
    expect(read('--reset-lock', '--demo').resetLock).toBe(false);
  });
});

/** As main.ts does it. */
const settle = (options: { demo: boolean; dataDir: string }) => settleDataFolder(options, makeDemoFolder);

describe('the data folder', () => {
  it('is made where it is named', () => {
    const dataDir = join(folder, 'new/folder');
    expect(settle({ demo: false, dataDir })).toBe(dataDir);
    expect(app.setPath.mock.calls).toEqual([['userData', dataDir]]);
    expect(existsSync(dataDir)).toBe(true);
  });

  it('of a demo is new and goes when the app quits', () => {
    settle({ demo: true, dataDir: folder });
    settle({ demo: true, dataDir: '/usual' });
    const [first, second] = app.setPath.mock.calls.map(([, path]) => path);
    expect(new Set([folder, first, second]).size).toBe(3);
    expect([first, second].map((path) => existsSync(path ?? ''))).toEqual([true, true]);
    app.emit('quit');
    expect([first, second].map((path) => existsSync(path ?? ''))).toEqual([false, false]);
  });

  it('that cannot be made is not writable', () => {
    writeFileSync(join(folder, 'file'), '');
    const start = () => settle({ demo: false, dataDir: join(folder, 'file/folder') });
    expect(start).toThrow(LedgerError);
    expect(start).toThrow(expect.objectContaining({ exitCode: 73 }));
  });
});

it('on Windows the app takes the id under which its installer makes the shortcut', () => {
  const [, id] = /^appId: (\S+)$/m.exec(readFileSync('electron-builder.yml', 'utf8')) ?? [];
  for (const platform of ['linux', 'win32'] as const) {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
    settle({ demo: false, dataDir: folder });
  }
  vi.restoreAllMocks();
  expect(app.setAppUserModelId.mock.calls).toEqual([[id]]);
});

describe('a failed start', () => {
  it.each([
    ['not-writable', 'The data folder cannot be written to.', 73],
    ['held', 'Another console is using this data folder.', 75],
    ['newer-version', 'newer version', 78],
  ] as const)('by %s is told and ends with its exit code', async (reason, words, code) => {
    await failToStart(new LedgerError(reason, 'the detail'));
    expect(dialog.showErrorBox.mock.calls).toEqual([
      ['The console cannot start', expect.stringContaining(words)],
    ]);
    expect(dialog.showErrorBox.mock.lastCall?.[1]).toMatch(/\n\nthe detail$/);
    expect(app.exit.mock.calls).toEqual([[code]]);
  });

  it('is told in Chinese where the system is', async () => {
    app.getPreferredSystemLanguages.mockReturnValueOnce(['zh-Hans-CN', 'en']);
    await failToStart(new LedgerError('held', 'the detail'));
    expect(dialog.showErrorBox.mock.calls).toEqual([
      ['控制台无法启动', expect.stringContaining('另一个控制台正在使用这个数据文件夹')],
    ]);
  });

  it('by anything else ends with 1', async () => {
    await failToStart(new Error('no page'));
    expect(dialog.showErrorBox.mock.lastCall?.[1]).toContain('no page');
    expect(app.exit.mock.calls).toEqual([[1]]);
  });

  it('before the app is ready waits until it is: Linux has no error box earlier', async () => {
    const ready = Promise.withResolvers<void>();
    app.whenReady.mockReturnValueOnce(ready.promise);
    const told = failToStart(new LedgerError('not-writable', 'the detail'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(dialog.showErrorBox).not.toHaveBeenCalled();
    expect(app.exit).not.toHaveBeenCalled();
    ready.resolve();
    await told;
    expect(dialog.showErrorBox).toHaveBeenCalledOnce();
    expect(app.exit.mock.calls).toEqual([[73]]);
  });
});
