/** The log: one JSON object a line on stderr. Callers pass facts, never a secret or a token. */
import pino from 'pino';

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** A second lock on the door: should a fact ever carry one of these, it is cut out. */
const NEVER = ['secret', 'accessToken', 'access_token', 'adminKey', 'key'].flatMap((name) => [
  name,
  `*.${name}`,
]);

/** A log that writes to `stream`; times are milliseconds since the epoch. */
export function createLog(stream: NodeJS.WritableStream): Log {
  return pino({ base: null, redact: { paths: NEVER, remove: true } }, stream);
}

/** How long lines with one message are counted before they are told, ms. */
const COUNTED_MS = 60_000;

/**
 * The same log, for what anybody may cause without a key: of each message the first line is written at once, then at
 * most one a minute, with the facts of the last and in `times` how many there were. Messages must be few and fixed.
 */
export function seldom(log: Log): Log {
  const waiting = new Map<string, { readonly facts: object; readonly times: number }>();

  function write(level: keyof Log, facts: object, message: string): void {
    log[level](facts, message);
    waiting.set(message, { facts, times: 0 });
    setTimeout(() => {
      const { facts: last, times } = waiting.get(message) ?? { facts, times: 0 };
      waiting.delete(message);
      if (times > 0) write(level, { ...last, times }, message);
    }, COUNTED_MS).unref();
  }

  function tell(level: keyof Log, facts: object, message: string): void {
    const counted = waiting.get(message);
    if (counted === undefined) write(level, facts, message);
    else waiting.set(message, { facts, times: counted.times + 1 });
  }

  return {
    info: (facts, message) => tell('info', facts, message),
    warn: (facts, message) => tell('warn', facts, message),
    error: (facts, message) => tell('error', facts, message),
  };
}
