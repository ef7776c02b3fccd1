/** The demo: a sandbox, an empty data folder that is thrown away, and the accounts put in as a person would. */
import { rmSync } from 'node:fs';
import { type DemoAccount, demoAccounts, seedDemo, startDemoAdministrator } from './demo.ts';
import { type Sandbox, startSandbox } from './server.ts';

type Execute = (command: string, input: unknown) => Promise<unknown>;

export interface Demo {
  /** Adds the demo's accounts through the console's own commands. */
  fill(execute: Execute): Promise<void>;
  /** Ends the sandbox and throws the data folder away. */
  end(): Promise<void>;
}

/** `dataDir`: the console's, which nothing else uses. */
export async function startDemo(dataDir: string): Promise<Demo> {
  const sandbox = await startSandbox();
  seedDemo(sandbox.world);
  const stopAdministrator = startDemoAdministrator(sandbox.world);
  return {
    async fill(execute) {
      await Promise.all(demoAccounts().map((demo) => put(demo, sandbox, execute)));
    },
    async end() {
      stopAdministrator();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function put(
  { account, paused, refreshed, overwritten }: DemoAccount,
  { url: apiBase, world }: Sandbox,
  execute: Execute,
): Promise<void> {
  const { appId, line } = account;
  await execute('accounts.add', { ...account, apiBase });
  for (let times = overwritten ? 2 : 0; times > 0; times--) {
    // A refresh by hand waits for the one under way; twice elsewhere, so that the console's token is dead at once.
    await execute('tokens.refresh', { appId });
    world.mintElsewhere(appId, line);
    world.mintElsewhere(appId, line);
    await execute('tokens.verify', { appId });
  }
  if (paused || refreshed) await execute('tokens.refresh', { appId });
  if (refreshed) await execute('tokens.refresh', { appId });
  if (paused) await execute('accounts.update', { appId, changes: { paused: true } });
}
