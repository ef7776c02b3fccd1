import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeDemoFolder } from '../../electron/demo-folder.ts';

/** The number of a process that is over. */
const OVER = spawnSync(process.execPath, ['--version']).pid;

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'demo-folder-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

/** A demo's folder with a file in it. */
function left(pid: number | string, end = 'abc123'): string {
  const folder = join(parent, `wechat-token-console-demo-${pid}-${end}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'Preferences'), '{}');
  return folder;
}

describe('the folder of a demo', () => {
  it('is new each time and tells its process', () => {
    const folders = [makeDemoFolder(parent), makeDemoFolder(parent)].map((folder) => basename(folder));
    for (const name of folders)
      expect(name).toMatch(new RegExp(`^wechat-token-console-demo-${process.pid}-\\w{6}$`));
    expect(readdirSync(parent).sort()).toEqual(folders.sort());
  });

  it('of a demo that is over is removed by the next, whatever is in it', () => {
    const folder = left(OVER);
    mkdirSync(join(folder, 'Cache'));
    const target = join(parent, 'elsewhere');
    mkdirSync(target);
    writeFileSync(join(target, 'mine'), '');
    symlinkSync(target, join(folder, 'link'));
    const next = makeDemoFolder(parent);
    expect(readdirSync(parent).sort()).toEqual(['elsewhere', basename(next)].sort());
    expect(readdirSync(target)).toEqual(['mine']);
  });

  it('of a demo that runs stays, also where another program has its number by now', () => {
    const folders = [left(process.pid), left(process.ppid)];
    makeDemoFolder(parent);
    expect(folders.map((folder) => existsSync(folder))).toEqual([true, true]);
  });

  it('is told by its name: no other is touched', () => {
    const others = [left('x'), left(OVER, 'abc'), left(0), left(`-${OVER}`), left(OVER, 'abc123.old')];
    makeDemoFolder(parent);
    expect(others.map((folder) => existsSync(folder))).toEqual(others.map(() => true));
  });

  it('is a folder: a link or a file of that name stays, and so does what a link leads to', () => {
    const target = join(parent, 'elsewhere');
    mkdirSync(target);
    writeFileSync(join(target, 'mine'), '');
    const names = ['link00', 'file00'].map((end) => join(parent, `wechat-token-console-demo-${OVER}-${end}`));
    symlinkSync(target, names[0] ?? '');
    writeFileSync(names[1] ?? '', '');
    makeDemoFolder(parent);
    expect([...names, join(target, 'mine')].map((path) => existsSync(path))).toEqual([true, true, true]);
  });

  it.runIf(process.getuid?.() === 0)('is this user’s: somebody else’s stays', () => {
    const folder = left(OVER);
    chownSync(folder, 12_345, 12_345);
    makeDemoFolder(parent);
    expect(existsSync(folder)).toBe(true);
  });

  it('cannot be told by other users’ processes: one that may not be asked is alive', () => {
    const folder = left(OVER);
    const refused = Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
      throw refused;
    });
    makeDemoFolder(parent);
    kill.mockRestore();
    expect(existsSync(folder)).toBe(true);
  });
});
