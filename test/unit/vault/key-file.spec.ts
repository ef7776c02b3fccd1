import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultKeyFile } from '../../../electron/vault/key-file.ts';

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
