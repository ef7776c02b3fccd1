/** Whether WeChat can be reached, over real sockets: the sandbox, and what stands in its place on bad networks. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startSandbox } from '../../electron/sandbox/server.ts';
import { createNodeFetch } from '../../electron/wechat/node-fetch.ts';
import { reach } from '../../electron/wechat/reach.ts';
import { closedPort, untrustedServer } from '../support/network-faults.ts';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function reached(apiBase: string) {
  const { fetch, close } = createNodeFetch({ env: {} });
  endings.push(close);
  return reach(fetch, apiBase);
}

const not = (reason: string) => ({ reached: false, ms: null, reason });

it('the sandbox is, in a few milliseconds, and no account of it is touched', async () => {
  const sandbox = await startSandbox();
  endings.push(() => sandbox.close());
  const { ms, ...rest } = await reached(sandbox.url);
  expect(rest).toEqual({ reached: true, reason: null });
  expect(ms).toBeLessThan(2000);
});

it('a sign-in page is not WeChat', async () => {
  const page = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html').end('<html>Sign in'),
  );
  page.listen(0, '127.0.0.1');
  await once(page, 'listening');
  endings.push(async () => {
    page.closeAllConnections();
    page.close();
    await once(page, 'close');
  });
  expect(await reached(`http://127.0.0.1:${(page.address() as AddressInfo).port}`)).toEqual(
    not('unreadable'),
  );
});

it('a name nobody knows is said', async () => {
  expect(await reached('https://wechat.invalid')).toEqual(not('dns'));
});

it('a certificate nobody vouches for is said', async () => {
  const server = await untrustedServer();
  endings.push(() => server.close());
  expect(await reached(server.url)).toEqual(not('tls'));
});

it('a port nobody listens at is said', async () => {
  expect(await reached(`http://127.0.0.1:${await closedPort()}`)).toEqual(not('connection-refused'));
});
