/** `protocol`: the app's own schemes and who answers for them. */
import type Electron from 'electron';
import { addScheme } from './addresses.ts';
import { strict } from './strict.ts';
import { fault, noted } from './world.ts';

type Handler = Parameters<Electron.Protocol['handle']>[1];
const handlers = new Map<string, Handler>();

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes) {
    if (noted.life.includes('ready'))
      throw new Error('protocol.registerSchemesAsPrivileged comes before ready');
    for (const { scheme, privileges } of schemes) {
      // What stands in for the scheme is https, which is both; a scheme that is not would look better here than there.
      if (!privileges?.standard || !privileges.secure)
        fault(`stand-in: ${scheme} is not standard and secure`);
      addScheme(scheme);
    }
  },
  handle(scheme, handler) {
    if (handlers.has(scheme)) throw new Error(`${scheme} is handled already`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme) {
    handlers.delete(scheme);
  },
  isProtocolHandled: (scheme) => handlers.has(scheme),
} satisfies Partial<Electron.Protocol>);

export async function answerByScheme(request: Request): Promise<Response | null> {
  const handler = handlers.get(new URL(request.url).protocol.slice(0, -1));
  return handler ? handler(request) : null;
}
