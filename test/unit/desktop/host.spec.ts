import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { desktopHost, type HostParts } from '../../../electron/desktop/host.ts';
import { openLogFile } from '../../../electron/desktop/log-file.ts';
import { createLog } from '../../../electron/log.ts';
import { electron, resetElectron } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { dialog, shell } = electron;
let folder: string;
const modeOf = (path: string) => statSync(path).mode & 0o777;

beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'host-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const host = (changes: Partial<HostParts> = {}) =>
  desktopHost({
    platform: 'linux',
    isDemo: false,
    dataDir: folder,
    licences: join(folder, 'built-in.txt'),
    window: { current: () => null },
    ...changes,
  });

describe('what the host can do', () => {
  it('is told for each system', () => {
    const usual = ['background', 'login', 'notices', 'clipboard', 'shield'];
    const places = ['open-data-folder', 'open-logs'];
    expect(host().abilities).toEqual([...usual, ...places]);
    for (const platform of ['darwin', 'win32'] as const)
      expect(host({ platform }).abilities).toEqual([...usual, 'screen-protection', ...places]);
  });

  it('depends on the build, the system and whether it is real', () => {
    writeFileSync(join(folder, 'built-in.txt'), 'MIT');
    expect(host().abilities).toContain('open-licences');
    expect(host({ isDemo: true }).abilities).not.toContain('login');
    electron.Notification.isSupported.mockReturnValueOnce(false);
    expect(host().abilities).not.toContain('notices');
  });
});

describe('saving a file', () => {
  const parent = {} as BrowserWindow;

  it('asks where, and writes what only this user can read', async () => {
    const path = join(folder, 'accounts.json');
    dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath: path });
    expect(await host({ window: { current: () => parent } }).saveFile('accounts.json', 'text')).toBe(path);
    expect(dialog.showSaveDialog.mock.calls).toEqual([
      [parent, { defaultPath: join('/profile/documents', 'accounts.json') }],
    ]);
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['text', 0o600]);
  });

  it('replaces a file that was there, and takes others’ right to read it away', async () => {
    const path = join(folder, 'old.json');
    writeFileSync(path, 'something longer than the new text', { mode: 0o644 });
    dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath: path });
    await host().saveFile('old.json', 'text');
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['text', 0o600]);
  });

  it('ends without one where the person chose none', async () => {
    expect(await host().saveFile('accounts.json', 'text')).toBeNull();
    expect(existsSync(join(folder, 'accounts.json'))).toBe(false);
  });
});

describe('opening', () => {
  it('shows the data folder and the logs, which are made if need be', async () => {
    await host().open('data-folder');
    await host().open('logs');
    expect(shell.openPath.mock.calls).toEqual([[folder], [join(folder, 'logs')]]);
    expect(modeOf(join(folder, 'logs'))).toBe(0o700);
  });

  it('takes the licences out of the app’s archive first', async () => {
    writeFileSync(join(folder, 'built-in.txt'), 'MIT');
    await host().open('licences');
    expect(shell.openPath.mock.calls).toEqual([[join(folder, 'licences.txt')]]);
    expect(readFileSync(join(folder, 'licences.txt'), 'utf8')).toBe('MIT');
  });

  it('says when the system could not', async () => {
    shell.openPath.mockResolvedValueOnce('no application');
    await expect(host().open('logs')).rejects.toThrow('no application');
  });
});

describe('the log', () => {
  const stderr = new PassThrough();
  const path = () => join(folder, 'logs', 'console.log');

  it('goes to a file of this user’s and to stderr, at once', () => {
    const log = createLog(openLogFile(join(folder, 'logs'), stderr));
    log.warn({ count: 2, secret: 'sandbox-secret-of-the-shop' }, 'a fact');
    const line = readFileSync(path(), 'utf8');
    expect(JSON.parse(line)).toMatchObject({ count: 2, msg: 'a fact' });
    expect(line).not.toContain('sandbox-secret');
    expect(String(stderr.read())).toBe(line);
    expect([modeOf(path()), modeOf(join(folder, 'logs'))]).toEqual([0o600, 0o700]);
  });

  it('goes on where it ended, and takes others’ right to read it away', () => {
    createLog(openLogFile(join(folder, 'logs'), stderr)).info({}, 'one');
    chmodSync(path(), 0o644);
    createLog(openLogFile(join(folder, 'logs'), stderr)).info({}, 'two');
    expect(readFileSync(path(), 'utf8').trim().split('\n')).toHaveLength(2);
    expect(modeOf(path())).toBe(0o600);
  });

  it('sets aside at a start what is larger than 5 MB, and keeps one old', () => {
    const old = join(folder, 'logs', 'console.old.log');
    for (const letter of ['a', 'b']) {
      openLogFile(join(folder, 'logs'), stderr);
      writeFileSync(path(), letter.repeat(5_000_001));
    }
    openLogFile(join(folder, 'logs'), stderr);
    expect([readFileSync(old, 'utf8')[0], readFileSync(path(), 'utf8')]).toEqual(['b', '']);
  });

  it('outlives the terminal it was started from', () => {
    const closed = new PassThrough();
    const log = createLog(openLogFile(join(folder, 'logs'), closed));
    closed.emit('error', new Error('EPIPE'));
    log.info({}, 'still here');
    expect(readFileSync(path(), 'utf8')).toContain('still here');
  });

  it('goes to stderr alone where no file can be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const log = createLog(openLogFile(join(folder, 'file', 'logs'), stderr));
    stderr.read();
    log.error({}, 'still here');
    expect(String(stderr.read())).toContain('still here');
  });
});
