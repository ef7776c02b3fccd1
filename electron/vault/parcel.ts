/** A text sealed with a passphrase, for taking AppSecrets to another machine: age, ASCII-armored, gzipped inside. */
import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import type { Identity, Recipient } from 'age-encryption';

const pack = promisify<Buffer, Buffer>(gzip);
const unpack = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

/** Ten thousand accounts, each as long as it can be, are 12 MiB; a bomb must not fill the memory. */
const LARGEST_BYTES = 32 * 1024 * 1024;
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';

export function isParcel(text: string): boolean {
  return text.trimStart().startsWith(ARMOR);
}

/** Takes about a second, beside everything else. */
export async function sealParcel(text: string, passphrase: string): Promise<string> {
  const { armor, Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(await recipientOf(passphrase));
  return armor.encode(await encrypter.encrypt(new Uint8Array(await pack(Buffer.from(text)))));
}

/** A parcel that would take more memory to open than one of the console's own (256 MiB). */
export class CostlyParcelError extends Error {}

/**
 * null: another passphrase, or a damaged parcel; age does not tell which.
 * @throws CostlyParcelError before any memory is taken.
 */
export async function openParcel(parcel: string, passphrase: string): Promise<string | null> {
  const { armor, Decrypter } = await import('age-encryption');
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identityOf(passphrase));
    const bytes = await decrypter.decrypt(armor.decode(parcel.trim()));
    return (await unpack(Buffer.from(bytes), { maxOutputLength: LARGEST_BYTES })).toString('utf8');
  } catch (error) {
    if (error instanceof CostlyParcelError) throw error;
    return null; // without the cause: it may quote what it read
  }
}

/*
 * age's own passphrase stanza (C2SP.org/age, "The scrypt recipient type"). The library has it too, but derives the
 * key in JavaScript on this very thread: no window, gateway or timer would get a turn for seconds.
 */
const LABEL = Buffer.from('age-encryption.org/v1/scrypt');
const LOG_N = 18;
/** The key is used once, so that the nonce may be fixed. */
const NONCE = new Uint8Array(12);

let turn: Promise<unknown> = Promise.resolve();

/** One after the other: each takes 256 MiB while it is under way. */
function derive(passphrase: string, salt: Uint8Array, logN: number): Promise<Uint8Array> {
  const derived = turn.then(() => deriveNow(passphrase, salt, logN));
  turn = derived.catch(() => undefined);
  return derived;
}

function deriveNow(passphrase: string, salt: Uint8Array, logN: number): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const cost = { N: 2 ** logN, r: 8, p: 1, maxmem: 2 ** (logN + 11) };
  scrypt(passphrase.normalize('NFC'), Buffer.concat([LABEL, salt]), 32, cost, (error, key) => {
    if (error) reject(error);
    else resolve(new Uint8Array(key));
  });
  return promise;
}

async function recipientOf(passphrase: string): Promise<Recipient> {
  const { Stanza } = await import('age-encryption');
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(16);
      const key = await derive(passphrase, salt, LOG_N);
      const args = ['scrypt', salt.toString('base64').replace(/=+$/, ''), `${LOG_N}`];
      return [new Stanza(args, chacha20poly1305(key, NONCE).encrypt(fileKey))];
    },
  };
}

function identityOf(passphrase: string): Identity {
  return {
    async unwrapFileKey([stanza, ...others]) {
      const [type, salt = '', cost = ''] = stanza?.args ?? [];
      if (!stanza || type !== 'scrypt' || others.length > 0) return null;
      const logN = Number(/^[1-9]\d?$/.exec(cost)?.[0]);
      // A file from elsewhere must not take this machine's memory, or make it count for an hour.
      if (logN > LOG_N) throw new CostlyParcelError();
      if (Number.isNaN(logN)) return null;
      const key = await derive(passphrase, Buffer.from(salt, 'base64'), logN);
      return chacha20poly1305(key, NONCE).decrypt(stanza.body);
    },
  };
}
