/** A few entries of an error-code catalogue, one a class: enough to see every explanation. */
import type { ErrorEntry } from '../../electron/console/contract.ts';

const SOURCE = 'https://developers.weixin.qq.com/doc/oplatform/developers/dev/AccessToken.html';

export const FAKE_ENTRIES: readonly ErrorEntry[] = [
  {
    code: -1,
    class: 'transient',
    text: 'system error',
    meaning: { zh: '微信系统繁忙。', en: 'WeChat’s system is busy.' },
    cause: { zh: '微信服务器一时处理不过来。', en: 'WeChat’s servers cannot keep up for a moment.' },
    action: { zh: '不用处理，等控制台自动重试。', en: 'Nothing; the console tries again.' },
    source: SOURCE,
  },
  {
    code: 40125,
    class: 'secret',
    text: 'invalid appsecret',
    meaning: { zh: '微信不认这个 AppSecret。', en: 'WeChat does not know this AppSecret.' },
    cause: {
      zh: 'AppSecret 填错了，或者已经在微信开发者平台重置过。',
      en: 'It was typed wrongly, or reset on the WeChat developer platform.',
    },
    action: {
      zh: '向持有 AppSecret 的人核对，把新的填进来。',
      en: 'Ask whoever holds the AppSecret and enter the new one.',
    },
    source: SOURCE,
  },
  {
    code: 40164,
    class: 'not-whitelisted',
    text: 'invalid ip 203.0.113.7, not in whitelist',
    meaning: { zh: '调用接口的 IP 不在白名单里。', en: 'The calling IP is not on the whitelist.' },
    cause: {
      zh: '这台机器的出口 IP 没有加入 API IP 白名单，或者出口 IP 变了。',
      en: 'This machine’s outgoing IP was never added, or it has changed.',
    },
    action: { zh: '把显示的 IP 加入白名单，几分钟后生效。', en: 'Add the IP shown; it takes a few minutes.' },
    source: SOURCE,
  },
  {
    code: 89503,
    class: 'awaiting-admin',
    text: '此次调用需要管理员确认，请耐心等候',
    meaning: { zh: '这个 IP 的调用需要管理员确认。', en: 'An administrator has to confirm this IP.' },
    cause: { zh: '微信觉得这次调用有风险。', en: 'WeChat finds the call risky.' },
    action: { zh: '请管理员在微信里确认。', en: 'Ask the administrator to confirm in WeChat.' },
    source: SOURCE,
  },
  {
    code: 89507,
    class: 'refused',
    text: '该IP调用求请求已被公众号管理员拒绝，请1小时后再试',
    meaning: { zh: '管理员拒绝了这个 IP，1 小时内不可调用。', en: 'Refused; blocked for 1 hour.' },
    cause: { zh: '管理员在微信里点了拒绝。', en: 'The administrator refused in WeChat.' },
    action: { zh: '先和管理员沟通，1 小时后再试。', en: 'Talk to the administrator; try after an hour.' },
    source: SOURCE,
  },
  {
    code: 45009,
    class: 'quota',
    text: 'reach max api daily quota limit',
    meaning: { zh: '今天的调用次数用完了。', en: 'Today’s calls are used up.' },
    cause: { zh: '有系统在反复请求令牌。', en: 'Some system keeps asking for tokens.' },
    action: {
      zh: '找出反复请求的系统，或用 clear_quota 恢复。',
      en: 'Find that system, or use clear_quota.',
    },
    source: SOURCE,
  },
  {
    code: 40013,
    class: 'account',
    text: 'invalid appid',
    meaning: { zh: '微信不认这个 AppID。', en: 'WeChat does not know this AppID.' },
    cause: { zh: 'AppID 填错了。', en: 'It was typed wrongly.' },
    action: { zh: '核对 AppID，移除这个账号后重新添加。', en: 'Check it, remove the account, add it anew.' },
    source: SOURCE,
  },
  {
    code: 42001,
    class: 'use',
    text: 'access_token expired',
    meaning: { zh: '业务服务器用的令牌过期了。', en: 'The token in use has expired.' },
    cause: { zh: '业务服务器没有换成新令牌。', en: 'The business server did not change over.' },
    action: { zh: '让它向控制台要最新的令牌。', en: 'Let it ask the console for the newest.' },
    source: SOURCE,
  },
  {
    code: 'timeout',
    class: 'transient',
    text: null,
    meaning: { zh: '微信没有在限定时间内答复。', en: 'WeChat did not answer in time.' },
    cause: { zh: '网络太慢，或防火墙挡住了请求。', en: 'A slow network, or a firewall in between.' },
    action: {
      zh: '检查这台机器能不能访问 api.weixin.qq.com。',
      en: 'Check that this machine reaches api.weixin.qq.com.',
    },
    source: 'console',
  },
];
