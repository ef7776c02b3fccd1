/** What the stand-in for Electron promises: that a spec which passes on it has been asked the right questions. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHROMIUM } from '../../scripts/system-packages.ts';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';
import { BROWSER_ARGS, type StandIn, startStandIn } from '../support/electron-stand-in/host.ts';

const hasChromium = existsSync(CHROMIUM);
const PROBE = join(import.meta.dirname, '..', 'support', 'electron-stand-in', 'probe');

let browser: Browser;
let page: Page;
let folder: string;
const running: StandIn[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  browser = await chromium.launch({ executablePath: CHROMIUM, args: BROWSER_ARGS });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  if (!hasChromium) return;
  folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  page = await (await browser.newContext({ permissions: [] })).newPage();
});
afterEach(async () => {
  if (!hasChromium) return;
  for (const app of running.splice(0)) await app.kill();
  await page.context().close();
  rmSync(folder, { recursive: true, force: true });
});

const suite = describe.skipIf(!hasChromium);

function start(options: Omit<Parameters<typeof startStandIn>[0], 'page'>): StandIn {
  const app = startStandIn({ page, ...options });
  running.push(app);
  return app;
}

async function startProbe(...args: string[]): Promise<StandIn> {
  const app = start({ folder: PROBE, args });
  await app.window(0);
  return app;
}

async function startConsole(): Promise<StandIn> {
  const app = start({ args: ['--data-dir', folder, '--vault', 'memory'] });
  await app.window(0);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return app;
}

/** Runs an expression in the page's own world; what it throws comes back as text. */
function inPage(expression: string): Promise<unknown> {
  return page.evaluate(`(async () => (${expression}))().catch((error) => 'threw: ' + error.message)`);
}

suite('an app', () => {
  it.each([
    '{"sandbox":false}',
    '{"contextIsolation":false}',
    '{"nodeIntegration":true}',
    '{"webSecurity":false}',
  ])('that opens a window with %s ends with that error', async (preferences) => {
    const { code, stderr } = await start({ folder: PROBE, args: [`--preferences=${preferences}`] }).exited;
    expect(code).toBe(1);
    expect(stderr).toMatch(/stand-in: a window (needs|may not have) the web preference/);
  });

  it('that uses what the stand-in lacks hears of it, and so does the test', async () => {
    const app = await startProbe();
    expect(await inPage(`probe.invoke('missing')`)).toContain(
      'stand-in: electron.app.noSuchThing is not there',
    );
    await expect(app.quit()).rejects.toThrow('electron.app.noSuchThing');
  });
});

suite('the way out', () => {
  let server: Server;
  let proxy: ConnectProxy;
  let url: string;
  beforeEach(async () => {
    server = createServer((_request, answer) => answer.end('reached')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}/`;
    proxy = await startConnectProxy(port, 'user:word');
    await startProbe();
  });
  afterEach(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });

  it('reaches real servers, and names failures as Chromium does', async () => {
    expect(await inPage(`probe.invoke('fetch', '${url}')`)).toBe('reached');
    expect(await inPage(`probe.invoke('fetch', 'http://127.0.0.1:1/')`)).toContain('net::ERR_UNSAFE_PORT');
    server.close();
    server.closeAllConnections();
    expect(await inPage(`probe.invoke('fetch', '${url}')`)).toContain('net::ERR_CONNECTION_REFUSED');
  });

  it('goes by the proxy that is set, which only net.request can answer when it asks', async () => {
    await inPage(`probe.invoke('proxy', '${proxy.url}')`);
    expect(await inPage(`probe.invoke('fetch', '${url}')`)).toBe('');
    const request = (word: string) => inPage(`probe.invoke('request', '${url}', '${word}')`);
    expect(await request('word')).toEqual({ asked: 1, statusCode: 200 });
    expect(await request('another')).toEqual({ asked: 2, statusCode: 407 });
    expect(proxy.seen.at(-1)).toEqual({ target: new URL(url).host, as: 'user:another' });
  });
});

suite('the console', () => {
  const opened = async (app: StandIn) => (await app.record()).opened;

  it('answers its page, and refuses a frame inside it', async () => {
    const app = await startConsole();
    expect(await app.forge('main', 'bridge:call', 'state.get', {})).toMatchObject({ value: { ok: true } });
    await inPage(`document.body.append(document.createElement('iframe'))`);
    const refused = "Error invoking remote method 'bridge:call': Error: This page may not use the bridge.";
    await expect
      .poll(() => app.forge('inner', 'bridge:call', 'state.get', {}).catch(String))
      .toEqual({ error: refused });
  });

  it('lets no page leave or open a window; a link of its list goes to the system’s browser; it may load itself again', async () => {
    const app = await startConsole();
    const url = page.url();
    await inPage(`location.assign('https://example.com/away')`);
    await expect.poll(async () => (await app.record()).forbidden).toEqual(['https://example.com/away']);
    expect(await opened(app)).toEqual([]);
    await inPage(`window.open('https://mp.weixin.qq.com/', '_blank', 'noopener') === null`);
    const there = { kind: 'address', what: 'https://mp.weixin.qq.com/' };
    await expect.poll(() => opened(app)).toEqual([there]);
    await inPage(`location.assign('https://developers.weixin.qq.com/doc/')`);
    await expect
      .poll(() => opened(app))
      .toEqual([there, { ...there, what: 'https://developers.weixin.qq.com/doc/' }]);
    const before = await inPage('performance.timeOrigin');
    const birth = () => inPage('performance.timeOrigin').catch(() => before);
    await inPage('void setTimeout(() => location.reload())');
    await expect.poll(birth).not.toBe(before);
    expect((await app.record()).forbidden).toHaveLength(3);
    expect(page.url()).toBe(url);
    await expect.poll(() => page.context().pages().length).toBe(1);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  });

  it('finishes before it goes: windows, then what must be done, then the end', async () => {
    const app = await startConsole();
    const { code, record } = await app.quit();
    expect(code).toBe(0);
    expect(record?.windows).toMatchObject([{ isDestroyed: true }]);
    // The first will-quit is held back until the console has closed its books.
    expect(record?.life).toEqual(['ready', 'before-quit', 'will-quit', 'before-quit', 'will-quit', 'quit']);
    expect(record?.faults).toEqual([]);
  });
});
