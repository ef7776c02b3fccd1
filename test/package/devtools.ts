/**
 * The page of a packaged app over Chromium's own DevTools port, which no fuse closes. Playwright's launcher needs the
 * inspector of the main process, which one does.
 */
import { setTimeout as wait } from 'node:timers/promises';

const LIMIT_MS = 15_000;

interface Target {
  readonly type: string;
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

interface Reply {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** What `look` finds, asked for until it is there; `what` is for the error. */
export async function until<Value>(
  what: string,
  look: () => Value | null | Promise<Value | null>,
): Promise<Value> {
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; await wait(50)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`${what}: not within ${LIMIT_MS} ms`);
}

export class DevTools {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const reply = JSON.parse(String(data)) as Reply;
      if (reply.id !== undefined) this.#waiting.get(reply.id)?.(reply);
    };
    socket.onclose = () => {
      for (const answer of this.#waiting.values()) answer({ error: { message: 'the app is gone' } });
    };
  }

  /** `address`: what the app said it listens on; `scheme`: the page's. */
  static async connect(address: string, scheme: string): Promise<DevTools> {
    const { host } = new URL(address);
    const target = await until(`a page at ${scheme}`, async () => {
      const targets = (await (await fetch(`http://${host}/json`)).json()) as Target[];
      return targets.find(({ type, url }) => type === 'page' && url.startsWith(scheme)) ?? null;
    });
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new Error(`no DevTools at ${address}`));
    });
    return new DevTools(socket);
  }

  async send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const id = ++this.#last;
    const answered = new Promise<Reply>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result = {}, error } = await answered;
    this.#waiting.delete(id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** The value of an expression in the page, awaited; throws what it throws. */
  async evaluate(expression: string): Promise<unknown> {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', params);
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value?: unknown }).value;
  }

  /** Waits until an expression is true in the page, which may be on its way to another document. */
  async waitFor(expression: string): Promise<void> {
    await until(expression, async () => ((await this.evaluate(expression).catch(() => false)) ? true : null));
  }

  close(): void {
    this.#socket.close();
  }
}
