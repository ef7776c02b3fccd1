/** Questions and answers between the test's process and the stand-in's, over Node's channel between processes. */

type Calls = object;
type Params<Theirs, K extends keyof Theirs> = Theirs[K] extends (...args: infer P) => unknown ? P : never;
type Value<Theirs, K extends keyof Theirs> = Theirs[K] extends (...args: never) => infer V
  ? Awaited<V>
  : never;

type Message =
  | { readonly kind: 'ask'; readonly id: number; readonly method: string; readonly params: unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string };

export interface Peer<Theirs extends Calls> {
  /** Rejects with the other side's message, or when the other side has gone. */
  ask<K extends keyof Theirs & string>(method: K, ...params: Params<Theirs, K>): Promise<Value<Theirs, K>>;
  take(message: unknown): void;
  /** Rejects what is still waiting. */
  end(): void;
}

/** `send`: false when the other side has gone. */
export function createPeer<Theirs extends Calls>(
  send: (message: Message) => boolean,
  mine: Calls,
): Peer<Theirs> {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let count = 0;

  async function answer(id: number, method: string, params: unknown[]): Promise<void> {
    try {
      const call = (mine as Record<string, (...args: unknown[]) => unknown>)[method];
      if (call === undefined) throw new Error(`${method} is no question`);
      send({ kind: 'answer', id, value: await call(...params) });
    } catch (error) {
      send({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    ask: (method, ...params) =>
      new Promise((resolve, reject) => {
        const id = count++;
        waiting.set(id, { resolve, reject });
        if (send({ kind: 'ask', id, method, params })) return;
        waiting.delete(id);
        reject(new Error(`${method}: the other process has gone`));
      }),
    take(message) {
      const said = message as Message;
      if (said.kind === 'ask') return void answer(said.id, said.method, said.params);
      const waiter = waiting.get(said.id);
      waiting.delete(said.id);
      if (said.kind === 'answer') waiter?.resolve(said.value as never);
      else waiter?.reject(new Error(said.message));
    },
    end() {
      for (const { reject } of waiting.values()) reject(new Error('the other process has gone'));
      waiting.clear();
    },
  };
}
