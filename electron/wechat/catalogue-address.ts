/** The errcodes about where a call comes from: the whitelist, and the administrator's confirmation. */
import type { ErrorEntry } from '../console/contract.ts';
import { PAGES } from './pages.ts';

const ADD_TO_WHITELIST = {
  zh: '请把微信看到的 IP 加入白名单，数分钟后生效。公众号、服务号：微信开发者平台 → 我的业务 → 公众号/服务号 → 基础信息 → 开发信息 → API IP 白名单。小程序：微信公众平台 → 开发管理 → 开发设置 → IP 白名单。控制台会自动重试，也可以手动刷新。',
  en: 'Add the IP address WeChat saw to the whitelist; it takes some minutes. Official Account: WeChat developer platform → 我的业务 → 公众号/服务号 → 基础信息 → 开发信息 → API IP 白名单. Mini Program: mp.weixin.qq.com → 开发管理 → 开发设置 → IP白名单. The console tries again by itself, or refresh by hand.',
};

const PENDING_ACTION = {
  zh: '请联系管理员，在微信里找到这条消息并确认。控制台会不时自动检查，确认后也可以手动刷新。今后可先把 IP 加入白名单，或在调用前与管理员说好。',
  en: 'Ask the administrator to find that message in WeChat and confirm it. The console checks from time to time; once confirmed, you can also refresh by hand. Another time, put the IP address on the whitelist first, or tell the administrator beforehand.',
};

const PENDING_CAUSE = {
  zh: '之前的调用已让微信给管理员发了确认消息，还没有收到答复。',
  en: 'An earlier call made WeChat send the administrator a confirmation message, which has not been answered.',
};

const UNLISTED_PENDING_CAUSE = {
  zh: '确认消息还没有得到答复。微信现在的文档没有列出这个错误码，按“等待确认”处理。',
  en: 'The confirmation message has not been answered. WeChat’s current pages do not list this code; it is treated as waiting.',
};

export const address: readonly ErrorEntry[] = [
  {
    code: 40164,
    class: 'not-whitelisted',
    text: 'invalid ip  not in whitelist',
    meaning: {
      zh: '微信没有接受这台机器的请求，它的 IP 不在白名单里。',
      en: 'WeChat does not accept requests from this machine: its IP address is not on the whitelist.',
    },
    cause: {
      zh: '白名单里要填的是微信看到的公网 IP，不是局域网地址。网络的公网 IP 变了，也会这样。业务服务器调用公众号接口时，它自己的 IP 也可能要加入。',
      en: 'The whitelist needs the public address WeChat sees, not one of the local network. A changed public address has the same effect. A business server that calls an Official Account’s API may need its own address there too.',
    },
    action: ADD_TO_WHITELIST,
    source: PAGES.whitelist,
  },
  {
    code: 61004,
    class: 'not-whitelisted',
    text: 'access clientip is not registered',
    meaning: {
      zh: '微信没有接受这台机器的请求，它的 IP 没有登记。',
      en: 'WeChat does not accept requests from this machine: its IP address is not registered.',
    },
    cause: {
      zh: '与 40164 相同：微信看到的公网 IP 不在白名单里。',
      en: 'The same as 40164: the public address WeChat sees is not on the whitelist.',
    },
    action: ADD_TO_WHITELIST,
    source: PAGES.apiGuide,
  },
  {
    code: 45035,
    class: 'not-whitelisted',
    text: 'access clientip is not registered, not in ip-white-list',
    meaning: {
      zh: '微信没有接受这台机器的请求，它的 IP 不在白名单里。',
      en: 'WeChat does not accept requests from this machine: its IP address is not on the whitelist.',
    },
    cause: {
      zh: '微信看到的公网 IP 不在白名单里。这个错误码多见于微信小店的接口。',
      en: 'The public address WeChat sees is not on the whitelist. This code is known from the WeChat Store’s API.',
    },
    action: {
      zh: '请在这个账号的后台把微信看到的 IP 加入白名单，然后手动刷新。',
      en: 'Add the IP address WeChat saw to the whitelist in this account’s settings, then refresh by hand.',
    },
    source: PAGES.commonErrors,
  },
  {
    code: 40090,
    class: 'not-whitelisted',
    text: 'invalid request source (bad client ip)',
    meaning: {
      zh: '微信不接受来自这个 IP 的请求。',
      en: 'WeChat does not accept requests from this IP address.',
    },
    cause: {
      zh: '请求来源 IP 没有登记。这个错误码见于第三方平台的调用。',
      en: 'The address the request came from is not registered. This code is known from calls of third-party platforms.',
    },
    action: {
      zh: '请把微信看到的 IP 加入白名单；属于第三方平台的，在该平台的设置里加入。',
      en: 'Add the IP address WeChat saw to the whitelist; for a third-party platform, in that platform’s settings.',
    },
    source: PAGES.badClientIp,
  },
  {
    code: 89503,
    class: 'awaiting-admin',
    text: '此次调用需要管理员确认，请耐心等候',
    meaning: {
      zh: '微信在等管理员确认，是否允许这个 IP 获取令牌。',
      en: 'WeChat is waiting for the administrator to confirm that this IP address may get tokens.',
    },
    cause: {
      zh: '微信把这次调用列为风险调用，已给公众号管理员发了一条模板消息。',
      en: 'WeChat regards the call as risky and has sent the account’s administrator a template message.',
    },
    action: PENDING_ACTION,
    source: PAGES.confirmation,
  },
  {
    code: 89501,
    class: 'awaiting-admin',
    text: '此IP正在等待管理员确认,请联系管理员',
    meaning: {
      zh: '这个 IP 还在等管理员确认。',
      en: 'This IP address is still waiting for the administrator’s confirmation.',
    },
    cause: PENDING_CAUSE,
    action: PENDING_ACTION,
    source: PAGES.confirmation,
  },
  {
    code: 89502,
    class: 'awaiting-admin',
    text: '请耐心等待管理员确认',
    meaning: { zh: '微信在等管理员确认。', en: 'WeChat is waiting for the administrator’s confirmation.' },
    cause: UNLISTED_PENDING_CAUSE,
    action: PENDING_ACTION,
    source: PAGES.confirmation,
  },
  {
    code: 89504,
    class: 'awaiting-admin',
    text: '正在等管理员确认，请耐心等待',
    meaning: { zh: '微信在等管理员确认。', en: 'WeChat is waiting for the administrator’s confirmation.' },
    cause: UNLISTED_PENDING_CAUSE,
    action: PENDING_ACTION,
    source: PAGES.confirmation,
  },
  {
    code: 89505,
    class: 'awaiting-admin',
    text: '正在等管理员确认，请稍候重试',
    meaning: { zh: '微信在等管理员确认。', en: 'WeChat is waiting for the administrator’s confirmation.' },
    cause: UNLISTED_PENDING_CAUSE,
    action: PENDING_ACTION,
    source: PAGES.confirmation,
  },
  {
    code: 89507,
    class: 'refused',
    text: '该IP调用求请求已被公众号管理员拒绝，请1小时后再试，建议调用前与管理员沟通确认',
    meaning: {
      zh: '管理员拒绝了这个 IP 的调用，1 小时内不能再用它获取令牌。',
      en: 'The administrator refused calls from this IP address; it cannot get tokens for 1 hour.',
    },
    cause: {
      zh: '管理员在微信的确认消息里选择了拒绝。24 小时内再被拒绝一次，会停用 24 小时。',
      en: 'The administrator chose to refuse in WeChat’s confirmation message. A second refusal within 24 hours blocks the address for 24 hours.',
    },
    action: {
      zh: '请先与管理员沟通，说明这是控制台的 IP。1 小时后再手动刷新，并请管理员确认；控制台不会自己重试。',
      en: 'Talk to the administrator first and explain that this is the console’s address. After 1 hour, refresh by hand and have the administrator confirm; the console does not try by itself.',
    },
    source: PAGES.stableToken,
  },
  {
    code: 89506,
    class: 'refused',
    text: '该IP调用求请求已被公众号管理员拒绝，请24小时后再试，建议调用前与管理员沟通确认',
    meaning: {
      zh: '管理员两次拒绝了这个 IP 的调用，24 小时内不能再用它获取令牌。',
      en: 'The administrator refused calls from this IP address twice; it cannot get tokens for 24 hours.',
    },
    cause: {
      zh: '24 小时内被拒绝了两次。多次拒绝之后，这个 IP 可能长期无法调用。',
      en: 'There were two refusals within 24 hours. After several, the address may be shut out for long.',
    },
    action: {
      zh: '请务必先与管理员说好，再在 24 小时后手动刷新并请管理员确认；控制台不会自己重试。也可以先把 IP 加入白名单。',
      en: 'Agree with the administrator first; after 24 hours, refresh by hand and have the administrator confirm. The console does not try by itself. You can also put the address on the whitelist beforehand.',
    },
    source: PAGES.stableToken,
  },
];
