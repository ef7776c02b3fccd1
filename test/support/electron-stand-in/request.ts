/** `net.request`: unlike `net.fetch` it asks whoever made it for a proxy's name and password. */
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type Electron from 'electron';
import type { Login } from './proxy.ts';

export type Send = (url: string, init: RequestInit, login: Login) => Promise<Response>;

export class StandInRequest
  extends EventEmitter
  implements Pick<Electron.ClientRequest, 'setHeader' | 'abort'>
{
  private readonly headers = new Headers();
  private readonly aborting = new AbortController();
  private readonly options: Electron.ClientRequestConstructorOptions;
  private readonly send: Send;

  constructor(options: Electron.ClientRequestConstructorOptions, send: Send) {
    super();
    this.options = options;
    this.send = send;
  }
  setHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }
  abort(): void {
    this.aborting.abort();
  }
  end(body?: string | Buffer): void {
    void this.run(body);
  }

  private login: Login = (asking) =>
    new Promise((resolve) => {
      const answer = (name?: string, password = '') => resolve(name === undefined ? null : [name, password]);
      if (!this.emit('login', asking, answer)) answer();
    });

  private async run(body: string | Buffer | undefined): Promise<void> {
    const { url = '', method = 'GET', redirect = 'follow' } = this.options;
    const { headers, aborting } = this;
    try {
      const init = { method, headers, redirect: redirect as RequestRedirect, signal: aborting.signal };
      const response = await this.send(
        url,
        { ...init, ...(body !== undefined && { body: String(body) }) },
        this.login,
      );
      const read = response.body ? Readable.fromWeb(response.body as ReadableStream) : Readable.from([]);
      read.once('close', () => this.emit('close'));
      this.emit(
        'response',
        Object.assign(read, { statusCode: response.status, headers: headersOf(response) }),
      );
    } catch (error) {
      this.emit(aborting.signal.aborted ? 'abort' : 'error', error);
      this.emit('close');
    }
  }
}

function headersOf({ headers }: Response): Record<string, string[]> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, [value]]));
}
