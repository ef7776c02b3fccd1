/** vault.age itself: decrypted, encrypted, replaced in one piece. */
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../lib/folders.ts';
import { createKey, readKey, syncFolder } from './key-file.ts';

/** The vault's file is there and stays as it is, but cannot be used; the message is meant for a person. */
export class SealedError extends Error {}

export interface Sealed {
  /** The encrypted file. */
  readonly file: string;
  readonly keyFile: string;
}

export type Entries = ReadonlyMap<string, string>;

const contents = z.record(z.string(), z.string());

const missingKey = ({ file, keyFile }: Sealed): SealedError =>
  new SealedError(
    `The key file ${keyFile} is missing, and without it ${file} cannot be opened. Put it back from a backup; or move ${file} away to begin a new vault and enter the AppSecrets again.`,
  );

const cannotOpen = ({ file, keyFile }: Sealed): SealedError =>
  new SealedError(
    `${file} is damaged or does not belong to the key file ${keyFile}. It is left as it is: put back the right one of the two from a backup, or move ${file} away to begin a new vault and enter the AppSecrets again.`,
  );

/** @throws SealedError, KeyFileError or the file system's error. */
export async function unseal(sealed: Sealed): Promise<Entries> {
  const bytes = await readFile(sealed.file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null) return new Map();
  const identity = await readKey(sealed.keyFile);
  if (identity === null) throw missingKey(sealed);
  const { Decrypter } = await import('age-encryption');
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return new Map(Object.entries(contents.parse(JSON.parse(await decrypter.decrypt(bytes, 'text')))));
  } catch {
    throw cannotOpen(sealed); // Without the cause: a parser's message quotes what it read.
  }
}

/**
 * Puts `entries` in place of what the file held; when this returns they are on disk, when it throws the old
 * file is whole. The key is read anew each time, so that nothing is ever encrypted to a key that is gone.
 *
 * @throws SealedError, KeyFileError or the file system's error.
 */
export async function seal(sealed: Sealed, entries: Entries): Promise<void> {
  const { Encrypter, identityToRecipient } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(await keyFor(sealed)));
  await replaceFile(sealed.file, await encrypter.encrypt(JSON.stringify(Object.fromEntries(entries))));
}

/** The key; made now when there is neither a key nor anything that was encrypted to a lost one. */
async function keyFor(sealed: Sealed): Promise<string> {
  const identity = await readKey(sealed.keyFile);
  if (identity !== null) return identity;
  if (await exists(sealed.file)) throw missingKey(sealed);
  const { generateIdentity } = await import('age-encryption');
  await createKey(sealed.keyFile, await generateIdentity()).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error; // Another console made one at the same moment: theirs is as good.
  });
  const made = await readKey(sealed.keyFile);
  if (made === null) throw missingKey(sealed);
  return made;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const draft = `${file}.new`;
  makeFolder(dirname(file));
  try {
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.chmod(0o600); // the draft of a process that was killed keeps the mode it had
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}
