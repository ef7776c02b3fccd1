/**
 * node:crypto with a scrypt that takes no time, where a test is not about how hard a passphrase is to guess. For
 * `vi.mock('node:crypto', async () => (await import('…/cheap-scrypt.ts')).cheapCrypto)`.
 */
import { vi } from 'vitest';

const real = await vi.importActual<typeof import('node:crypto')>('node:crypto');

/** False: scrypt costs what it costs. */
export const work = { isCheap: true };

const cheapScrypt = (
  passphrase: string,
  salt: Buffer,
  length: number,
  cost: Parameters<typeof real.scrypt>[3],
  done: Parameters<typeof real.scrypt>[4],
) => real.scrypt(passphrase, salt, length, work.isCheap ? { ...cost, N: 16 } : cost, done);

export const cheapCrypto = { ...real, scrypt: cheapScrypt };
