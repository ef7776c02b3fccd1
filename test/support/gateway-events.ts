/** Server-sent events as a business server reads them. */
import { request } from 'node:http';

export interface ServerEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: Record<string, unknown>;
}

function parse(block: string): ServerEvent | null {
  const fields = new Map(
    block
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(':'))
      .map((line) => line.split(/: (.*)/s, 2) as [string, string]),
  );
  const data = fields.get('data');
  if (data === undefined) return null;
  return { event: fields.get('event') ?? 'message', id: fields.get('id') ?? null, data: JSON.parse(data) };
}

export type EventStream = Awaited<ReturnType<typeof openEvents>>;

/** Opens a stream and reads it until `stop`; rejects for any answer but 200. */
export async function openEvents(url: string, key: string) {
  const asked = request(url, { headers: { Authorization: `Bearer ${key}` }, agent: false });
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  asked.once('response', resolve).once('error', reject).end();
  const response = await promise;
  if (response.statusCode !== 200) {
    asked.destroy();
    throw new Error(`the stream was answered ${response.statusCode}`);
  }
  const events: ServerEvent[] = [];
  let comments = 0;
  let rest = '';
  let hasEnded = false;
  const ended = new Promise<void>((done) => response.once('close', () => done(undefined)));
  void ended.then(() => {
    hasEnded = true;
  });
  response.on('error', () => {}); // cut off: `ended` tells
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    comments += blocks.filter((block) => block.startsWith(':')).length;
    events.push(...blocks.flatMap((block) => parse(block) ?? []));
  });
  return {
    events,
    headers: response.headers,
    ended,
    get comments() {
      return comments;
    },
    get hasEnded() {
      return hasEnded;
    },
    /** Stops reading, and leaves the connection open. */
    stall: () => response.pause(),
    stop: () => asked.destroy(),
  };
}
