/** What vault.ts promises, whatever the values are kept in. */
import { expect, it } from 'vitest';
import type { Vault } from '../../electron/vault/vault.ts';
import { absent, done, found, OTHER, SECRET, TOKEN } from './vault-values.ts';

export function itBehavesAsAVault(open: () => Vault): void {
  it('gives back each entry it was given, the latest value, and no other', async () => {
    const vault = open();
    expect(await vault.read(SECRET)).toEqual(absent);
    expect(await vault.keep(SECRET, 'sandbox-secret-of-shop')).toEqual(done);
    expect(await vault.keep(TOKEN, '{"accessToken":"令牌 🔑","line":"stable"}')).toEqual(done);
    expect(await vault.keep(SECRET, 'sandbox-secret-of-shop, changed')).toEqual(done);
    expect(await vault.read(SECRET)).toEqual(found('sandbox-secret-of-shop, changed'));
    expect(await vault.read(TOKEN)).toEqual(found('{"accessToken":"令牌 🔑","line":"stable"}'));
    expect(await vault.read(OTHER)).toEqual(absent);
  });

  it('forgets an entry, and says done to forgetting what is not there', async () => {
    const vault = open();
    await vault.keep(SECRET, 'one');
    await vault.keep(TOKEN, 'two');
    expect(await vault.forget(SECRET)).toEqual(done);
    expect(await vault.forget(SECRET)).toEqual(done);
    expect(await vault.read(SECRET)).toEqual(absent);
    expect(await vault.read(TOKEN)).toEqual(found('two'));
  });

  it('is ready, and a probe leaves what it holds alone', async () => {
    const vault = open();
    await vault.keep(SECRET, 'one');
    const ready = { kind: vault.kind, status: 'ready', detail: null };
    expect(await Promise.all([vault.probe(), vault.probe()])).toEqual([ready, ready]);
    expect(await vault.read(SECRET)).toEqual(found('one'));
  });
}
