/** Parcels are age files like any other, and sealing one does not hold up the process. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gunzipSync, gzipSync } from 'node:zlib';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { CostlyParcelError, isParcel, openParcel, sealParcel } from '../../../electron/vault/parcel.ts';

const PASSPHRASE = 'four words of no relation';
const TEXT = JSON.stringify({ accounts: [{ secret: 'sandbox-secret-of-the-shop' }] });

describe('a parcel', { timeout: 60_000 }, () => {
  it('is opened by age itself, and one sealed by age is opened here', async () => {
    const parcel = await sealParcel(TEXT, PASSPHRASE);
    expect(isParcel(parcel)).toBe(true);
    expect(parcel).not.toContain('sandbox-secret');
    const decrypter = new Decrypter();
    decrypter.addPassphrase(PASSPHRASE);
    expect(gunzipSync(await decrypter.decrypt(armor.decode(parcel))).toString()).toBe(TEXT);

    const encrypter = new Encrypter();
    encrypter.setPassphrase(PASSPHRASE);
    encrypter.setScryptWorkFactor(10);
    const theirs = armor.encode(await encrypter.encrypt(new Uint8Array(gzipSync(TEXT))));
    expect(await openParcel(`\n${theirs}`, PASSPHRASE)).toBe(TEXT);
  });

  it('is not opened by another passphrase, damaged, or so costly that it would stop the machine', async () => {
    const parcel = await sealParcel(TEXT, PASSPHRASE);
    expect(await openParcel(parcel, 'another passphrase')).toBeNull();
    const damaged = armor.decode(parcel);
    damaged[damaged.length - 20] = (damaged.at(-20) ?? 0) ^ 1;
    expect(await openParcel(armor.encode(damaged), PASSPHRASE)).toBeNull();
    const header = Buffer.from(armor.decode(parcel)).toString('latin1').replace(/ 18\n/, ' 19\n');
    const began = performance.now();
    const costly = openParcel(armor.encode(Buffer.from(header, 'latin1')), PASSPHRASE);
    await expect(costly).rejects.toThrow(CostlyParcelError);
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('is opened beside others without more memory than for one', async () => {
    const parcel = await sealParcel(TEXT, PASSPHRASE);
    const before = process.memoryUsage.rss();
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 20);
    const opened = await Promise.all(Array.from({ length: 4 }, () => openParcel(parcel, PASSPHRASE)));
    clearInterval(watch);
    expect(opened).toEqual([TEXT, TEXT, TEXT, TEXT]);
    expect((most - before) / 2 ** 20).toBeLessThan(400); // one takes 256 MiB
  });

  it('is sealed and opened while everything else goes on', async () => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    await openParcel(await sealParcel(TEXT, PASSPHRASE), PASSPHRASE);
    const took = performance.now() - began;
    delay.disable();
    expect(took).toBeGreaterThan(200); // or the passphrase would be cheap to guess
    expect(delay.max / 1e6).toBeLessThan(took / 2);
  });
});
