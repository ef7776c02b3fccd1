import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataDir, readOptions, UsageError } from '../../electron/options.ts';

describe('the options', () => {
  it('have the defaults that interfaces.md names', () => {
    expect(readOptions([], {})).toMatchObject({
      listen: { host: '127.0.0.1', port: 7320 },
      vault: 'keychain',
      vaultKeyFile: undefined,
      ...{ allowRemoteAdmin: false, demo: false, open: false, json: false, version: false, help: false },
    });
  });

  it('come from the command line, else from the environment', () => {
    const env = { WTC_DATA_DIR: 'there', WTC_VAULT: 'file', WTC_DEMO: 'yes', WTC_OPEN: '1', WTC_LISTEN: '' };
    const read = readOptions(['--data-dir', 'here', '--no-open', '--vault-key-file', 'key'], env);
    expect(read).toMatchObject({
      ...{ dataDir: resolve('here'), vault: 'file', demo: true, open: false, vaultKeyFile: resolve('key') },
    });
  });

  it('take IPv6 addresses and port 0', () => {
    expect(readOptions(['--listen', '[::1]:0'], {}).listen).toEqual({ host: '::1', port: 0 });
  });

  it('say where the gateway listens, with or without TLS', () => {
    expect(readOptions([], {}).gateway).toBeUndefined();
    expect(readOptions(['--gateway', '127.0.0.1:0'], {}).gateway).toEqual({
      ...{ enabled: true, host: '127.0.0.1', port: 0, tls: null },
    });
    const env = { WTC_GATEWAY: '0.0.0.0:443', WTC_GATEWAY_CERT: 'c.pem', WTC_GATEWAY_KEY: 'k.pem' };
    expect(readOptions([], env).gateway).toEqual({
      ...{ enabled: true, host: '0.0.0.0', port: 443 },
      tls: { certFile: resolve('c.pem'), keyFile: resolve('k.pem') },
    });
  });

  it('take a path from a unit or an env file as a shell would have', () => {
    expect(readOptions([], { WTC_DATA_DIR: '~/wtc' }).dataDir).toBe(join(homedir(), 'wtc'));
    expect(readOptions([], { WTC_DATA_DIR: '~' }).dataDir).toBe(homedir());
    expect(readOptions([], { WTC_VAULT_KEY_FILE: '~/k' }).vaultKeyFile).toBe(join(homedir(), 'k'));
    expect(readOptions([], { WTC_DATA_DIR: './~/wtc' }).dataDir).toBe(resolve('~', 'wtc'));
  });

  it.each(['~operator/wtc', '$HOME/wtc', '%h/wtc', '"/var/lib/wtc"', "'/var/lib/wtc'"])(
    'refuse a path that nothing has put together: %s',
    (path) => {
      for (const name of ['WTC_DATA_DIR', 'WTC_VAULT_KEY_FILE', 'WTC_GATEWAY_CERT']) {
        expect(() => readOptions([], { [name]: path })).toThrow(UsageError);
        expect(() => readOptions([], { [name]: path })).toThrow(path);
      }
    },
  );

  it.each([
    [['--nonsense'], {}, /nonsense/],
    [['positional'], {}, /positional/],
    [['--listen', 'localhost'], {}, /--listen/],
    [['--listen', 'a:99999'], {}, /--listen/],
    [['--vault', 'paper'], {}, /--vault/],
    [['--gateway', 'a'], {}, /--gateway/],
    [['--gateway', 'a:1', '--gateway-cert', 'c.pem'], {}, /go together/],
    [['--gateway-cert', 'c.pem', '--gateway-key', 'k.pem'], {}, /needs --gateway/],
    [[], { WTC_ALLOW_REMOTE_ADMIN: 'maybe' }, /WTC_ALLOW_REMOTE_ADMIN/],
  ])('%j with %j are refused by name', (argv, env, why) => {
    expect(() => readOptions(argv, env)).toThrow(UsageError);
    expect(() => readOptions(argv, env)).toThrow(why);
  });

  it('put the data where Electron would', () => {
    const usual = defaultDataDir({ XDG_CONFIG_HOME: '/config', APPDATA: '/config' });
    expect(usual).toContain('wechat-token-console');
    if (process.platform === 'linux') expect(usual).toBe('/config/wechat-token-console');
  });
});
