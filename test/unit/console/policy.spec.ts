/** The administrators' policy file: where it is, what of it is followed, and whose word counts. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { policyPath, readPolicy } from '../../../electron/policy.ts';

const SOMEBODY = 54_321;
const isRoot = process.getuid?.() === 0;
const isPosix = process.getuid !== undefined;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wtc-policy-'));
  path = join(folder, 'policy.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Reads a policy file with that content, as an administrator would have put it there. */
function read(content: unknown, mode = 0o644) {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(path, mode);
  return readPolicy(path);
}

it.each([
  ['linux', {}, '/etc/wechat-token-console/policy.json'],
  ['darwin', {}, '/Library/Application Support/wechat-token-console/policy.json'],
] as const)('is in a folder of the system on %s', (platform, env, expected) => {
  expect(policyPath(platform, env)).toBe(expected);
});

it('is where only administrators can write on Windows', () => {
  const parts = (env: Record<string, string>) => policyPath('win32', env).split(/[\\/]/);
  expect(parts({ ProgramFiles: 'D:\\Apps' })).toEqual(['D:', 'Apps', 'wechat-token-console', 'policy.json']);
  expect(parts({}).slice(0, 2)).toEqual(['C:', 'Program Files']);
});

describe('a policy', () => {
  it('that is not there settles nothing', () => {
    expect(readPolicy(path)).toEqual({ fault: null });
    expect(readPolicy(join(folder, 'no-such-folder', 'policy.json'))).toEqual({ fault: null });
  });

  it('that is empty settles nothing', () => {
    expect(read({})).toEqual({ fault: null });
  });

  it('settles what it names and nothing else', () => {
    const policy = {
      gateway: { enabled: true, host: '10.0.0.5', port: 7321, tls: null },
      proxy: { mode: 'manual', url: 'http://proxy.example:3128', username: null },
      updates: { automatic: true, feed: 'https://updates.example/' },
      language: 'zh',
    };
    expect(read(policy)).toEqual({ ...policy, fault: null });
    expect(read({ language: 'en' })).toEqual({ language: 'en', fault: null });
  });

  it('can forbid updates', () => {
    expect(read({ updates: false })).toEqual({ updates: false, fault: null });
  });

  it('may begin with the mark that editors on Windows write', () => {
    expect(read('\uFEFF{"language":"zh"}')).toEqual({ language: 'zh', fault: null });
  });
});

describe('a policy that cannot be followed settles nothing but that there are no updates', () => {
  it.each([
    ['is not JSON', '{"language": zh}', 'is not JSON'],
    ['is empty', '', 'is not JSON'],
    ['is a list', [], 'file'],
    ['has a key that does not exist', { language: 'zh', theme: 'dark' }, 'theme'],
    ['has a language that does not exist', { language: 'fr' }, 'language'],
    ['allows updates with a word', { updates: true }, 'updates'],
    [
      'has a feed over plain http',
      { updates: { automatic: true, feed: 'http://updates.example/' } },
      'updates',
    ],
    [
      'has a proxy of another kind',
      { proxy: { mode: 'manual', url: 'socks5://p', username: null } },
      'proxy',
    ],
    [
      'has a user name in the proxy, whose password could only stand there in plain',
      { proxy: { mode: 'manual', url: 'http://p', username: 'li' } },
      'proxy',
    ],
    [
      'has a password in the proxy',
      { proxy: { mode: 'manual', url: 'http://a:hush@p', username: null } },
      'proxy',
    ],
  ])('%s', (_what, content, words) => {
    const { fault, ...settled } = read(content);
    expect(settled).toEqual({ updates: false });
    expect(fault).toContain(path);
    expect(fault).toContain(words);
    expect(fault).not.toContain('hush');
  });

  it('is a folder', () => {
    mkdirSync(path);
    chmodSync(path, 0o755);
    expect(readPolicy(path)).toMatchObject({ updates: false, fault: expect.stringContaining('EISDIR') });
  });

  it.skipIf(!isPosix).each([0o664, 0o646, 0o666])('can be written by others: mode %o', (mode) => {
    const { fault, ...settled } = read({ language: 'zh', updates: { automatic: true, feed: null } }, mode);
    expect(settled).toEqual({ updates: false });
    expect(fault).toContain('written by others');
  });

  it.skipIf(!isRoot)('belongs to another user', () => {
    read({ language: 'zh' });
    chownSync(path, SOMEBODY, SOMEBODY);
    const { fault, ...settled } = readPolicy(path);
    expect(settled).toEqual({ updates: false });
    expect(fault).toContain('another user');
  });

  it.skipIf(!isPosix || isRoot)('cannot be read', () => {
    expect(read({ language: 'zh' }, 0o000)).toMatchObject({
      updates: false,
      fault: expect.stringContaining('EACCES'),
    });
  });
});
