/**
 * Keeps a server open for those who may use it: whoever only connects and says nothing makes room for the next. A
 * server's own limit turns away whoever comes last, and that is the business server while somebody holds all places.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  readonly most: number;
  /** Of one address; a reverse proxy is one too. */
  readonly mostOfOne: number;
}

export interface Connections {
  /** Limits the connections of a server from now on. */
  guard(server: Server): void;
  /** A right key came over this connection: it is the last to make room. */
  prove(message: IncomingMessage): void;
}

/**
 * At a limit the connection that has been quiet for longest is closed: of those over which no right key came, else of
 * the others; never one whose answer is under way.
 */
export function createConnections({ most, mostOfOne }: ConnectionLimits): Connections {
  const open = new Map<string, Socket>();
  const ofAddress = new Map<string, Set<string>>();
  const proven = new Set<string>();
  /** Those that are quiet, for longest first. */
  const quiet = { unproven: new Set<string>(), proven: new Set<string>() };

  function forget(place: string): void {
    open.delete(place);
    proven.delete(place);
    quiet.unproven.delete(place);
    quiet.proven.delete(place);
    const own = ofAddress.get(addressIn(place));
    own?.delete(place);
    if (own?.size === 0) ofAddress.delete(addressIn(place));
  }

  function close(place: string): void {
    open.get(place)?.destroy();
    forget(place);
  }

  function opened(socket: Socket): void {
    const place = placeOf(socket);
    const own = ofAddress.get(addressIn(place)) ?? new Set();
    ofAddress.set(addressIn(place), own.add(place));
    open.set(place, socket);
    socket.once('close', () => {
      if (open.get(place) === socket) forget(place);
    });
    if (own.size > mostOfOne) close([...own].find((one) => quiet.unproven.has(one)) ?? place);
    if (open.size > most) close(first(quiet.unproven) ?? first(quiet.proven) ?? place);
    if (open.has(place)) quiet.unproven.add(place);
  }

  function asked(message: IncomingMessage, response: ServerResponse): void {
    const place = placeOf(message.socket);
    quiet.unproven.delete(place);
    quiet.proven.delete(place);
    response.once('close', () => {
      if (open.has(place)) quiet[proven.has(place) ? 'proven' : 'unproven'].add(place);
    });
  }

  return {
    guard(server) {
      server.on('connection', opened);
      server.on('request', asked);
    },
    prove({ socket }) {
      const place = placeOf(socket);
      if (open.has(place)) proven.add(place);
    },
  };
}

/** The same for a TLS socket and the one below it. */
function placeOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function addressIn(place: string): string {
  return place.slice(0, place.lastIndexOf(' '));
}

function first(places: ReadonlySet<string>): string | undefined {
  return places.values().next().value;
}
