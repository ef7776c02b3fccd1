/** The bridge over Electron's IPC; the only place that hears a renderer. */
import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import type { Console } from '../console/console.ts';
import { type Log, seldom } from '../log.ts';

/** `bridge:call` carries a command and its answer, `bridge:listen` a port that the events go to, `bridge:menu` what a menu asks of the page. */
export type Channel = 'bridge:call' | 'bridge:listen' | 'bridge:menu';
const CALL: Channel = 'bridge:call';
const LISTEN: Channel = 'bridge:listen';

export interface Own {
  /** The contents of our window; null while there is none. */
  contents(): WebContents | null;
  readonly origin: string;
}

/** Whether a message comes from the main frame of our own window, still showing our own page. */
function isOurs(event: IpcMainEvent | IpcMainInvokeEvent, own: Own): boolean {
  try {
    const frame = event.senderFrame;
    return (
      event.sender === own.contents() &&
      frame !== null &&
      frame.parent === null &&
      frame.origin === own.origin
    );
  } catch {
    return false; // a frame that was disposed of meanwhile throws when it is looked at
  }
}

type Reached = Pick<Console, 'execute' | 'listen'>;

/**
 * Carries commands to the console and its events to whoever in our window listens, until their port closes. The page
 * may ask before the console is `open`: it waits.
 */
export function carry(open: Promise<Reached>, own: Own, log: Log): void {
  const quiet = seldom(log); // whoever is refused may try again at once, and for ever
  const refuse = (channel: Channel) =>
    quiet.error({ channel }, 'a message from a foreign sender was refused');

  ipcMain.handle(CALL, (event, command: unknown, input: unknown) => {
    if (isOurs(event, own)) return open.then((console) => console.execute(String(command), input));
    refuse(CALL);
    throw new Error('This page may not use the bridge.');
  });

  ipcMain.on(LISTEN, (event) => {
    const [port] = event.ports;
    if (port === undefined || !isOurs(event, own)) return refuse(LISTEN);
    // The port closes when the page unsubscribes, reloads, or goes away with its window.
    const closed = new Promise<void>((resolve) => port.once('close', resolve));
    port.start();
    const heard = open.then((console) => console.listen((message) => port.postMessage(message)));
    // Without a console there is nothing to hear: how the start failed is told elsewhere.
    Promise.all([heard, closed]).then(
      ([stop]) => stop(),
      () => undefined,
    );
  });
}
