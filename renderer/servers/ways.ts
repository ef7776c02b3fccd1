/** How a business server is pointed at the console, as text to copy: one builder a way. Pure. */
import { REDIS_WAYS } from './redis-ways.ts';
import { CLIENT_KEY, lines, MANAGED_SECRET, type Setting, shell, type Way } from './setting.ts';

function curl({ account, gatewayUrl }: Setting): string {
  const url = `${gatewayUrl}/v1/tokens/${account.appId}`;
  return lines(
    `curl -H 'Authorization: Bearer ${CLIENT_KEY}' ${url}`,
    '',
    `curl -H 'Authorization: Bearer ${CLIENT_KEY}' -H 'Content-Type: application/json' \\`,
    `  -d '{"stale_token":"<dead token>"}' ${url}/refresh`,
  );
}

function wechatShaped({ account, gatewayUrl }: Setting): string {
  const { appId } = account;
  const body = `{"grant_type":"client_credential","appid":"${appId}","secret":"${CLIENT_KEY}"}`;
  return lines(
    `curl '${gatewayUrl}/cgi-bin/token?grant_type=client_credential&appid=${appId}&secret=${CLIENT_KEY}'`,
    '',
    `curl -d '${body}' \\`,
    `  ${gatewayUrl}/cgi-bin/stable_token`,
  );
}

function events({ account, gatewayUrl }: Setting): string {
  return lines(
    `curl -N -H 'Authorization: Bearer ${CLIENT_KEY}' \\`,
    `  ${gatewayUrl}/v1/tokens/${account.appId}/events`,
  );
}

function coWechatApi({ account, gatewayUrl }: Setting): string {
  return lines(
    "const WechatAPI = require('co-wechat-api');",
    '',
    `const url = '${gatewayUrl}/v1/tokens/${account.appId}';`,
    `const headers = { Authorization: 'Bearer ${CLIENT_KEY}' };`,
    '',
    `const api = new WechatAPI('${account.appId}', '${MANAGED_SECRET}', async () => {`,
    '  const answer = await fetch(url, { headers });',
    '  if (!answer.ok) throw new Error("token console: HTTP " + answer.status);',
    '  const token = await answer.json();',
    '  return { accessToken: token.access_token, expireTime: token.expires_at };',
    '});',
    'api.tokenFromCustom = true;',
  );
}

function senparc({ account, gatewayUrl }: Setting): string {
  return lines(
    'using System.Net.Http.Headers;',
    'using System.Net.Http.Json;',
    'using System.Text.Json;',
    '',
    `var http = new HttpClient { BaseAddress = new Uri("${gatewayUrl}") };`,
    `http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "${CLIENT_KEY}");`,
    '',
    `var answer = await http.GetFromJsonAsync<JsonElement>("/v1/tokens/${account.appId}");`,
    'var accessToken = answer.GetProperty("access_token").GetString();',
    'await CustomApi.SendTextAsync(accessToken, openId, "…");',
  );
}

function file({ file: set }: Setting): string {
  const path = shell(set?.path ?? '<path of the token file>');
  return set?.format === 'json' ? `jq -r .access_token ${path}` : `cat ${path}`;
}

/** Every way, in the order they are offered. */
export const WAYS = [
  { id: 'curl', via: 'gateway', profile: null, build: curl },
  { id: 'wechat-shaped', via: 'gateway', profile: null, build: wechatShaped },
  { id: 'events', via: 'gateway', profile: null, build: events },
  { id: 'co-wechat-api', via: 'gateway', profile: null, build: coWechatApi },
  { id: 'senparc', via: 'gateway', profile: null, build: senparc },
  ...REDIS_WAYS,
  { id: 'file', via: 'file', profile: null, build: file },
] as const satisfies readonly Way[];

export type WayId = (typeof WAYS)[number]['id'];
