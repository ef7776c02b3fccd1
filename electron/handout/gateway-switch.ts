/** The gateway as a switch: opened, closed and moved as the settings say, one change after the other. */
import type { GatewaySettings } from '../console/contract.ts';
import { Refusal } from '../console/refusal.ts';
import { readSmallFile } from '../lib/small-file.ts';
import type { Attempts } from './attempts.ts';
import type { Gateway, GatewayOptions } from './gateway/gateway.ts';
import type { Metrics } from './metrics.ts';

interface SwitchParts extends Omit<GatewayOptions, 'listen' | 'tls' | 'metrics'> {
  /** Gets the metrics when the gateway is opened for the first time. */
  readonly attempts: Attempts;
}

export class GatewaySwitch {
  readonly #parts: SwitchParts;
  #metrics: Metrics | null = null;
  #gateway: Gateway | null = null;
  #problem: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: SwitchParts) {
    this.#parts = parts;
  }

  get url(): string | null {
    return this.#gateway?.url ?? null;
  }

  /** Why it does not listen though it should. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Opens what `settings` say; a fault is kept as `problem` and thrown as it came. */
  open(settings: GatewaySettings): Promise<void> {
    return this.#inTurn(() => this.#open(settings));
  }

  /**
   * Moves from one setting to another. The certificate is read before the old one is closed; when the new one cannot be
   * opened, the old one is there again.
   */
  change(from: GatewaySettings, to: GatewaySettings): Promise<void> {
    return this.#inTurn(async () => {
      const pair = await pairOf(to).catch((error: unknown) => {
        throw new Refusal('gateway-failed', reasonOf(error));
      });
      await this.#close();
      try {
        await this.#open(to, pair);
      } catch (error) {
        await this.#open(from).catch(() => undefined);
        throw new Refusal('gateway-failed', reasonOf(error));
      }
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#close());
  }

  async #open(settings: GatewaySettings, read?: Pair): Promise<void> {
    const { enabled, host, port } = settings;
    this.#problem = null;
    if (!enabled) return;
    try {
      const pair = read ?? (await pairOf(settings));
      // Here, not at the top: most desktops never open it, and a window should not wait for fastify.
      const { startGateway } = await import('./gateway/gateway.ts');
      const metrics = await this.#measure();
      this.#gateway = await startGateway({ ...this.#parts, metrics, listen: { host, port }, tls: pair });
    } catch (error) {
      this.#problem = reasonOf(error);
      throw error;
    }
  }

  async #measure(): Promise<Metrics> {
    if (this.#metrics) return this.#metrics;
    const { createMetrics } = await import('./metrics.ts');
    this.#metrics = createMetrics(this.#parts.desk);
    this.#parts.attempts.handTo(this.#metrics);
    return this.#metrics;
  }

  async #close(): Promise<void> {
    await this.#gateway?.close();
    this.#gateway = null;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

type Pair = GatewayOptions['tls'];

async function pairOf({ enabled, tls }: GatewaySettings): Promise<Pair> {
  if (!enabled || tls === null) return null;
  const [cert, key] = await Promise.all([readSmallFile(tls.certFile), readSmallFile(tls.keyFile)]);
  return { cert, key };
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The address is in use by another program.',
  EADDRNOTAVAIL: 'This machine has no such address.',
  EACCES: 'The system does not allow it: a port below 1024, or a file that cannot be read.',
  ENOENT: 'The certificate or key file is not there.',
  ENOTFOUND: 'The host name is unknown.',
};

/** In words where the reason is a usual one; never the content of a key file. */
function reasonOf(error: unknown): string {
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException;
  if (code.startsWith('ERR_OSSL') || code.startsWith('ERR_TLS')) {
    return `Certificate and key do not fit together or cannot be read (${code}).`;
  }
  return REASONS[code] ?? message;
}
