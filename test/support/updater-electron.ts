/** The little of Electron that electron-updater works with, over Node's own https: the updater itself is the real one. */
import { EventEmitter } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:https';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';

type Guard = (details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void;

/** What a session's `webRequest` was told to look at. */
const guard: { prefix: string; ask: Guard } = {
  prefix: '',
  ask: (_details, answer) => answer({ cancel: false }),
};

const webRequest = {
  onBeforeRequest({ urls: [pattern = ''] }: { urls: string[] }, ask: Guard) {
    Object.assign(guard, { prefix: pattern.slice(0, pattern.indexOf('*')), ask });
  },
};

interface Options {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: string | number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

/** As Electron's ClientRequest: a redirection is told, and followed by whoever asked. */
class FakeRequest extends EventEmitter {
  readonly #options: Options;
  #isAborted = false;
  constructor(options: Options) {
    super();
    this.#options = options;
  }
  abort() {
    this.#isAborted = true;
  }
  end() {
    const { protocol, hostname, port, path, method, headers } = this.#options;
    const url = `${protocol}//${hostname}${port ? `:${port}` : ''}${path}`;
    asked.push(url);
    let isCancelled = false;
    if (url.startsWith(guard.prefix)) guard.ask({ url }, ({ cancel }) => (isCancelled = cancel));
    if (isCancelled) {
      setImmediate(() => this.emit('error', new Error('net::ERR_BLOCKED_BY_CLIENT')));
      return;
    }
    const call = send({ protocol, hostname, port, path, method, headers }, (response) => {
      const { statusCode = 0, headers: given } = response;
      if (this.#isAborted) return response.destroy();
      if (statusCode < 300 || statusCode >= 400) return this.emit('response', response);
      response.resume();
      this.emit('redirect', statusCode, 'GET', new URL(given.location ?? '', url).href, {});
    });
    call.on('error', (error) => this.emit('error', error));
    call.end();
  }
}

/** Every address that was asked, the blocked ones too. */
export const asked: string[] = [];

let profile = '';

export const electron = {
  app: Object.assign(new EventEmitter(), {
    isPackaged: true,
    getAppPath: () => profile,
    getName: () => 'wechat-token-console',
    getPath: () => profile,
    getVersion: () => '1.0.0',
    quit: vi.fn(),
    relaunch: vi.fn(),
    releaseSingleInstanceLock: vi.fn(),
    whenReady: async () => {},
  }),
  autoUpdater: new EventEmitter(),
  net: { request: (options: Options) => new FakeRequest(options) },
  session: { fromPartition: () => ({ webRequest }) },
};

/** Gives electron-updater, which is loaded by Node and not by vitest, that Electron; `folder`: the person's data. */
export function standIn(folder: string): void {
  profile = folder;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'electron.cjs');
  writeFileSync(file, "module.exports = globalThis[Symbol.for('electron of the test')];\n");
  Object.assign(globalThis, { [Symbol.for('electron of the test')]: electron });
  registerHooks({
    resolve: (name, context, next) =>
      name === 'electron'
        ? { url: pathToFileURL(file).href, format: 'commonjs', shortCircuit: true }
        : next(name, context),
  });
}
