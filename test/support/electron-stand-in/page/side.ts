/**
 * One end of the context bridge. The isolated world and the page's own share no object but the window's events, so
 * calls cross as text in events of a name that only the two ends know. Read as source text into the page: nothing
 * from outside the function's own body is used.
 */
import type { createWire, Handle } from './wire.ts';

type Callable = (...args: unknown[]) => unknown;
type World = 'main' | 'isolated';

interface Settled {
  readonly ok: boolean;
  readonly value: string;
}

type Message =
  | { readonly kind: 'hello' }
  | { readonly kind: 'expose'; readonly key: string; readonly value: string }
  | { readonly kind: 'call'; readonly id: number; readonly args: string }
  | ({ readonly kind: 'answer' } & Settled)
  | ({ readonly kind: 'settle'; readonly id: number } & Settled);

export interface Side {
  /** Gives the other world a copy of `api`, its functions by proxy. */
  expose(key: string, api: unknown): void;
}

export function createSide(
  makeWire: typeof createWire,
  name: string,
  here: World,
  exposed: (key: string, api: unknown) => void,
): Side {
  const there = here === 'main' ? 'isolated' : 'main';
  const own = new Map<number, Callable>();
  const numbers = new WeakMap<object, number>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const answers: Settled[] = [];
  const notYetExposed: Message[] = [];
  let count = 0;
  let isOtherThere = false;

  const dispatch = window.dispatchEvent.bind(window);
  const send = (message: Message) => {
    dispatch(new CustomEvent(`${name}:${there}`, { detail: JSON.stringify(message) }));
  };

  function numberOf(value: object): number {
    const number = numbers.get(value) ?? count++;
    numbers.set(value, number);
    return number;
  }

  const wire = makeWire({
    give(value): Handle | null {
      if (typeof value === 'function') {
        own.set(numberOf(value), value as Callable);
        return { kind: 'function', id: numberOf(value) };
      }
      if (!(value instanceof Promise)) return null;
      const id = numberOf(value);
      const settle = (settled: Settled) => send({ kind: 'settle', id, ...settled });
      value.then(
        (result) => settle(attempt(() => result)),
        (error) => settle(failed(error)),
      );
      return { kind: 'promise', id };
    },
    take({ kind, id }) {
      if (kind === 'function') return (...args: unknown[]) => call(id, args);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
  });

  const failed = (error: unknown): Settled => ({
    ok: false,
    value: error instanceof Error ? error.message : String(error),
  });

  function attempt(work: () => unknown): Settled {
    try {
      return { ok: true, value: wire.encode(work()) };
    } catch (error) {
      return failed(error);
    }
  }

  /** Events are dispatched while we wait, so the answer is there when `send` returns. */
  function call(id: number, args: unknown[]): unknown {
    send({ kind: 'call', id, args: wire.encode(args) });
    const answer = answers.pop();
    if (answer === undefined) throw new Error('The other world has gone.');
    if (!answer.ok) throw new Error(answer.value);
    return wire.decode(answer.value);
  }

  function settle(id: number, { ok, value }: Settled): void {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (ok) waiter?.resolve(wire.decode(value));
    else waiter?.reject(new Error(value));
  }

  function hear(message: Message): void {
    if (message.kind === 'call') {
      const args = () => wire.decode(message.args) as unknown[];
      send({ kind: 'answer', ...attempt(() => own.get(message.id)?.(...args())) });
    } else if (message.kind === 'answer') answers.push(message);
    else if (message.kind === 'settle') settle(message.id, message);
    else if (message.kind === 'expose') exposed(message.key, wire.decode(message.value));
    else {
      if (!isOtherThere && here === 'main') send({ kind: 'hello' });
      isOtherThere = true;
      for (const late of notYetExposed.splice(0)) send(late);
    }
  }

  window.addEventListener(`${name}:${here}`, (event) => hear(JSON.parse((event as CustomEvent).detail)));
  send({ kind: 'hello' });
  return {
    expose(key, api) {
      const message: Message = { kind: 'expose', key, value: wire.encode(api) };
      if (isOtherThere) send(message);
      else notYetExposed.push(message);
    },
  };
}
