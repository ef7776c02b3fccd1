/**
 * The SDKs that read their token from Redis, as text to copy: one builder an SDK. What each reads there, and what
 * has to be switched off in it, is in interop.md; the console writes the same (electron/handout/redis). Pure.
 */
import {
  addressOf,
  isMini,
  isStable,
  lines,
  php,
  quoted,
  REDIS_PASSWORD,
  redisOf,
  type Setting,
  secretOf,
  shell,
  type Way,
} from './setting.ts';

/** What stands before `tail` in the key that is written; null where there is none, or it is of another make. */
function beforeTail({ target }: Setting, tail: string): string | null {
  const key = target?.keys[0];
  return key?.endsWith(tail) ? key.slice(0, -tail.length) : null;
}

function wxjavaPrefix(setting: Setting): string {
  const written = beforeTail(setting, `:access_token:${setting.account.appId}`);
  return written ?? (isMini(setting) ? 'wa' : 'wx');
}

function wxjava(setting: Setting): string {
  const { host, port, db, username, tls, hasPassword } = redisOf(setting);
  return lines(
    'wx:',
    isMini(setting) ? '  miniapp:' : '  mp:',
    `    ${isMini(setting) ? 'appid' : 'app-id'}: ${setting.account.appId}`,
    `    secret: ${quoted(secretOf(setting))}`,
    '    config-storage:',
    '      type: RedisTemplate',
    `      key-prefix: ${quoted(wxjavaPrefix(setting))}`,
    'spring:',
    '  data:',
    '    redis:',
    `      host: ${quoted(host)}`,
    `      port: ${port}`,
    `      database: ${db}`,
    username !== null && `      username: ${quoted(username)}`,
    hasPassword && `      password: "${REDIS_PASSWORD}"`,
    tls && '      ssl:',
    tls && '        enabled: true',
  );
}

/** The address as Symfony's RedisAdapter takes it. */
function redisUrl(setting: Setting): string {
  const { db, username, tls, hasPassword } = redisOf(setting);
  const user = encodeURIComponent(username ?? '');
  const who = hasPassword ? `${user}:${REDIS_PASSWORD}@` : '';
  return `${tls ? 'rediss' : 'redis'}://${who}${addressOf(setting)}/${db}`;
}

/** Symfony puts a colon after the namespace. */
const namespaceOf = ({ target }: Setting): string => (target?.prefix ?? '').replace(/:$/, '');

function phpRedis(setting: Setting): readonly string[] {
  const namespace = namespaceOf(setting);
  return [
    `$redis = RedisAdapter::createConnection(${php(redisUrl(setting))});`,
    `$cache = new RedisAdapter($redis${namespace === '' ? '' : `, ${php(namespace)}`});`,
  ];
}

function easywechat6(setting: Setting): string {
  return lines(
    `use EasyWeChat\\${isMini(setting) ? 'MiniApp' : 'OfficialAccount'}\\Application;`,
    'use Symfony\\Component\\Cache\\Adapter\\RedisAdapter;',
    'use Symfony\\Component\\Cache\\Psr16Cache;',
    '',
    ...phpRedis(setting),
    '$app = new Application([',
    `    'app_id' => '${setting.account.appId}',`,
    `    'secret' => ${php(secretOf(setting))},`,
    `    'use_stable_access_token' => ${isStable(setting)},`,
    "    'http' => ['retry' => false],",
    ']);',
    '$app->setCache(new Psr16Cache($cache));',
  );
}

function easywechat5(setting: Setting): string {
  return lines(
    'use EasyWeChat\\Factory;',
    'use Symfony\\Component\\Cache\\Adapter\\RedisAdapter;',
    '',
    ...phpRedis(setting),
    `$app = Factory::${isMini(setting) ? 'miniProgram' : 'officialAccount'}([`,
    `    'app_id' => '${setting.account.appId}',`,
    `    'secret' => ${php(secretOf(setting))},`,
    "    'http' => ['max_retries' => 0],",
    ']);',
    "$app->rebind('cache', $cache);",
  );
}

function wechatpy(setting: Setting): string {
  const { host, port, db, username, tls, hasPassword } = redisOf(setting);
  const prefix = beforeTail(setting, `:${setting.account.appId}_access_token`) ?? 'wechatpy';
  return lines(
    'from redis import Redis',
    'from wechatpy import WeChatClient',
    'from wechatpy.session.redisstorage import RedisStorage',
    '',
    'redis = Redis(',
    `    host=${quoted(host)}, port=${port}, db=${db},`,
    username !== null && `    username=${quoted(username)},`,
    hasPassword && `    password="${REDIS_PASSWORD}",`,
    tls && '    ssl=True,',
    ')',
    'client = WeChatClient(',
    `    "${setting.account.appId}", ${quoted(secretOf(setting))},`,
    `    session=RedisStorage(redis, prefix=${quoted(prefix)}), auto_retry=False,`,
    ')',
  );
}

/** The fields of a Go Redis client's options, as both Go SDKs take them from go-redis. */
function universal(setting: Setting, indent: string): readonly string[] {
  const { db, username, tls, hasPassword } = redisOf(setting);
  return [
    `Addrs: []string{${quoted(addressOf(setting))}},`,
    ...(username === null ? [] : [`Username: ${quoted(username)},`]),
    ...(hasPassword ? [`Password: "${REDIS_PASSWORD}",`] : []),
    `DB: ${db},`,
    ...(tls ? ['TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12},'] : []),
  ].map((line) => `${indent}${line}`);
}

function silenceper(setting: Setting): string {
  const { db, username, tls, hasPassword } = redisOf(setting);
  const isPlain = username === null && !tls;
  return lines(
    isPlain ? null : 'import "github.com/go-redis/redis/v8"',
    'import "github.com/silenceper/wechat/v2"',
    'import "github.com/silenceper/wechat/v2/cache"',
    `import "github.com/silenceper/wechat/v2/${isMini(setting) ? 'miniprogram' : 'officialaccount'}/config"`,
    '',
    'store := cache.NewRedis(context.Background(), &cache.RedisOpts{',
    `\tHost: ${quoted(addressOf(setting))},`,
    hasPassword && `\tPassword: "${REDIS_PASSWORD}",`,
    `\tDatabase: ${db},`,
    '})',
    ...(isPlain
      ? []
      : [
          'store.SetConn(redis.NewUniversalClient(&redis.UniversalOptions{',
          ...universal(setting, '\t'),
          '}))',
        ]),
    `app := wechat.NewWechat().Get${isMini(setting) ? 'MiniProgram' : 'OfficialAccount'}(&config.Config{`,
    `\tAppID: "${setting.account.appId}",`,
    `\tAppSecret: ${quoted(secretOf(setting))},`,
    isStable(setting) && '\tUseStableAK: true,',
    '\tCache: store,',
    '})',
  );
}

function powerwechat(setting: Setting): string {
  const [room, type] = isMini(setting)
    ? ['miniProgram', 'NewMiniProgram']
    : ['officialAccount', 'NewOfficialAccount'];
  return lines(
    'import "github.com/ArtisanCloud/PowerWeChat/v3/src/kernel"',
    `import "github.com/ArtisanCloud/PowerWeChat/v3/src/${room}"`,
    '',
    `app, err := ${room}.${type}(&${room}.UserConfig{`,
    `\tAppID: "${setting.account.appId}",`,
    `\tSecret: ${quoted(secretOf(setting))},`,
    '\tCache: kernel.NewRedisClient(&kernel.UniversalOptions{',
    ...universal(setting, '\t\t'),
    '\t}),',
    '})',
  );
}

function nodeEasywechat(setting: Setting): string {
  const { host, port, db, username, tls, hasPassword } = redisOf(setting);
  const { appId } = setting.account;
  const type = isMini(setting) ? 'MiniApp' : 'OfficialAccount';
  const room = isMini(setting) ? 'mini_app' : 'official_account';
  const secret = secretOf(setting);
  const usual = `${room}.access_token.${appId}.${secret}.${isStable(setting) ? 1 : 0}`;
  const key = setting.target?.keys[0] ?? usual;
  const options = [
    `host: ${quoted(host)}, port: ${port}, db: ${db}`,
    ...(username === null ? [] : [`username: ${quoted(username)}`]),
    ...(hasPassword ? [`password: '${REDIS_PASSWORD}'`] : []),
    ...(tls ? ['tls: {}'] : []),
  ];
  return lines(
    `const { ${type}, CacheInterface } = require('node-easywechat');`,
    "const Redis = require('ioredis');",
    '',
    `const redis = new Redis({ ${options.join(', ')} });`,
    'class SharedRedis extends CacheInterface {',
    '  get(key) { return redis.get(key); }',
    '  async has(key) { return (await redis.exists(key)) > 0; }',
    "  async set(key, data, seconds) { await redis.set(key, data, 'EX', seconds || 7200); return true; }",
    '  async delete(key) { await redis.del(key); return true; }',
    '}',
    '',
    `const app = new ${type}({`,
    `  app_id: '${appId}', secret: ${quoted(secret)},`,
    `  use_stable_access_token: ${isStable(setting)},`,
    '});',
    'app.setCache(new SharedRedis());',
    key !== usual && `app.getAccessToken().setKey(${quoted(key)});`,
  );
}

function plain(setting: Setting): string {
  const { host, port, db, username, tls, hasPassword } = redisOf(setting);
  const key = setting.target?.keys[0] ?? `wechat:access_token:${setting.account.appId}`;
  const options = [
    `-h ${host} -p ${port} -n ${db}`,
    ...(username === null ? [] : [`--user ${shell(username)}`]),
    ...(hasPassword ? ['--askpass'] : []),
    ...(tls ? ['--tls'] : []),
  ];
  return `redis-cli ${options.join(' ')} GET ${shell(key)}`;
}

export const REDIS_WAYS = [
  { id: 'wxjava', via: 'redis', profile: 'wxjava', build: wxjava },
  { id: 'easywechat6', via: 'redis', profile: 'easywechat6', build: easywechat6 },
  { id: 'easywechat5', via: 'redis', profile: 'easywechat5', build: easywechat5 },
  { id: 'wechatpy', via: 'redis', profile: 'wechatpy', build: wechatpy },
  { id: 'silenceper', via: 'redis', profile: 'silenceper', build: silenceper },
  { id: 'powerwechat', via: 'redis', profile: 'powerwechat', build: powerwechat },
  { id: 'node-easywechat', via: 'redis', profile: 'node-easywechat', build: nodeEasywechat },
  { id: 'plain', via: 'redis', profile: 'plain', build: plain },
] as const satisfies readonly Way[];
