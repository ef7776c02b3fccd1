/** Handing out, put together: client keys, the gateway, token files, Redis and the lease over it. */
import { isAbsolute } from 'node:path';
import type {
  AccountHandout,
  AccountView,
  CommandInput,
  GatewaySettings,
  HandoutView,
  HistoryRow,
  RedisTarget,
  StateView,
  TokenFile,
} from '../console/contract.ts';
import type { HandedToken, Handout, OpenHandout, TokenDesk } from '../console/handout.ts';
import { Refusal } from '../console/refusal.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { Vault } from '../vault/vault.ts';
import { Attempts } from './attempts.ts';
import { Clients } from './clients.ts';
import { GatewaySwitch } from './gateway-switch.ts';
import { createLease, type Lease } from './redis/lease.ts';
import { createRedisHandout, type RedisHandout } from './redis/redis.ts';
import { RedisSwitch } from './redis-switch.ts';
import { Settings } from './settings.ts';
import { createTokenFiles, type TokenFiles } from './token-file.ts';
import type { Reserved } from './token-file-places.ts';

export interface HandoutParts {
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly log: Log;
  readonly clock: () => { readonly wall: number; readonly mono: number };
  /** Where the command line wants the gateway; it then goes before the settings. */
  readonly fixedGateway?: GatewaySettings | undefined;
  /** Where no token file may be. */
  readonly reserved: Reserved;
  /** It is the administrators' policy that wants it there. */
  readonly isGatewayManaged?: boolean;
}

/** How handing out is opened over a console's tokens. */
export function handoutOver(parts: HandoutParts): OpenHandout {
  return (desk, changed) => new WholeHandout(parts, desk, changed);
}

class WholeHandout implements Handout {
  readonly #parts: HandoutParts;
  readonly #desk: TokenDesk;
  readonly #changed: () => void;
  readonly #settings: Settings;
  readonly #clients: Clients;
  readonly #attempts = new Attempts();
  readonly #gateway: GatewaySwitch;
  readonly #files: TokenFiles;
  readonly #redis: RedisHandout;
  readonly #redisSwitch: RedisSwitch;
  readonly #lease: Lease;
  readonly #stopListening: () => void;

  constructor(parts: HandoutParts, desk: TokenDesk, changed: () => void) {
    const { ledger, log, clock } = parts;
    this.#parts = parts;
    this.#desk = desk;
    this.#changed = changed;
    this.#settings = new Settings(ledger);
    const fault = (error: unknown) => log.warn({ fault: String(error) }, 'client uses not written down');
    this.#clients = new Clients({ ledger, clock: () => clock().wall, changed, fault });
    this.#gateway = new GatewaySwitch({ desk, clients: this.#clients, attempts: this.#attempts, log });
    const memory = this.#settings.writtenFiles;
    this.#files = createTokenFiles({ log, changed, memory, reserved: parts.reserved });
    this.#redis = createRedisHandout({ desk, log, changed, clock: () => clock().wall });
    this.#redisSwitch = new RedisSwitch(parts.vault, this.#redis, () => this.#settings.redis());
    this.#lease = createLease({
      ...{ desk: this.#tellingRedis(), log, changed, clock },
      memory: this.#settings.sharedRedis,
    });
    this.#redis.onReady((client) => this.#lease.use(client));
    this.#stopListening = desk.onToken((appId, token) => this.#tokenChanged(appId, token));
  }

  get initialRole(): AccountView['role'] {
    return this.#settings.redis() === null ? 'alone' : 'following';
  }

  role(appId: string): AccountView['role'] {
    return this.#settings.redis() === null ? 'alone' : this.#lease.role(appId);
  }

  get gateway(): StateView['gateway'] {
    const { url } = this.#gateway;
    return url === null ? null : { url };
  }

  view(): HandoutView {
    const redis = this.#settings.redis();
    return {
      gateway: {
        settings: this.#gatewaySettings(),
        url: this.#gateway.url,
        problem: this.#gateway.problem,
        isFixed: this.#parts.fixedGateway !== undefined,
      },
      redis: { settings: redis, hasPassword: this.#redisSwitch.hasPassword, ...this.#redis.status() },
      clients: this.#clients.views(),
      accounts: this.#desk.appIds().map((appId) => this.#account(appId)),
    };
  }

  async start(): Promise<void> {
    // The file of an account that was removed goes too, when the console was killed before it did.
    const orphans = this.#settings.writtenFiles.appIds().filter((appId) => !this.#desk.view(appId));
    for (const appId of orphans) void this.#files.set(appId, null);
    const files = this.#desk.appIds().map((appId) => {
      const { file, targets } = this.#settings.account(appId);
      this.#redis.setTargets(appId, targets);
      return file && this.#applyFile(appId, file);
    });
    await Promise.all(files);
    this.#lease.setAccounts(this.#desk.appIds());
    if (this.#settings.redis() !== null) this.#lease.start();
    void this.#redisSwitch.connect();
    const opening = this.#gateway.open(this.#gatewaySettings()).finally(this.#changed);
    // By the command line it was asked for now: without it the process must not seem to run.
    if (this.#parts.fixedGateway) await opening;
    else await opening.catch(() => undefined);
  }

  createClient(input: CommandInput<'clients.create'>) {
    return this.#clients.create(input);
  }

  revokeClient(id: string): void {
    this.#clients.revoke(id);
  }

  async setGateway(settings: GatewaySettings): Promise<void> {
    if (this.#parts.fixedGateway) {
      const who = this.#parts.isGatewayManaged ? 'The administrators have' : 'The command line has';
      throw new Refusal('managed', `${who} settled where the gateway listens.`);
    }
    const before = this.#settings.gateway();
    await this.#gateway.change(before, settings).finally(this.#changed);
    this.#settings.setGateway(settings);
  }

  async setRedis({ settings, password }: CommandInput<'handout.setRedis'>): Promise<void> {
    // A vault that refuses the password refuses the change as a whole.
    if (settings !== null && password !== undefined) await this.#redisSwitch.keepPassword(password || null);
    // The leases are given back while the Redis they are in is still at hand.
    if (this.#settings.redis() !== null) await this.#lease.stop();
    this.#settings.setRedis(settings);
    if (settings === null) await this.#standAlone();
    else this.#lease.start();
    await this.#redisSwitch.connect();
    this.#changed();
    if (settings === null) await this.#redisSwitch.keepPassword(null);
  }

  async setAccount(appId: string, file: TokenFile | null, targets: readonly RedisTarget[]): Promise<void> {
    const faults = [...fileFaults(file), ...targets.flatMap((target, n) => this.#faults(appId, target, n))];
    if (faults.length > 0) {
      throw new Refusal('invalid-input', faults.map(({ message }) => message).join(' '), { faults });
    }
    const before = this.#settings.account(appId);
    this.#settings.setAccount(appId, { file, targets });
    // Saved again as they are: a person takes over a key that another writer holds. A changed file is no such wish.
    const isFileOnly = isSame(before.targets, targets) && !isSame(before.file, file);
    if (!isFileOnly) this.#redis.setTargets(appId, targets);
    await this.#applyFile(appId, file);
    this.#changed();
  }

  noteAttempt(row: HistoryRow): void {
    this.#attempts.note(row);
  }

  tryAgain(): void {
    this.#redisSwitch.tryAgain();
  }

  async close(): Promise<void> {
    this.#stopListening();
    this.#redisSwitch.close();
    this.#clients.close();
    await Promise.all([this.#gateway.close(), this.#lease.close()]);
    await Promise.all([this.#redis.close(), this.#files.close()]);
  }

  #gatewaySettings(): GatewaySettings {
    return this.#parts.fixedGateway ?? this.#settings.gateway();
  }

  #account(appId: string): AccountHandout {
    const { file, targets } = this.#settings.account(appId);
    const places = this.#redis.places(appId);
    return {
      appId,
      file,
      fileState: this.#files.state(appId),
      targets: targets.map((target, n) => {
        const { keys, place } = places[n] ?? NOWHERE_YET;
        return { ...target, keys: [...keys], place };
      }),
    };
  }

  async #applyFile(appId: string, file: TokenFile | null): Promise<void> {
    const token = this.#desk.token(appId) ?? null;
    await Promise.all([this.#files.set(appId, file), this.#files.publish(appId, token)]);
  }

  #tokenChanged(appId: string, token: HandedToken | null): void {
    if (this.#desk.view(appId) === undefined) {
      this.#redis.forget(appId);
      void this.#files.set(appId, null);
      this.#settings.setAccount(appId, { file: null, targets: [] });
    } else {
      void this.#files.publish(appId, token);
    }
    if (token === null) this.#lease.setAccounts(this.#desk.appIds()); // added, removed, or only without one
    this.#changed();
  }

  async #standAlone(): Promise<void> {
    await Promise.all(this.#desk.appIds().map((appId) => this.#desk.setRole(appId, 'alone')));
  }

  /** The desk as the lease needs it: a console that begins to lead writes its keys at once. */
  #tellingRedis(): TokenDesk {
    const desk = this.#desk;
    return {
      appIds: () => desk.appIds(),
      token: (appId) => desk.token(appId),
      view: (appId) => desk.view(appId),
      renew: (appId, stale, actor) => desk.renew(appId, stale, actor),
      onToken: (listener) => desk.onToken(listener),
      adopt: (appId, token) => desk.adopt(appId, token),
      isSecretOf: (appId, text) => desk.isSecretOf(appId, text),
      setRole: async (appId, role) => {
        await desk.setRole(appId, role);
        this.#redis.roleChanged(appId);
      },
    };
  }

  /** The AppSecret must never be part of a key that anybody with access to Redis can list. */
  #faults(appId: string, target: RedisTarget, n: number) {
    const written = [target.configuredSecret, target.key, target.prefix];
    const isSecret = written.some((text) => text !== undefined && this.#desk.isSecretOf(appId, text));
    const message = 'must not be the AppSecret: whoever can list the keys would see it.';
    return isSecret ? [{ path: `targets.${n}.configuredSecret`, message }] : [];
  }
}

const NOWHERE_YET = { keys: [], place: { state: 'idle', at: null, detail: null } } as const;

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function fileFaults(file: TokenFile | null) {
  const isFine = file === null || isAbsolute(file.path);
  return isFine ? [] : [{ path: 'file.path', message: 'must be an absolute path.' }];
}
