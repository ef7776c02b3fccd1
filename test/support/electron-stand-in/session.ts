/** `session` and `net`: permissions, proxies, and the way out to real servers. */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { fetchByProxy } from './proxy.ts';
import { type Send, StandInRequest } from './request.ts';
import { strict, withEvents } from './strict.ts';
import { machine, noted } from './world.ts';

type Members =
  | ('setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setProxy')
  | ('closeAllConnections' | 'fetch' | 'clearCache' | 'clearStorageData' | 'setSpellCheckerEnabled');

/** As Electron calls them: as the browser does. The others stay as the browser has them without asking. */
const ASKED = { 'clipboard-read': 'clipboard-read', 'clipboard-sanitized-write': 'clipboard-write' } as const;
const ALSO_ASKED = { geolocation: 'geolocation', notifications: 'notifications' } as const;

class StandInSession extends EventEmitter implements Pick<Electron.Session, Members> {
  request: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null;
  check: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null;
  private proxy: Electron.ProxyConfig = { mode: 'system' };
  private readonly partition: string;

  constructor(partition: string) {
    super();
    this.partition = partition;
  }
  setPermissionRequestHandler(handler: StandInSession['request']): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: StandInSession['check']): void {
    this.check = handler;
  }
  setDevicePermissionHandler(): void {}
  setSpellCheckerEnabled(): void {}
  async setProxy(config: Electron.ProxyConfig): Promise<void> {
    this.proxy = config;
    noted.proxies.push({ partition: this.partition, config });
  }
  async closeAllConnections(): Promise<void> {}
  async clearCache(): Promise<void> {}
  async clearStorageData(): Promise<void> {}
  fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    return fetchByProxy(this.proxy, input, init);
  }
  /** For the stand-in: as `fetch`, but who is asked for a name and a password can be told. */
  send: Send = (url, init, login) => fetchByProxy(this.proxy, url, init, login);
}

function make(partition: string): StandInSession {
  return strict('Session', new StandInSession(partition));
}

const partitions = new Map<string, StandInSession>();
const defaultSession = make('');

export const session = strict('session', {
  defaultSession,
  fromPartition(partition: string, _options?: Electron.FromPartitionOptions) {
    const one = partitions.get(partition) ?? make(partition);
    partitions.set(partition, one);
    return one;
  },
});

export const net = strict(
  'net',
  withEvents({
    fetch: (input, init) => defaultSession.fetch(input as string | Request, init),
    request(given) {
      const options = typeof given === 'string' ? { url: given } : given;
      const { send } = (options.session as unknown as StandInSession | undefined) ?? defaultSession;
      return strict('ClientRequest', new StandInRequest(options, send)) as unknown as Electron.ClientRequest;
    },
    isOnline: () => machine.online,
    get online() {
      return machine.online;
    },
  } satisfies Partial<Electron.Net>),
);

/** The permissions that both of the app's handlers give to an origin; without handlers Electron gives all. */
export function permitted(contents: Electron.WebContents, origin: string): string[] {
  const { check, request } = defaultSession;
  const details = { isMainFrame: true, requestingUrl: origin };
  return Object.entries({ ...ASKED, ...ALSO_ASKED })
    .filter(([name]) => {
      const known = name as keyof typeof ASKED;
      let isGranted = request === null;
      request?.(
        contents,
        known,
        (answer) => {
          isGranted = answer;
        },
        details,
      );
      return isGranted && (check?.(contents, known, origin, details) ?? true);
    })
    .map(([, name]) => name);
}
