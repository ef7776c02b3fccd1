/** One step of npm test: a program whose output is shown as a whole when it has ended, so that two can run at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

/** Runs a program of node_modules, or of the system; resolves with whether it ended well. */
export async function run(title: string, command: string, args: string[]): Promise<boolean> {
  console.log(`── ${title} …`);
  const started = performance.now();
  const own = join(root, 'node_modules', '.bin', command);
  const child = spawn(existsSync(own) ? own : command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part));
  const status = await once(child, 'close').then(
    ([code]) => code as number | null,
    (error: unknown) => {
      said.push(Buffer.from(`${command} could not be started: ${String(error)}\n`));
      return 1;
    },
  );
  process.stdout.write(`\n── ${title}\n`);
  process.stdout.write(Buffer.concat(said));
  console.log(`── ${title}: ${status === 0 ? 'ok' : 'failed'} in ${seconds(started)} s`);
  return status === 0;
}
