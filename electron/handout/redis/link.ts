/** The link to the Redis that is configured: how it stands, who is told, and when the keys are looked at. */
import type { HandoutView, RedisSettings } from '../../console/contract.ts';
import type { Log } from '../../log.ts';
import { type Connection, connectRedis, type Heard, type RedisClient, type RedisPace } from './connection.ts';
import type { Problem } from './reason.ts';

export type RedisStatus = Pick<HandoutView['redis'], 'status' | 'since' | 'detail'>;

export interface LinkParts {
  readonly log: Log;
  readonly now: () => number;
  readonly changed: () => void;
  readonly pace: RedisPace;
  /** Looks at all keys; the next round is planned when it has ended. */
  readonly round: (on: Connection) => Promise<{ isAllWritten: boolean }>;
}

export class Link {
  readonly #parts: LinkParts;
  readonly #listeners = new Set<(client: RedisClient | null) => void>();
  #connection: Connection | null = null;
  #status: RedisStatus;
  #told: RedisClient | null = null;
  #next: NodeJS.Timeout | undefined;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#status = { status: 'off', since: parts.now(), detail: null };
  }

  get status(): RedisStatus {
    return this.#status;
  }

  client(): RedisClient | null {
    return this.#connection?.client() ?? null;
  }

  /** The connection while it has a client. */
  ready(): Connection | null {
    return this.client() === null ? null : this.#connection;
  }

  configure(settings: RedisSettings | null, password: string | null): void {
    this.close();
    this.#stand(settings === null ? 'off' : 'connecting', null);
    if (settings === null) return;
    const hear: Heard = (news) => this.#heard(opened, news);
    const opened: Connection = connectRedis(settings, password, this.#parts.pace, hear);
    this.#connection = opened;
  }

  hold(detail: string): void {
    this.close();
    this.#stand('failing', detail);
  }

  /** What Redis said of a write; null: it took it. Connected to a Redis that takes none, the link is failing. */
  answered(problem: Problem | null): void {
    if (this.ready() === null) return;
    if (problem === null) this.#stand('ready', null);
    else if (problem.reach === 'writes') this.#stand('failing', problem.detail);
  }

  onReady(listener: (client: RedisClient | null) => void): () => void {
    this.#listeners.add(listener);
    const client = this.client();
    if (client !== null) listener(client);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    clearTimeout(this.#next);
    this.#connection?.close();
    this.#connection = null;
    this.#tell(null);
  }

  /** A connection that was replaced has nothing more to say. */
  #heard(from: Connection, news: Parameters<Heard>[0]): void {
    if (from !== this.#connection) return;
    if ('client' in news) {
      this.#stand('ready', null);
      this.#plan(from, 0);
    } else {
      clearTimeout(this.#next);
      this.#stand('failing', news.problem.detail);
    }
    this.#tell(from.client());
  }

  #plan(on: Connection, delay: number): void {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => void this.#look(on), delay);
  }

  async #look(on: Connection): Promise<void> {
    try {
      const { isAllWritten } = await this.#parts.round(on);
      if (isAllWritten && on === this.ready()) this.#stand('ready', null);
    } catch {
      // Redis did not answer: the connection's end tells why, and the next one begins with a round.
    }
    const isStill = on === this.ready();
    if (isStill) this.#plan(on, this.#parts.pace.reconcile * (0.9 + Math.random() / 5));
  }

  #stand(status: RedisStatus['status'], detail: string | null): void {
    const { log, now, changed } = this.#parts;
    if (this.#status.status === status && this.#status.detail === detail) return;
    this.#status = { status, since: now(), detail };
    if (status === 'failing')
      log.warn({ reason: detail }, 'Redis takes no tokens; the gateway hands them out');
    if (status === 'ready') log.info({}, 'Redis takes tokens');
    changed();
  }

  #tell(client: RedisClient | null): void {
    if (client === this.#told) return;
    this.#told = client;
    for (const listener of this.#listeners) listener(client);
  }
}
