/** Reading a small file that a person named: it may be a pipe, a device, a folder, or on a disk that does not answer. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const LARGEST = 1024 * 1024;
const WAIT_MS = 3000;

/** What cannot be read as a small file; the message is meant for a person. */
export class SmallFileError extends Error {}

let unanswered = 0;

/** Counts work that waits for a file system, which may never answer. */
export function awaitingDisk<T>(work: Promise<T>): Promise<T> {
  unanswered += 1;
  return work.finally(() => {
    unanswered -= 1;
  });
}

/** Whether a file system still owes an answer: `process.exit` would wait for it. */
export function isFileSystemHanging(): boolean {
  return unanswered > 0;
}

/**
 * The content of a regular file of 1 MiB at most, within 3 s.
 * @throws SmallFileError, or the file system's error.
 */
export function readSmallFile(file: string): Promise<Buffer> {
  const reading = awaitingDisk(read(file));
  const { promise, reject } = Promise.withResolvers<never>();
  const alarm = setTimeout(
    () => reject(new SmallFileError(`${file} did not answer within ${WAIT_MS / 1000} s.`)),
    WAIT_MS,
  );
  return Promise.race([reading, promise]).finally(() => clearTimeout(alarm));
}

async function read(file: string): Promise<Buffer> {
  // Without O_NONBLOCK opening a pipe waits until somebody writes to it; Windows has no such flag.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new SmallFileError(`${file} is not a regular file.`);
    if (stats.size > LARGEST) throw new SmallFileError(`${file} is larger than 1 MiB.`);
    const bytes = Buffer.alloc(LARGEST + 1);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    if (bytesRead > LARGEST) throw new SmallFileError(`${file} is larger than 1 MiB.`);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
