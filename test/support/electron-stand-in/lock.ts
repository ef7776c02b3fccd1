/** One app for each data folder: a file says who has the lock, a socket tells it of whoever comes second. */
import { hash } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

export interface Lock {
  readonly isFirst: boolean;
  /** The first one has been told, or could not be. */
  readonly settled: Promise<void>;
  release(): void;
}

type Told = (argv: string[], cwd: string) => void;

/** Beside the other sockets, and not in the folder itself, whose path may be longer than a socket's can be. */
const socketOf = (folder: string) => join(tmpdir(), `stand-in-${hash('sha256', folder).slice(0, 16)}.sock`);

export function takeLock(folder: string, told: Told): Lock {
  const file = join(folder, 'SingletonLock');
  for (;;) {
    const holder = holderOf(file);
    if (holder !== null) return { isFirst: false, settled: tell(folder), release: () => undefined };
    try {
      const opened = openSync(file, 'wx', 0o600);
      writeSync(opened, String(process.pid));
      closeSync(opened);
      return { isFirst: true, settled: Promise.resolve(), release: listen(folder, file, told) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (holderOf(file) === null) rmSync(file, { force: true }); // left by an app that was killed
    }
  }
}

/** The process that has the lock and lives. */
function holderOf(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

function listen(folder: string, file: string, told: Told): () => void {
  const path = socketOf(folder);
  rmSync(path, { force: true }); // left by an app that was killed
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    const { argv, cwd } = JSON.parse(await text(socket)) as { argv: string[]; cwd: string };
    socket.end();
    told(argv, cwd);
  });
  server.listen(path);
  server.unref();
  const release = () => {
    for (const left of [file, path]) rmSync(left, { force: true });
  };
  process.on('exit', release);
  return release;
}

/** The first one may have the lock and not listen yet. */
async function tell(folder: string): Promise<void> {
  for (let n = 0; n < 40; n++) {
    const isTold = await new Promise<boolean>((resolve) => {
      const socket = connect(socketOf(folder));
      socket.on('error', () => resolve(false));
      socket.on('close', (hadError) => resolve(!hadError));
      socket.resume();
      socket.end(JSON.stringify({ argv: process.argv, cwd: process.cwd() }));
    });
    if (isTold) return;
    await wait(50);
  }
}
