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
