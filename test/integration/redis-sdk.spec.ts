/**
 * A real SDK over a real Redis: node-easywechat reads what the console wrote and never fetches. Its cache is the
 * Redis class of its README; WeChat is a server that counts every request for a token.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import HttpClient from 'node-easywechat/dist/Core/HttpClient/HttpClient';
import MiniApp from 'node-easywechat/dist/MiniApp/Application';
import AccessToken from 'node-easywechat/dist/OfficialAccount/AccessToken';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MANAGED_SECRET } from '../../electron/handout/redis/key-of.ts';
import { createRedisHandout, type RedisHandout } from '../../electron/handout/redis/redis.ts';
import { type FakeDesk, fakeDesk } from '../support/redis-desk.ts';
import { type RedisClient, type RedisServer, startRedis, whyNoRedis } from '../support/redis-server.ts';

const APP = 'wxtestapp0000001';

/** The Redis class of node-easywechat's README, over this client. */
function cacheOver(redis: RedisClient) {
  return {
    get: (id: string) => redis.get(id),
    has: async (id: string) => (await redis.exists(id)) > 0,
    set: async (id: string, data: string, lifeTime = 0) => {
      await redis.set(id, data, lifeTime > 0 ? { expiration: { type: 'EX', value: lifeTime } } : {});
      return true;
    },
    delete: async (id: string) => (await redis.del(id)) > 0,
  };
}

/**
 * How a server has the SDK give it a token. An official account by the class its Application makes: the
 * Application itself (3.6.2) does not load with any node-socialite since 1.5, whose parts it asks for are gone.
 */
const SDKS = {
  official: (baseURL: string, isStable: boolean, redis: RedisClient) => {
    const http = HttpClient.create({ baseURL });
    return new AccessToken(APP, MANAGED_SECRET, undefined, cacheOver(redis), http, isStable);
  },
  mini: (baseURL: string, isStable: boolean, redis: RedisClient) => {
    const config = {
      app_id: APP,
      secret: MANAGED_SECRET,
      use_stable_access_token: isStable,
      http: { baseURL },
    };
    return new MiniApp(config).setCache(cacheOver(redis)).getAccessToken();
  },
};

const reason = whyNoRedis();

describe.skipIf(reason !== null)(`an SDK over Redis${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  let server: RedisServer;
  let redis: RedisClient;
  let fake: FakeDesk;
  let handout: RedisHandout;
  let baseURL: string;
  const fetched: string[] = [];
  const weChat = createServer((request, response) => {
    fetched.push(`${request.method} ${request.url}`);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ access_token: 'token-fetched-by-the-sdk', expires_in: 7200 }));
  });

  beforeEach(async () => {
    fetched.length = 0;
    weChat.listen(0, '127.0.0.1');
    await once(weChat, 'listening');
    const address = weChat.address();
    baseURL = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
    server = await startRedis();
    redis = await server.client();
    fake = fakeDesk();
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    handout = createRedisHandout({ desk: fake.desk, log, changed: () => undefined, clock: Date.now });
    handout.configure({ host: '127.0.0.1', port: server.port, db: 0, username: null, tls: false }, null);
  });
  afterEach(async () => {
    await handout.close();
    await server.stop();
    weChat.close();
    await once(weChat, 'close');
  });

  describe.each(['official', 'mini'] as const)('node-easywechat, %s', (kind) => {
    it.each(['standard', 'stable'] as const)('%s line: reads each token and never fetches', async (line) => {
      fake.account(APP, { kind, line });
      handout.setTargets(APP, [{ profile: 'node-easywechat' }]);
      const sdk = SDKS[kind](baseURL, line === 'stable', redis);
      for (const token of ['token-one', 'token-two']) {
        fake.give(APP, token);
        await vi.waitFor(() => expect(handout.places(APP)[0]?.place.state).toBe('written'));
        expect(await sdk.getToken()).toBe(token);
      }
      expect(fetched).toEqual([]);

      // So that the counter is known to count: without the key this SDK does fetch.
      await redis.flushAll();
      expect(await sdk.getToken()).toBe('token-fetched-by-the-sdk');
      expect(fetched).toHaveLength(1);
    });
  });
});
