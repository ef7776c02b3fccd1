/**
 * A folder on a file system that never answers, as a network mount whose server is gone: every look into it waits in
 * the kernel until the folder is released. A FUSE mount whose program does not even say hello; needs root and Linux.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MOUNT = `exec 3<>/dev/fuse
mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 hung "$1" || exit 1
echo mounted
read -r _
umount -l "$1"`;

/** Whether this machine lets us mount one. */
export function canHang(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'wtc-hung-'));
  const { status } = spawnSync('sh', ['-c', MOUNT, 'sh', folder], { input: '\n' });
  rmdirSync(folder);
  return status === 0;
}

/** Mounts one at `folder`; resolves with how to let everybody go who waits for it. */
export async function hungFolder(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder);
  const mount = spawn('sh', ['-c', MOUNT, 'sh', folder], { stdio: ['pipe', 'pipe', 'ignore'] });
  await new Promise<void>((mounted, failed) => {
    mount.stdout.once('data', () => mounted());
    mount.once('exit', () => failed(new Error('It could not be mounted.')));
  });
  return () =>
    new Promise((released) => {
      mount.once('exit', () => released());
      mount.stdin.end('\n');
    });
}
