/** Writes token after token to one file, as fast as it can, until it is killed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { createTokenFiles } from '../../electron/handout/token-file.ts';
import { NOTHING_RESERVED } from './token-file-memory.ts';

const readOrNothing = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const [path = '', format = 'json'] = process.argv.slice(2);
const silent = { info() {}, warn() {}, error() {} };
// As if the ledger: the file is this account's own, whatever the process before has left.
const memory = {
  of: () => ({ path, hashes: [createHash('sha256').update(readOrNothing(path)).digest('hex')] }),
  note: () => undefined,
};
const files = createTokenFiles({ log: silent, changed: () => undefined, memory, reserved: NOTHING_RESERVED });
const appId = 'wx00000000000000a1';
await files.set(appId, { path, format: format === 'bare' ? 'bare' : 'json' });
for (let n = 0; ; n += 1) {
  const endsAt = Date.now() + 7_200_000;
  // Longer than a block of the disk, so that half a file would be seen.
  const accessToken = `${n}_`.padEnd(8000, 'token-of-a-test-');
  await files.publish(appId, {
    ...{ accessToken, obtainedAt: Date.now(), expiresAt: endsAt, line: 'stable' },
    ...{ endsAt, fingerprint: '00000000' },
  });
  if (n === 0) writeSync(1, 'begun\n');
}
