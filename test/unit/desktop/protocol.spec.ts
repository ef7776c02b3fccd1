import { beforeEach, expect, it, vi } from 'vitest';
import { registerScheme, servePage } from '../../../electron/desktop/protocol.ts';
import type { Page } from '../../../electron/page/page.ts';
import { electron, resetElectron } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const page = {
  answer: vi.fn<Page['answer']>((path) => ({
    status: path === '/' ? 200 : 404,
    headers: {
      'Content-Type': 'text/html',
      'Content-Security-Policy': "default-src 'none'; script-src 'self'",
    },
    body: new TextEncoder().encode(path),
  })),
};

beforeEach(resetElectron);

async function get(url: string, init?: RequestInit): Promise<Response> {
  servePage(Promise.resolve(page));
  const [scheme, handler] = electron.protocol.handle.mock.lastCall ?? [];
  expect(scheme).toBe('app');
  if (handler === undefined) throw new Error('no handler');
  return handler(new Request(url, init));
}

it('registers a scheme with an origin, and no privilege more', () => {
  registerScheme();
  expect(electron.protocol.registerSchemesAsPrivileged).toHaveBeenCalledExactlyOnceWith([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
});

it('serves the page with its policy as a header', async () => {
  const response = await get('app://console/?query#fragment');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; script-src 'self'");
  expect(response.headers.get('content-type')).toBe('text/html');
  expect(await response.text()).toBe('/');
});

it.each([
  ['app://console/../../etc/passwd', '/etc/passwd'],
  ['app://console/%2e%2e/secret', '/secret'],
  ['app://console/..%2fsecret', '/..%2fsecret'],
])('asks the page for no more than a path: %s', async (url, path) => {
  expect((await get(url)).status).toBe(404);
  expect(page.answer).toHaveBeenCalledExactlyOnceWith(path);
});

it.each(['POST', 'PUT', 'DELETE', 'HEAD'])('refuses %s', async (method) => {
  const response = await get('app://console/', { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  expect(response.headers.get('content-security-policy')).toBe("default-src 'none'");
  expect(page.answer).not.toHaveBeenCalled();
});

it.each(['app://other/', 'app://console.evil/', 'app://console:80/', 'app:///'])(
  'refuses the host of %s',
  async (url) => {
    expect((await get(url)).status).toBe(404);
    expect(page.answer).not.toHaveBeenCalled();
  },
);

it('says when the page has its first script', async () => {
  resetElectron();
  let isServed = false;
  const served = servePage(Promise.resolve(page)).then(() => {
    isServed = true;
  });
  const handler = electron.protocol.handle.mock.lastCall?.[1];
  await handler?.(new Request('app://console/'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isServed).toBe(false);
  await handler?.(new Request('app://console/assets/index.js'));
  await served;
});
