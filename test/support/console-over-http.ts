/**
 * The console of console-harness.ts with its page: real ledger, real HTTP, real sandbox, in this process, so that
 * an hour can pass between two clicks. It is the headless host but for its process.
 */
import { join } from 'node:path';
import { openPage } from '../../electron/page/page.ts';
import { startWeb, type Web } from '../../electron/web/web.ts';
import { type HarnessOptions, startHarness } from './console-harness.ts';

const ADMIN_KEY = 'key-of-the-end-to-end-tests';
const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'renderer');

/** Starts it on a free port; the renderer must have been built. */
export async function startOverHttp(options: HarnessOptions = {}) {
  const harness = await startHarness(options);
  const page = await openPage(BUILT);
  let web = await serve(0);

  function serve(port: number): Promise<Web> {
    const { app } = harness;
    const listen = { host: '127.0.0.1', port };
    return startWeb({
      ...{ console: app, page, listen, adminKey: ADMIN_KEY, allowRemote: false, log: app.parts.log },
    });
  }

  return {
    harness,
    get address() {
      return `${web.url}#key=${ADMIN_KEY}`;
    },
    /** Ends the console and opens it again on the same data folder and port, as after a restart of the machine. */
    async restart() {
      const port = Number(new URL(web.url).port);
      await web.close();
      await harness.restart();
      web = await serve(port);
    },
    async close() {
      await web.close();
      await harness.close();
    },
  };
}
