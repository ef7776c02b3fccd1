import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { WITH_SECRETS, whyNoSecretService } from '../support/secret-service.ts';

const CHILD = join(import.meta.dirname, '..', 'support', 'headless-keychain-child.ts');
const reason = await whyNoSecretService();
const title = `the console on a real keychain${reason === null ? '' : ` (skipped: ${reason})`}`;

it.skipIf(reason !== null)(title, { timeout: 60_000 }, async () => {
  const [bash, script] = WITH_SECRETS;
  const { stdout } = await promisify(execFile)(bash, [script, process.execPath, CHILD]);
  const seen = JSON.parse(stdout);
  expect(seen).toMatchObject({
    first: 'stored',
    again: 'stored',
    callsSoFar: 1,
    locked: { vault: 'locked', secret: 'locked', phase: 'needs-attention' },
    lockedRefresh: { ok: false, error: { code: 'secret-locked' } },
    callsWhileLocked: 1,
    frozen: { secret: 'locked', phase: 'needs-attention' },
    frozenExit: { code: 0 },
  });
  expect(seen.frozenExit.ms).toBeLessThan(2000);
});
