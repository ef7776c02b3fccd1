/** Thirty accounts on a running console, and how long business servers wait for a token while something else goes on. */
import type { Answer, StateView } from '../../electron/console/contract.ts';
import type { startSandbox } from '../../electron/sandbox/server.ts';
import { command, type Ready } from './headless.ts';

export interface Reads {
  readonly median: number;
  readonly p99: number;
  readonly count: number;
}

const appIdOf = (n: number) => `wx${n.toString(16).padStart(16, '0')}`;
const APP_IDS = Array.from({ length: 30 }, (_, n) => appIdOf(n + 1));

/** Adds thirty accounts with live tokens, and a key for all. */
export async function thirtyAccounts(ready: Ready, { world, url }: Awaited<ReturnType<typeof startSandbox>>) {
  for (const appId of APP_IDS) {
    const secret = `sandbox-secret-of-${appId}`;
    world.add({ appId, secret });
    const account = { appId, name: appId, kind: 'mini', line: 'standard', secret, apiBase: url };
    await command(ready, 'accounts.add', account);
  }
  await untilAllLive(ready);
  const made = (await command(ready, 'clients.create', { name: 'reader', appIds: '*' })) as Answer<{
    key: string;
  }>;
  const key = made.ok ? made.value.key : '';
  return {
    /** One read of a live token; throws when it is not answered with one. */
    async read(n: number): Promise<void> {
      const address = `${ready.gatewayUrl}/v1/tokens/${APP_IDS[n % APP_IDS.length]}`;
      const response = await fetch(address, { headers: { authorization: `Bearer ${key}` } });
      await response.text();
      if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    },
    /** Refreshes all of them at once; resolves when each has been answered. */
    refreshAll: () => Promise.all(APP_IDS.map((appId) => command(ready, 'tokens.refresh', { appId }))),
  };
}

async function untilAllLive(ready: Ready): Promise<void> {
  for (;;) {
    const state = (await command(ready, 'state.get', {})) as Answer<StateView>;
    if (state.ok && state.value.accounts.every(({ phase }) => phase === 'live')) return;
    await new Promise((again) => setTimeout(again, 20));
  }
}

/** Reads one token after the other, one every 5 ms, until `other` ends. */
export async function readsMeanwhile(
  desk: { read(n: number): Promise<void> },
  other: Promise<unknown>,
): Promise<Reads> {
  let isOver = false;
  const over = other.finally(() => {
    isOver = true;
  });
  const took: number[] = [];
  while (!isOver || took.length < 200) {
    const asked = performance.now();
    await desk.read(took.length);
    took.push(performance.now() - asked);
    await new Promise((next) => setTimeout(next, 5));
  }
  await over;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { median: at(0.5), p99: at(0.99), count: took.length };
}
