import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultKeyFile, modeFault } from '../../../electron/vault/key-file.ts';

const own = ['wechat-token-console', 'vault.key'];

it.each([
  ['linux', {}, join(homedir(), '.config', ...own)],
  ['linux', { XDG_CONFIG_HOME: '/etc/someone' }, join('/etc/someone', ...own)],
  ['linux', { XDG_CONFIG_HOME: 'relative' }, join(homedir(), '.config', ...own)],
  ['darwin', {}, join(homedir(), 'Library', 'Application Support', ...own)],
  ['win32', { APPDATA: '/roaming' }, join('/roaming', ...own)],
  ['win32', {}, join(homedir(), 'AppData', 'Roaming', ...own)],
] as const)('the key of the file vault is looked for where %s keeps settings (%j)', (platform, env, file) => {
  expect(defaultKeyFile(platform, env)).toBe(file);
});

describe('a key file', () => {
  const SERVICE = 993;
  it.each([
    ['the user’s own', SERVICE, 0o600, false, null],
    ['the user’s own, read-only', SERVICE, 0o400, false, null],
    ['the user’s own, for a group', SERVICE, 0o640, false, /0600/],
    ['another user’s', 1000, 0o640, false, /0600/],
    ['a credential of systemd’s', 0, 0o440, true, null],
    ['a credential of an older systemd’s, the user’s own', SERVICE, 0o400, true, null],
    ['a credential that others may change', 0, 0o460, true, /changed by others/],
    ['root’s, for a group (a secret of Kubernetes’)', 0, 0o440, false, null],
    ['root’s, for everybody', 0, 0o444, false, /defaultMode: 0440/],
    ['root’s, which the group may change', 0, 0o660, false, /defaultMode: 0440/],
  ] as const)('%s', (_, uid, mode, isCredential, fault) => {
    const found = modeFault({ uid, mode: 0o100_000 | mode, isCredential }, SERVICE);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });

  it('of root’s, read by root, is for nobody else', () => {
    expect(modeFault({ uid: 0, mode: 0o440, isCredential: false }, 0)).toMatch(/0600/);
    expect(modeFault({ uid: 0, mode: 0o400, isCredential: false }, 0)).toBeNull();
  });
});
