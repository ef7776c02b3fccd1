/** A demo beside the real console: its own WeChat, accounts and address, so that a newcomer can look first. */
import { randomBytes } from 'node:crypto';
import { type OpenOptions, openDemo } from './open.ts';
import type { Page } from './page/page.ts';

type Parts = Pick<OpenOptions, 'wayOut' | 'log' | 'version'> & { readonly page: Promise<Page> };

export interface DemoPage {
  /** The demo's address on this machine, with its key; it is started at the first call and goes with the process. */
  url(): Promise<string>;
  close(): Promise<void>;
}

export function createDemoPage({ page, wayOut, log, version }: Parts): DemoPage {
  let running: Promise<{ url: string; close(): Promise<unknown> }> | null = null;

  async function start() {
    // Here, not at the top: the desktop app has no other use for a server.
    const { startWeb } = await import('./web/web.ts');
    const [console, shown] = await Promise.all([
      openDemo({ wayOut, log, version, host: { abilities: [] } }),
      page,
    ]);
    const adminKey = randomBytes(32).toString('base64url');
    const listen = { host: '127.0.0.1', port: 0 };
    const web = await startWeb({
      console,
      page: shown,
      listen,
      adminKey,
      allowRemote: false,
      log,
    });
    return { url: `${web.url}#key=${adminKey}`, close: () => Promise.all([web.close(), console.close()]) };
  }

  return {
    async url() {
      running ??= start();
      // One that could not start is no answer for the next who asks.
      running.catch(() => {
        running = null;
      });
      return (await running).url;
    },
    async close() {
      const demo = await running?.catch(() => null);
      await demo?.close();
    },
  };
}
