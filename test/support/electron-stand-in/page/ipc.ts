/**
 * `ipcRenderer` for the isolated world, over a binding of the DevTools protocol. Read as source text into the page:
 * nothing from outside the function's own body is used.
 */
import type { Wire } from './wire.ts';

/** What goes to the main process; everything in quotes is a value as the wire writes it. */
export type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | {
      readonly kind: 'message';
      readonly channel: string;
      readonly args: string;
      readonly ports: readonly number[];
    }
  | { readonly kind: 'port-message'; readonly port: number; readonly data: string }
  | { readonly kind: 'port-close'; readonly port: number };

/** What comes from it. */
export type ToPage =
  | { readonly kind: 'reply'; readonly id: number; readonly value: string }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly args: string }
  | { readonly kind: 'port-message'; readonly port: number; readonly data: string }
  | { readonly kind: 'port-close'; readonly port: number };

type Listener = (event: object, ...args: unknown[]) => void;

export interface PageIpc {
  readonly ipcRenderer: {
    invoke(channel: string, ...args: unknown[]): Promise<unknown>;
    send(channel: string, ...args: unknown[]): void;
    postMessage(channel: string, message: unknown, transfer?: MessagePort[]): void;
    on(channel: string, listener: Listener): unknown;
    once(channel: string, listener: Listener): unknown;
    off(channel: string, listener: Listener): unknown;
    removeListener(channel: string, listener: Listener): unknown;
    removeAllListeners(channel: string): unknown;
  };
  receive(message: ToPage): void;
}

export function createIpc(wire: Wire, post: (message: FromPage) => void): PageIpc {
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const ports = new Map<number, MessagePort>();
  const listeners = new Map<string, Set<Listener>>();
  let count = 0;

  const handed = new WeakMap<MessagePort, number>();
  watchClosing((partner) => {
    const id = handed.get(partner);
    // After what was sent before the closing.
    if (id !== undefined) setTimeout(() => ports.delete(id) && post({ kind: 'port-close', port: id }));
  });

  /** Chromium has no event for it; the preload's own ports are in this world, and so is what closes them. */
  function watchClosing(closed: (partner: MessagePort) => void): void {
    const partners = new WeakMap<MessagePort, MessagePort>();
    const { MessageChannel: Channel } = globalThis;
    globalThis.MessageChannel = class extends Channel {
      constructor() {
        super();
        partners.set(this.port1, this.port2);
        partners.set(this.port2, this.port1);
      }
    };
    const { close } = MessagePort.prototype;
    MessagePort.prototype.close = function closeAndTell() {
      close.call(this);
      const partner = partners.get(this);
      if (partner) closed(partner);
    };
  }

  /** The port goes to the main process, as a transferred one does: the page's own object is dead afterwards. */
  function hand(given: MessagePort): number {
    if (!(given instanceof MessagePort)) throw new TypeError('Invalid value for transfer');
    const port = structuredClone(given, { transfer: [given] });
    const id = count++;
    ports.set(id, port);
    handed.set(given, id);
    port.onmessage = ({ data }) => post({ kind: 'port-message', port: id, data: wire.encode(data) });
    return id;
  }

  function remove(channel: string, listener: Listener) {
    listeners.get(channel)?.delete(listener);
    return ipcRenderer;
  }

  const ipcRenderer: PageIpc['ipcRenderer'] = {
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        const id = count++;
        post({ kind: 'invoke', id, channel, args: wire.encode(args) });
        calls.set(id, { resolve, reject });
      }),
    send: (channel, ...args) => post({ kind: 'message', channel, args: wire.encode(args), ports: [] }),
    postMessage(channel, message, transfer = []) {
      const args = wire.encode([message]);
      post({ kind: 'message', channel, args, ports: transfer.map(hand) });
    },
    on(channel, listener) {
      const some = listeners.get(channel) ?? new Set();
      listeners.set(channel, some.add(listener));
      return ipcRenderer;
    },
    once(channel, listener) {
      const first: Listener = (event, ...args) => {
        remove(channel, first);
        listener(event, ...args);
      };
      return ipcRenderer.on(channel, first);
    },
    off: remove,
    removeListener: remove,
    removeAllListeners(channel) {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };

  function settle(id: number, how: 'resolve' | 'reject', value: unknown): void {
    calls.get(id)?.[how](value as Error);
    calls.delete(id);
  }

  return {
    ipcRenderer,
    receive(message) {
      if (message.kind === 'reply') settle(message.id, 'resolve', wire.decode(message.value));
      else if (message.kind === 'failure') settle(message.id, 'reject', new Error(message.message));
      else if (message.kind === 'port-message')
        ports.get(message.port)?.postMessage(wire.decode(message.data));
      else if (message.kind === 'port-close') {
        ports.get(message.port)?.close();
        ports.delete(message.port);
      } else {
        const args = wire.decode(message.args) as unknown[];
        for (const listener of [...(listeners.get(message.channel) ?? [])]) listener({ ports: [] }, ...args);
      }
    },
  };
}
