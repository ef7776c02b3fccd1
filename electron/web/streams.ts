/** The console's events to browsers, as server-sent events. */
import type { ServerResponse } from 'node:http';
import type { Console } from '../console/console.ts';
import { SAFE_HEADERS } from '../page/page.ts';
import type { Session } from './access.ts';

export interface Streams {
  /** Takes the response over and writes events to it until its client leaves, its session ends or it is cut off. */
  open(response: ServerResponse, session: Session | null): void;
  /** Cuts off all of them. */
  cut(): void;
}

/** How often an idle stream is written to, so that a proxy or a dead connection shows; and what a reader may owe. */
const LIMITS = { heartbeatMs: 20_000, unreadBytes: 1024 * 1024 };

interface Stream {
  readonly session: Session | null;
  /** More than this waiting to be read cuts it off. */
  unreadBytes: number;
}

/**
 * Every stream begins with the whole state, so a client that does not read is simply cut off, at the first event
 * that finds more than `unreadBytes` still waiting; when it reconnects it has missed nothing. A stream that is open
 * is use of its session: the page closes its own when nobody has looked at it for a while.
 */
export function createStreams(console: Pick<Console, 'listen'>, limits = LIMITS): Streams {
  const open = new Map<ServerResponse, Stream>();
  let heartbeat: NodeJS.Timeout | undefined;

  function write(response: ServerResponse, { unreadBytes }: Stream, chunk: string): void {
    if (response.destroyed) return;
    if (response.writableLength > unreadBytes) response.destroy();
    else response.write(chunk);
  }

  return {
    open(response, session) {
      if (response.destroyed) return; // its client left before it was served, and `close` has been and gone
      response.writeHead(200, { ...SAFE_HEADERS, 'Content-Type': 'text/event-stream; charset=utf-8' });
      response.write('retry: 2000\n\n');
      const stream: Stream = { session, unreadBytes: Number.POSITIVE_INFINITY };
      open.set(response, stream);
      heartbeat ??= setInterval(() => {
        for (const [each, its] of open)
          if (its.session?.use() !== false) write(each, its, ': still here\n\n');
      }, limits.heartbeatMs);
      const leave = () => response.destroy();
      session?.ended.addEventListener('abort', leave);
      const stop = console.listen((event) => write(response, stream, `data: ${JSON.stringify(event)}\n\n`));
      // The whole state of many accounts is long; that it is still on its way is not the client's fault.
      stream.unreadBytes = response.writableLength + limits.unreadBytes;
      response.once('close', () => {
        stop();
        session?.ended.removeEventListener('abort', leave);
        open.delete(response);
        if (open.size > 0) return;
        clearInterval(heartbeat);
        heartbeat = undefined;
      });
    },
    cut() {
      for (const response of open.keys()) response.destroy();
    },
  };
}
