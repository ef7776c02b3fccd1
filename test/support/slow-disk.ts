/** A disk on which every fsync of one process takes as long as wanted, as on a failing or overloaded one: by strace. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const STRACE = '/usr/bin/strace';

export const canSlowDown = process.platform === 'linux' && existsSync(STRACE);

/** Slows the process down from now on; resolves with how to end that. */
export async function slowDisk(pid: number, ms: number): Promise<() => Promise<void>> {
  const calls = 'fsync,fdatasync';
  const inject = ['-e', `trace=${calls}`, '-e', `inject=${calls}:delay_enter=${ms * 1000}`];
  const strace = spawn(STRACE, ['-f', ...inject, '-o', '/dev/null', '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((attached, failed) => {
    let said = '';
    strace.stderr.on('data', (piece) => {
      said += piece;
      if (said.includes('attached')) attached();
    });
    strace.once('exit', () => failed(new Error(`strace: ${said}`)));
  });
  return () =>
    new Promise((ended) => {
      strace.removeAllListeners('exit').once('exit', () => ended());
      strace.kill('SIGINT');
    });
}
