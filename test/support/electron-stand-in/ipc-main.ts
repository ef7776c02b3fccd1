/** `ipcMain`: messages from the page to the app's handlers and back, by structured clone. */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { FromPage, ToPage } from './page/ipc.ts';
import { createWire } from './page/wire.ts';
import { makeEvent, strict, withEvents } from './strict.ts';

export const wire = createWire(null);

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;
const handlers = new Map<string, Handler>();

const members = {
  handle(channel, listener) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, listener);
  },
  handleOnce(channel, listener) {
    members.handle(channel, (event, ...args) => {
      handlers.delete(channel);
      return listener(event, ...args);
    });
  },
  removeHandler(channel) {
    handlers.delete(channel);
  },
} satisfies Partial<Electron.IpcMain>;

export const ipcMain = strict('ipcMain', withEvents(members));

/** A page's end of a port, as the app has it; messages wait until it is started. */
class PortMain
  extends EventEmitter
  implements Pick<Electron.MessagePortMain, 'close' | 'postMessage' | 'start'>
{
  private waiting: unknown[] | null = [];
  private isClosed = false;
  private readonly tell: (message: ToPage) => void;
  private readonly id: number;

  constructor(id: number, tell: (message: ToPage) => void) {
    super();
    this.id = id;
    this.tell = tell;
  }
  start(): void {
    const late = this.waiting ?? [];
    this.waiting = null;
    for (const data of late) this.emit('message', { data, ports: [] });
  }
  postMessage(message: unknown): void {
    const data = wire.encode(message);
    if (!this.isClosed) this.tell({ kind: 'port-message', port: this.id, data });
  }
  close(): void {
    this.tell({ kind: 'port-close', port: this.id });
    this.ended();
  }
  heard(data: unknown): void {
    if (this.waiting) this.waiting.push(data);
    else this.emit('message', { data, ports: [] });
  }
  ended(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.emit('close');
  }
}

/** What one isolated world of a page says. */
export interface Line {
  hear(message: FromPage): void;
  /** The world is gone: its ports close. */
  end(): void;
}

export interface Speaker {
  readonly sender: Electron.WebContents;
  readonly senderFrame: Electron.WebFrameMain | null;
}

export function openLine(speaker: () => Speaker, tell: (message: ToPage) => void): Line {
  const ports = new Map<number, PortMain>();

  const eventOf = (ports: readonly PortMain[]) => {
    const { sender, senderFrame } = speaker();
    const ids = { frameId: 1, processId: 1, type: 'frame' as const, returnValue: undefined };
    return makeEvent({ ...ids, sender, senderFrame, ports });
  };

  async function invoke({ id, channel, args }: FromPage & { kind: 'invoke' }): Promise<void> {
    try {
      const handler = handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      const event = eventOf([]) as unknown as Electron.IpcMainInvokeEvent;
      const value = await handler(event, ...(wire.decode(args) as unknown[]));
      tell({ kind: 'reply', id, value: wire.encode(value) });
    } catch (error) {
      tell({ kind: 'failure', id, message: `Error invoking remote method '${channel}': ${error}` });
    }
  }

  function message(said: FromPage & { kind: 'message' }): void {
    const handed = said.ports.map((id) => {
      const port = strict('MessagePortMain', new PortMain(id, tell));
      ports.set(id, port);
      return port;
    });
    ipcMain.emit(said.channel, eventOf(handed), ...(wire.decode(said.args) as unknown[]));
  }

  return {
    hear(said) {
      if (said.kind === 'invoke') void invoke(said);
      else if (said.kind === 'message') message(said);
      else if (said.kind === 'port-message') ports.get(said.port)?.heard(wire.decode(said.data));
      else ports.get(said.port)?.ended();
    },
    end() {
      for (const port of ports.values()) port.ended();
    },
  };
}
