/** The door of the bridge: lets scripts in by the admin key, and pages by the session they got for it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../log.ts';
import { bearerIn, cookieIn, createKeyCheck, createSessions } from './access.ts';
import { failure } from './answers.ts';

/** `waitMs`: 0, or how long until a key is heard again. */
export type Admission = { readonly let: 'in' } | { readonly let: 'out'; readonly waitMs: number };

export interface Door {
  admit(request: FastifyRequest): Admission;
  /** `POST /session` begins one for the admin key, `DELETE /session` ends it and calls `onEnd`. */
  addRoutes(app: FastifyInstance, onEnd: (session: string) => void): void;
}

/** Cookies of one host are shared by all its ports, so the port is in the name. */
function cookieName(request: FastifyRequest): string {
  return `wtc_session_${request.socket.localPort}`;
}

function setCookie(request: FastifyRequest, reply: FastifyReply, value: string, more = ''): void {
  reply.header('Set-Cookie', `${cookieName(request)}=${value}; HttpOnly; SameSite=Strict; Path=/${more}`);
}

/** The session a request names, valid or not. */
export function sessionOf(request: FastifyRequest): string | null {
  return cookieIn(request.headers.cookie, cookieName(request));
}

/** Answers 401, or 429 after too many wrong keys. */
export function turnAway(reply: FastifyReply, waitMs: number): FastifyReply {
  if (waitMs === 0) {
    return reply.code(401).send(failure('unauthorized', 'The admin key or a session is needed.'));
  }
  reply.code(429).header('Retry-After', Math.ceil(waitMs / 1000));
  return reply.send(failure('unauthorized', 'Too many wrong keys; wait a moment.', Date.now() + waitMs));
}

export function createDoor(adminKey: string, log: Log): Door {
  const check = createKeyCheck(adminKey, () => performance.now());
  const sessions = createSessions();

  function admitByKey(request: FastifyRequest): Admission | null {
    const key = bearerIn(request.headers.authorization);
    if (key === null) return null;
    const verdict = check(key);
    if (verdict.right) return { let: 'in' };
    log.warn({ from: request.ip }, 'wrong admin key');
    return { let: 'out', waitMs: verdict.waitMs };
  }

  return {
    admit(request) {
      const session = sessionOf(request);
      const isKnown = session !== null && sessions.has(session);
      return admitByKey(request) ?? (isKnown ? { let: 'in' } : { let: 'out', waitMs: 0 });
    },
    addRoutes(app, onEnd) {
      app.post('/session', (request, reply) => {
        const admission = admitByKey(request);
        if (admission?.let !== 'in') return turnAway(reply, admission?.waitMs ?? 0);
        setCookie(request, reply, sessions.begin());
        return reply.code(204).send();
      });
      app.delete('/session', (request, reply) => {
        const session = sessionOf(request);
        if (session !== null && sessions.has(session)) {
          sessions.end(session);
          onEnd(session);
        }
        setCookie(request, reply, '', '; Max-Age=0');
        return reply.code(204).send();
      });
    },
  };
}
