/** The door of the bridge: lets scripts in by the admin key, and pages by the session they got for it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connections } from '../lib/connections.ts';
import type { Log } from '../log.ts';
import { bearerIn, type Clock, createKeyCheck, createSessions, type Session } from './access.ts';
import { failure } from './answers.ts';

/** `session` null: by the admin key. `waitMs`: 0, or how long until a key is heard again. */
export type Admission =
  | { readonly let: 'in'; readonly session: Session | null }
  | { readonly let: 'out'; readonly waitMs: number };

export interface Door {
  /** By the Authorization header alone, which a browser never sends by itself. */
  admit(request: FastifyRequest): Admission;
  /** `POST /session` begins one for the admin key, `DELETE /session` ends the one it is sent with. */
  addRoutes(app: FastifyInstance): void;
}

/** Answers 401, or 429 after too many wrong keys. */
export function turnAway(reply: FastifyReply, waitMs: number): FastifyReply {
  if (waitMs === 0) {
    return reply.code(401).send(failure('unauthorized', 'The admin key or a session is needed.'));
  }
  reply.code(429).header('Retry-After', Math.ceil(waitMs / 1000));
  return reply.send(failure('unauthorized', 'Too many wrong keys; wait a moment.', Date.now() + waitMs));
}

/**
 * Earlier versions kept the session in a cookie, which a browser sends to every port of the host. Nothing reads it
 * any more; a browser that still has it is told to forget it.
 */
export function forgetOldCookie(request: FastifyRequest, reply: FastifyReply): void {
  const name = `wtc_session_${request.socket.localPort}`;
  if (!request.headers.cookie?.includes(`${name}=`)) return;
  reply.header('Set-Cookie', `${name}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`);
}

export function createDoor(adminKey: string, clock: Clock, connections: Connections, log: Log): Door {
  const check = createKeyCheck(adminKey, () => clock().mono);
  const sessions = createSessions(clock);

  const sessionOf = (request: FastifyRequest): Session | null => {
    const id = bearerIn(request.headers.authorization);
    return id === null ? null : sessions.find(id);
  };

  function admitByKey(request: FastifyRequest): Admission {
    const key = bearerIn(request.headers.authorization);
    if (key === null) return { let: 'out', waitMs: 0 };
    const verdict = check(key);
    if (verdict.right) return { let: 'in', session: null };
    log.warn({ from: request.ip }, 'wrong admin key, or a session that has ended');
    return { let: 'out', waitMs: verdict.waitMs };
  }

  return {
    admit(request) {
      const session = sessionOf(request);
      const admission = session === null ? admitByKey(request) : ({ let: 'in', session } as const);
      if (admission.let === 'in') connections.prove(request.raw);
      return admission;
    },
    addRoutes(app) {
      app.post('/session', (request, reply) => {
        const admission = admitByKey(request);
        if (admission.let === 'out') return turnAway(reply, admission.waitMs);
        return reply.send({ ok: true, value: { session: sessions.begin() } });
      });
      app.delete('/session', (request, reply) => {
        sessionOf(request)?.end();
        return reply.code(204).send();
      });
    },
  };
}
