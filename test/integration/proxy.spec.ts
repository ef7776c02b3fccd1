/** The headless way out through a real proxy on this machine: which way a call goes, and as whom. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ProxyWithPassword } from '../../electron/console/host.ts';
import { createNodeWayOut } from '../../electron/way-out.ts';
import { createWechat } from '../../electron/wechat/client.ts';
import { reach } from '../../electron/wechat/reach.ts';
import type { Fetch } from '../../electron/wechat/wechat.ts';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';
import { closedPort } from '../support/network-faults.ts';
import { startTlsWechat, type TlsWechat } from '../support/tls-wechat.ts';

const HOST = 'wechat.invalid';
const BASE = `https://${HOST}`;
const NAME = 'li%41@corp';
/** With everything that an address would have to escape. */
const WORD = 'wörd:of/the?proxy#%41@ &微信';

let wechat: TlsWechat;
beforeAll(async () => {
  wechat = await startTlsWechat([HOST]);
});
afterAll(() => wechat.close());

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  wechat.asked.length = 0;
  for (const end of endings.splice(0).reverse()) await end();
});

async function startProxy(only?: string): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(wechat.port, only);
  endings.push(() => proxy.close());
  return proxy;
}

const manual = (
  url: string,
  username: string | null = null,
  password: string | null = null,
): ProxyWithPassword => ({
  settings: { mode: 'manual', url, username },
  password,
});

const reached = (fetch: Fetch) => reach(fetch, BASE);
const isReached = { reached: true, reason: null };

describe('a proxy that is set by hand', () => {
  it('is asked to connect, without a name', async () => {
    const proxy = await startProxy();
    const wayOut = createNodeWayOut({ env: {} });
    await wayOut.use(manual(proxy.url));
    expect(await reached(wayOut.fetch)).toMatchObject(isReached);
    expect(proxy.seen).toEqual([{ target: `${HOST}:443`, as: null }]);
    expect(wechat.asked).toEqual([`${HOST}/cgi-bin/token?grant_type=client_credential`]);
  });

  it('is told name and password as they are', async () => {
    const proxy = await startProxy(`${NAME}:${WORD}`);
    const wayOut = createNodeWayOut({ env: {} });
    await wayOut.use(manual(proxy.url, NAME, WORD));
    expect(await reached(wayOut.fetch)).toMatchObject(isReached);
    expect(proxy.seen).toEqual([{ target: `${HOST}:443`, as: `${NAME}:${WORD}` }]);
  });

  it.each([
    ['no password', null, null],
    ['a wrong one', NAME, 'another'],
  ])('that wants one and gets %s is what fails, without a word of it', async (_what, username, password) => {
    const proxy = await startProxy(`${NAME}:${WORD}`);
    const wayOut = createNodeWayOut({ env: {} });
    await wayOut.use(manual(proxy.url, username, password));
    const client = createWechat({ fetch: wayOut.fetch, clock: Date.now });
    const secret = 'sandbox-secret-of-shop';
    const request = {
      line: 'standard',
      appId: 'wx00000000000000a1',
      secret,
      apiBase: BASE,
      force: false,
    } as const;
    const reply = await client.fetchToken(request);
    expect(reply).toMatchObject({ outcome: 'failed', errmsg: 'proxy: HTTP 407' });
    for (const hidden of [secret, 'another', NAME]) expect(JSON.stringify(reply)).not.toContain(hidden);
    expect(wechat.asked).toEqual([]);
  });

  it('that is not there is what fails', async () => {
    const wayOut = createNodeWayOut({ env: {} });
    await wayOut.use(manual(`http://127.0.0.1:${await closedPort()}`));
    expect(await reached(wayOut.fetch)).toMatchObject({ reached: false, reason: 'proxy' });
  });

  it('comes before the one of the environment, and NO_PROXY does not get round it', async () => {
    const [own, environments] = [await startProxy(), await startProxy()];
    const wayOut = createNodeWayOut({ env: { HTTPS_PROXY: environments.url, NO_PROXY: '*' } });
    await wayOut.use(manual(own.url));
    expect(await reached(wayOut.fetch)).toMatchObject(isReached);
    expect([own.seen.length, environments.seen.length]).toEqual([1, 0]);
  });
});

describe('the other ways', () => {
  it('as the system says: through the proxy of the environment', async () => {
    const proxy = await startProxy();
    const wayOut = createNodeWayOut({ env: { HTTPS_PROXY: proxy.url } });
    await wayOut.use({ settings: { mode: 'system' }, password: null });
    expect(await reached(wayOut.fetch)).toMatchObject(isReached);
    expect(proxy.seen).toHaveLength(1);
  });

  it('none: not even through the proxy of the environment', async () => {
    const proxy = await startProxy();
    const wayOut = createNodeWayOut({ env: { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url } });
    await wayOut.use({ settings: { mode: 'none' }, password: null });
    expect(await reached(wayOut.fetch)).toMatchObject({ reached: false, reason: 'dns' });
    expect(proxy.seen).toEqual([]);
  });
});

describe('a change of way', () => {
  it('counts for the next call, also where a connection was kept open', async () => {
    const [first, second] = [await startProxy(), await startProxy()];
    const wayOut = createNodeWayOut({ env: {} });
    for (const proxy of [first, second, first]) {
      await wayOut.use(manual(proxy.url));
      expect(await reached(wayOut.fetch)).toMatchObject(isReached);
    }
    expect([first.seen.length, second.seen.length]).toEqual([2, 1]);
  });

  it('does not disturb a call under way, which may be bringing a token', async () => {
    const [first, second] = [await startProxy(), await startProxy()];
    const wayOut = createNodeWayOut({ env: {} });
    await wayOut.use(manual(first.url));
    const isAsked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<string>();
    const usual = wechat.answer;
    wechat.answer = () => {
      isAsked.resolve();
      return answer.promise;
    };
    endings.push(async () => {
      wechat.answer = usual;
    });
    const init = {
      method: 'GET',
      headers: {},
      signal: new AbortController().signal,
      redirect: 'manual',
    } as const;
    const call = wayOut.fetch(BASE, init);
    await isAsked.promise;
    await wayOut.use(manual(second.url));
    answer.resolve('{"access_token":"sandbox-token"}');
    expect(await (await call).text()).toContain('sandbox-token');
    expect(second.seen).toEqual([]);
  });
});

describe('a trial', () => {
  it('goes its own way, and leaves the real one as it is', async () => {
    const [real, tried] = [await startProxy(), await startProxy(`${NAME}:${WORD}`)];
    const wayOut = createNodeWayOut({ env: {} });
    await wayOut.use(manual(real.url));
    const trial = await wayOut.trial(manual(tried.url, NAME, WORD));
    expect(await reached(trial.fetch)).toMatchObject(isReached);
    expect([real.seen.length, tried.seen.length]).toEqual([0, 1]);
    await trial.end();
    expect(await reached(wayOut.fetch)).toMatchObject(isReached);
    expect([real.seen.length, tried.seen.length]).toEqual([1, 1]);
  });

  it('that has ended lets nothing through any more', async () => {
    const proxy = await startProxy();
    const trial = await createNodeWayOut({ env: {} }).trial(manual(proxy.url));
    expect(await reached(trial.fetch)).toMatchObject(isReached);
    await trial.end();
    expect(await reached(trial.fetch)).toMatchObject({ reached: false });
    expect(proxy.seen).toHaveLength(1);
  });
});
