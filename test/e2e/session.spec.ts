/** What only the browser carrier has: the key, the session, the connection. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { type Running, startHeadless } from '../support/headless.ts';
import { expect, test } from './fixtures.ts';

let running: Running;
let dataDir: string;
test.beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'wtc-session-'));
  running = await startHeadless(['--data-dir', dataDir, '--vault', 'memory']);
});
test.afterEach(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const firstRun = { name: '让每个 access_token 一直有效' };
const needsKey = { name: '需要管理密钥' };

/** A tab of the console; with the key in its address, or as somebody comes back to it. */
async function open(context: BrowserContext, withKey: boolean): Promise<Page> {
  const page = await context.newPage();
  await page.goto(withKey ? `${running.ready.url}#key=${running.ready.adminKey}` : running.ready.url);
  return page;
}

const sessionIn = (page: Page) => page.evaluate(() => localStorage.getItem('token-console.session'));

/** What the bridge answers to a session that is sent as the page sends it. */
async function statusFor(session: string | null): Promise<number> {
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' };
  return (await fetch(`${running.ready.url}bridge/state.get`, { method: 'POST', headers, body: '{}' }))
    .status;
}

test('the key leaves the address bar, the page never keeps it, and a reload stays signed in', async ({
  page,
  context,
}) => {
  const { url, adminKey } = running.ready;
  await page.goto(`${url}#key=${adminKey}`);
  await expect(page.getByRole('heading', firstRun)).toBeVisible();
  expect(page.url()).not.toContain(adminKey);
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(kept).not.toContain(adminKey);
  expect(await context.cookies()).toEqual([]);
  await page.reload();
  await expect(page.getByRole('heading', firstRun)).toBeVisible();
});

test('without a key the page asks for it, says where it is, and refuses a wrong one', async ({ page }) => {
  const { url, adminKey } = running.ready;
  await page.goto(url);
  await expect(page.getByRole('heading', needsKey)).toBeVisible();
  await page.getByLabel('密钥或地址').fill('not-the-key');
  await page.getByRole('button', { name: '打开控制台' }).click();
  await expect(page.getByText('这个密钥不对', { exact: false })).toBeVisible();
  await page.getByLabel('密钥或地址').fill(`${url}#key=${adminKey}`);
  await page.getByRole('button', { name: '打开控制台' }).click();
  await expect(page.getByRole('heading', firstRun)).toBeVisible();
});

test('a lost connection is said, and the page finds back when the console is there again', async ({
  page,
}) => {
  const { url, adminKey } = running.ready;
  await page.goto(`${url}#key=${adminKey}`);
  await expect(page.getByRole('heading', firstRun)).toBeVisible();
  await running.stop('SIGKILL');
  await expect(page.getByText('连接断开，正在重连', { exact: false })).toBeVisible();
  running = await startHeadless(['--data-dir', dataDir, '--vault', 'memory', '--listen', new URL(url).host]);
  await expect(page.getByRole('heading', needsKey)).toBeVisible({ timeout: 15_000 });
});

test('a second tab goes on with the session, and signing out ends it in all of them', async ({ context }) => {
  const first = await open(context, true);
  await expect(first.getByRole('heading', firstRun)).toBeVisible();
  const second = await open(context, false);
  await expect(second.getByRole('heading', firstRun)).toBeVisible();
  const session = await sessionIn(second);
  expect(await statusFor(session)).toBe(200);

  await second.getByRole('button', { name: '退出登录' }).click();
  for (const page of [second, first]) await expect(page.getByRole('heading', needsKey)).toBeVisible();
  expect([await sessionIn(first), await statusFor(session)]).toEqual([null, 401]);
  await first.reload();
  await expect(first.getByRole('heading', needsKey)).toBeVisible();

  await second.getByLabel('密钥或地址').fill(running.ready.adminKey);
  await second.getByLabel('密钥或地址').press('Enter');
  for (const page of [second, first]) await expect(page.getByRole('heading', firstRun)).toBeVisible();
});

test('a session that has ended elsewhere is asked for again at the next command or event', async ({
  context,
}) => {
  const page = await open(context, true);
  await expect(page.getByRole('heading', firstRun)).toBeVisible();
  const headers = { authorization: `Bearer ${await sessionIn(page)}` };
  await fetch(`${running.ready.url}session`, { method: 'DELETE', headers });
  await expect(page.getByRole('heading', needsKey)).toBeVisible();
});

/** Runs in a page of another server: tries all that a page can to use the console at `url`, or to read what it keeps. */
async function tryAll(url: string): Promise<Record<string, unknown>> {
  const outcome = (attempt: Promise<unknown>) => attempt.catch((fault: Error) => fault.name);
  const inFrame = new Promise<string>((resolve) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    frame.onload = () => {
      try {
        resolve(String(frame.contentWindow?.localStorage.length));
      } catch (fault) {
        resolve((fault as Error).name);
      }
    };
    frame.src = url;
  });
  const byEventSource = new Promise<string>((resolve) => {
    const source = new EventSource(`${url}bridge/events`, { withCredentials: true });
    source.onopen = () => resolve('open');
    source.onerror = () => resolve(`refused ${source.readyState}`);
  });
  const ask = (mode: RequestMode) =>
    outcome(
      fetch(`${url}bridge/state.get`, { method: 'POST', mode, credentials: 'include', body: '{}' }).then(
        ({ type, status }) => `${type} ${status}`,
      ),
    );
  return {
    cookies: document.cookie,
    kept: [localStorage.length, sessionStorage.length],
    read: await ask('cors'),
    sent: await ask('no-cors'),
    events: await byEventSource,
    frame: await inFrame,
  };
}

test('another server of the same host is sent nothing of the session and cannot use it', async ({
  context,
}) => {
  const heard: IncomingHttpHeaders[] = [];
  const other = createServer((request, response) => {
    heard.push(request.headers);
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>other</title><body></body>');
  });
  await once(other.listen(0, '127.0.0.1'), 'listening');
  try {
    const mine = await open(context, true);
    await expect(mine.getByRole('heading', firstRun)).toBeVisible();
    const session = await sessionIn(mine);
    expect(session).toMatch(/^[\w-]{43}$/);

    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
    expect(await page.evaluate(tryAll, running.ready.url)).toEqual({
      cookies: '',
      kept: [0, 0],
      read: 'TypeError',
      sent: expect.stringMatching(/^(TypeError|opaque 0)$/),
      events: 'refused 2',
      frame: 'SecurityError',
    });
    await page.evaluate(() => fetch('/again', { credentials: 'include' }));
    expect(heard.length).toBeGreaterThanOrEqual(2);
    for (const headers of heard) expect(headers).not.toHaveProperty('cookie');
    expect(JSON.stringify(heard)).not.toContain(session);
    expect(running.stderr()).toContain('request refused');
  } finally {
    other.closeAllConnections();
    other.close();
  }
});
