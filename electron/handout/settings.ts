/** What an administrator has set about handing out, in the ledger; what cannot be read is as if never set. */
import { z } from 'zod';
import {
  type GatewaySettings,
  gatewaySettings,
  type RedisSettings,
  type RedisTarget,
  redisSettings,
  redisTarget,
  type TokenFile,
  tokenFile,
} from '../console/contract.ts';
import { readSetting, type SettingsLedger, writeSetting } from '../console/stored-settings.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { WrittenFiles } from './token-file.ts';
import { writtenFile } from './token-file-content.ts';

export interface AccountTargets {
  readonly file: TokenFile | null;
  readonly targets: readonly RedisTarget[];
}

const accountTargets = z.object({ file: tokenFile.nullable(), targets: z.array(redisTarget) });
const NO_TARGETS: AccountTargets = { file: null, targets: [] };
/** Beside the admin page's 7320. */
const GATEWAY_OFF: GatewaySettings = { enabled: false, host: '127.0.0.1', port: 7321, tls: null };

export class Settings {
  readonly #ledger: SettingsLedger & Pick<Ledger, 'settingKeys'>;

  constructor(ledger: SettingsLedger & Pick<Ledger, 'settingKeys'>) {
    this.#ledger = ledger;
  }

  gateway(): GatewaySettings {
    return this.#read('gateway', gatewaySettings) ?? GATEWAY_OFF;
  }

  redis(): RedisSettings | null {
    return this.#read('redis', redisSettings.nullable()) ?? null;
  }

  account(appId: string): AccountTargets {
    return this.#read(`handout:${appId}`, accountTargets) ?? NO_TARGETS;
  }

  /** Each throws Refusal `storage-failed`; nothing is then changed. */
  setGateway(settings: GatewaySettings): void {
    this.#write('gateway', settings);
  }

  setRedis(settings: RedisSettings | null): void {
    this.#write('redis', settings);
  }

  setAccount(appId: string, targets: AccountTargets): void {
    this.#write(`handout:${appId}`, targets);
  }

  /** What this console has written where; never throws. */
  get writtenFiles(): WrittenFiles & { appIds(): readonly string[] } {
    const PREFIX = 'token-file:';
    return {
      of: (appId) => this.#read(`${PREFIX}${appId}`, writtenFile.nullable()) ?? null,
      note: (appId, written) => {
        try {
          this.#write(`${PREFIX}${appId}`, written);
        } catch {
          // The ledger's own notice tells of a disk that takes nothing.
        }
      },
      appIds: () => this.#ledger.settingKeys(PREFIX).map((key) => key.slice(PREFIX.length)),
    };
  }

  /** Whether other consoles were seen on the Redis: for a start at which it does not answer. */
  get sharedRedis() {
    return {
      read: () => this.#read('redis:shared', z.boolean()) ?? null,
      write: (isShared: boolean) => this.#write('redis:shared', isShared),
    };
  }

  #read<T>(key: string, schema: z.ZodType<T>): T | undefined {
    return readSetting(this.#ledger, key, schema);
  }

  #write(key: string, value: unknown): void {
    writeSetting(this.#ledger, key, value);
  }
}
