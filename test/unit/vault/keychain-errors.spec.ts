import { describe, expect, it } from 'vitest';
import { keychainTrouble, missingKeytar } from '../../../electron/vault/keychain-errors.ts';

describe("a keychain's refusal", () => {
  it.each([
    ['Cannot create an item in a locked collection', 'locked', /login keyring is locked/],
    [
      'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
      'locked',
      /no login keyring is open/,
    ],
    ['User interaction is not allowed.', 'locked', /Unlock it/],
    [
      'The name org.freedesktop.secrets was not provided by any .service files',
      'unavailable',
      /gnome-keyring or KWallet/,
    ],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'unavailable', /no D-Bus session/],
    ['Could not connect: No such file or directory', 'unavailable', /no D-Bus session/],
    ['The session wrapping the secret does not exist', 'unavailable', /Restart the console/],
    ['Timeout was reached', 'unavailable', /did not answer in time/],
  ] as const)('is understood on Linux: %s', (text, result, detail) => {
    const trouble = keychainTrouble(new Error(text), 'linux');
    expect(trouble).toEqual({ result, detail: expect.stringMatching(detail) });
    expect(trouble.detail).toContain('--vault file');
  });

  it.each([
    ['darwin', 'macOS Keychain'],
    ['win32', 'Windows Credential Manager'],
    ['linux', 'keyring'],
  ] as const)("is passed on in the system's words when unknown (%s)", (platform, name) => {
    const trouble = keychainTrouble(new Error(`Element fell out. ${'x'.repeat(1000)}`), platform);
    expect(trouble.result).toBe('unavailable');
    expect(trouble.detail).toContain(name);
    expect(trouble.detail).toContain('Element fell out.');
    expect(trouble.detail.length).toBeLessThan(400);
  });

  it('names the library that is missing', () => {
    expect(missingKeytar('linux').detail).toMatch(/keytar.*libsecret.*not installed.*--vault file/);
    expect(missingKeytar('darwin').detail).not.toContain('libsecret');
  });
});
