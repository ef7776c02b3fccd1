/** A console over a real ledger and without a network, for what it keeps and says of itself. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from '../../electron/console/application.ts';
import type {
  Answer,
  CommandInput,
  CommandName,
  CommandValue,
  ConsoleEvent,
} from '../../electron/console/contract.ts';
import type { Host, WayOut } from '../../electron/console/host.ts';
import type { Policy } from '../../electron/console/policy.ts';
import type { Moment } from '../../electron/keeper/moment.ts';
import type { Ledger } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/open.ts';
import { createLog } from '../../electron/log.ts';
import { memoryVault } from '../../electron/vault/memory.ts';
import type { Vault } from '../../electron/vault/vault.ts';
import type { TokenRequest, Wechat } from '../../electron/wechat/wechat.ts';

export const TOKEN = 'sandbox-token-of-the-shop';

export interface QuietOptions {
  readonly host?: Host;
  readonly policy?: Policy;
  readonly wayOut?: WayOut;
  readonly vault?: Vault;
  readonly ledger?: (ledger: Ledger) => Ledger;
}

export type QuietConsole = Awaited<ReturnType<typeof startQuietConsole>>;

/** Every account is granted a token at once. */
export async function startQuietConsole(options: QuietOptions = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'wtc-quiet-'));
  const ledger = openLedger(dataDir);
  const logged: string[] = [];
  const events: ConsoleEvent[] = [];
  const asked: TokenRequest[] = [];
  const app = new Application({
    ledger: options.ledger?.(ledger) ?? ledger,
    vault: options.vault ?? memoryVault(),
    wechat: generousWechat(asked),
    clock,
    chance: () => 0.5,
    log: createLog({ write: (line: string) => logged.push(line) > 0 } as unknown as NodeJS.WritableStream),
    version: '0.0.0-test',
    demo: false,
    host: options.host ?? { abilities: [] },
    wayOut: options.wayOut ?? null,
    policy: options.policy ?? { fault: null },
  });
  app.listen((event) => events.push(event));
  await app.start();
  return {
    app,
    asked,
    events,
    logged,
    async run<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandValue<C>> {
      const answer = (await app.execute(command, input)) as Answer<CommandValue<C>>;
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
      return answer.value;
    },
    async refused<C extends CommandName>(command: C, input: CommandInput<C>) {
      const answer = await app.execute(command, input);
      if (answer.ok) throw new Error(`${command} was carried out`);
      return answer.error;
    },
    /** Everything in the data folder, as text. */
    onDisk(): string {
      const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((one) =>
        one.isFile(),
      );
      return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n');
    },
    async close() {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const clock = (): Moment => ({ wall: Date.now(), mono: Math.round(performance.now()) });

function generousWechat(asked: TokenRequest[]): Wechat {
  const timing = () => ({ askedAt: Date.now(), durationMs: 1, wechatClock: null });
  return {
    fetchToken: async (request) => {
      asked.push(request);
      const accessToken = `${TOKEN}-${request.appId}`;
      return { ...timing(), outcome: 'granted', accessToken, expiresIn: 7200 };
    },
    checkToken: async () => ({ ...timing(), outcome: 'valid' }),
  };
}
