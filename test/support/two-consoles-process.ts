/** A console's lease in a process of its own (two-consoles-child.ts), to be killed or stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export function ownerProcess(redisUrl: string) {
  const path = fileURLToPath(new URL('two-consoles-child.ts', import.meta.url));
  const owner = spawn(process.execPath, [path, redisUrl], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: owner.stdout }).on('line', (line) => lines.push(line));
  return {
    /** Each role it was given, the newest last; `woken …` after a SIGCONT. */
    lines,
    /** Gives it a new token. */
    obtain: () => void owner.stdin.write('token\n'),
    signal: (signal: NodeJS.Signals) => void owner.kill(signal),
    async kill() {
      const ended = once(owner, 'exit');
      owner.kill('SIGKILL');
      await ended;
    },
  };
}
