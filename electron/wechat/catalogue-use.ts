/** The errcodes met when a token is used, by a business server or by a helper API; and 0, which is none. */
import type { ErrorEntry } from '../console/contract.ts';
import { PAGES, PLACES } from './pages.ts';

export const use: readonly ErrorEntry[] = [
  {
    code: 0,
    class: 'use',
    text: 'ok',
    meaning: { zh: '请求成功。', en: 'The request succeeded.' },
    cause: { zh: '微信已处理这次请求。', en: 'WeChat has handled the request.' },
    steps: [{ zh: '不需要做什么。', en: 'There is nothing to do.' }],
    source: PAGES.stableToken,
  },
  {
    code: 40014,
    class: 'use',
    text: '不合法的 access_token',
    meaning: { zh: '微信不认这个令牌。', en: 'WeChat does not recognise this token.' },
    cause: {
      zh: '令牌可能已过期、被截断或混入了别的字符，也可能属于别的账号。',
      en: 'The token may have expired, been cut short or garbled, or belong to another account.',
    },
    steps: [
      {
        zh: '让业务服务器从控制台重新取令牌。',
        en: 'Have the business server take the token from the console again.',
      },
      {
        zh: '检查它保存令牌的地方：至少要放得下 512 个字符，前后没有多余的字符。',
        en: 'Check where it stores the token: there must be room for at least 512 characters, and nothing stray around it.',
      },
      { zh: '核对它用的是不是这个账号的令牌。', en: 'Check that the token it uses is of this account.' },
    ],
    source: PAGES.commonErrors,
  },
  {
    code: 42001,
    class: 'use',
    text: 'access_token expired',
    meaning: { zh: '令牌已过期。', en: 'The token has expired.' },
    cause: {
      zh: '业务服务器用的是旧令牌；也可能另有系统获取了新令牌，旧的提前失效。',
      en: 'The business server uses an old token; or another system got a new one, and the old one ended early.',
    },
    steps: [
      {
        zh: '让业务服务器从控制台取当前令牌。',
        en: 'Have the business server take the current token from the console.',
      },
      { zh: '让它自己缓存不超过 1 分钟。', en: 'Have it cache the token for no more than 1 minute.' },
      {
        zh: '反复出现的话，找出另一个也在获取令牌的系统，让它改从控制台取。',
        en: 'If it keeps happening, find the other system that gets tokens, and have it take them from the console.',
      },
    ],
    source: PAGES.tokenGuide,
  },
  {
    code: 41001,
    class: 'use',
    text: '缺少 access_token 参数',
    meaning: { zh: '请求里没有带令牌。', en: 'The request carried no token.' },
    cause: {
      zh: '业务服务器调用接口时漏了 access_token 参数，与令牌是否有效无关。',
      en: 'The business server left out the access_token parameter; the token itself may be fine.',
    },
    steps: [
      {
        zh: '请业务服务器的开发人员检查程序，补上 access_token 参数；不需要刷新令牌。',
        en: "Ask the business server's developers to add the access_token parameter; there is no need to refresh the token.",
      },
    ],
    source: PAGES.commonErrors,
  },
  {
    code: 42007,
    class: 'use',
    text: '用户修改微信密码，accesstoken和refreshtoken失效，需要重新授权',
    meaning: {
      zh: '某位用户的授权失效了，与控制台保管的令牌无关。',
      en: "One user's authorisation has ended; it is not about the token the console keeps.",
    },
    cause: { zh: '这位用户修改了微信密码。', en: 'That user changed the WeChat password.' },
    steps: [
      {
        zh: '让这位用户重新授权；不需要刷新令牌。',
        en: 'Have that user authorise again; there is no need to refresh the token.',
      },
    ],
    source: PAGES.commonErrors,
  },
  {
    code: 48001,
    class: 'use',
    text: 'api unauthorized',
    meaning: { zh: '这个账号没有调用该接口的权限。', en: 'This account may not call that API.' },
    cause: {
      zh: '账号没有获得该接口的权限，或者用了另一类账号的令牌。令牌本身没有过期。',
      en: 'The account has no permission for the API, or the token is of another kind of account. The token has not expired.',
    },
    steps: [
      {
        zh: '核对业务服务器用的是不是这个账号的令牌。',
        en: 'Check that the token the business server uses is of this account.',
      },
      {
        zh: '请管理员在微信公众平台的“接口权限”页查看，账号有没有这个接口的权限；不需要刷新令牌。',
        en: 'Ask the administrator to see on the 接口权限 page of mp.weixin.qq.com whether the account may use that API; there is no need to refresh the token.',
        link: PLACES.mp,
      },
    ],
    source: PAGES.troubleshooting,
  },
  {
    code: 48006,
    class: 'use',
    text: 'forbid to clear quota because of reaching the limit',
    meaning: { zh: '本月清零额度的次数已用完。', en: "This month's quota resets are used up." },
    cause: {
      zh: 'clear_quota 每个账号每月 10 次，两种调用方式合并计算。',
      en: 'clear_quota may be used ten times a month for each account, both variants counted together.',
    },
    steps: [
      {
        zh: '找出消耗额度的系统，让它改从控制台取令牌或减少调用。',
        en: 'Find the system that uses up the quota, and have it take tokens from the console or call less often.',
      },
      { zh: '等待额度自行恢复。', en: 'Wait for the quota to come back.' },
    ],
    source: PAGES.clearQuota,
  },
  {
    code: 40201,
    class: 'use',
    text: null,
    meaning: {
      zh: '账号没有设置回调地址，无法检测。',
      en: 'The account has no callback URL, so nothing can be tested.',
    },
    cause: {
      zh: '网络检测接口检测的是消息推送所用的回调地址。',
      en: 'The network check tests the callback URL that messages are pushed to.',
    },
    steps: [
      {
        zh: '在微信后台设置消息推送的回调地址，再重新检测。',
        en: "Set the callback URL for messages in WeChat's settings, then run the check again.",
      },
    ],
    source: PAGES.callbackCheck,
  },
  {
    code: 40202,
    class: 'use',
    text: null,
    meaning: { zh: '网络检测的 action 参数不对。', en: 'The network check was given a wrong action.' },
    cause: { zh: 'action 只能是 dns、ping 或 all。', en: 'action must be dns, ping or all.' },
    steps: [
      {
        zh: '请开发人员把 action 改成其中之一，再调用。',
        en: 'Ask the developers to set action to one of these and call again.',
      },
    ],
    source: PAGES.callbackCheck,
  },
  {
    code: 40203,
    class: 'use',
    text: null,
    meaning: {
      zh: '网络检测的 check_operator 参数不对。',
      en: 'The network check was given a wrong check_operator.',
    },
    cause: {
      zh: 'check_operator 只能是 CHINANET、UNICOM、CAP 或 DEFAULT。',
      en: 'check_operator must be CHINANET, UNICOM, CAP or DEFAULT.',
    },
    steps: [
      {
        zh: '请开发人员把 check_operator 改成其中之一，再调用。',
        en: 'Ask the developers to set check_operator to one of these and call again.',
      },
    ],
    source: PAGES.callbackCheck,
  },
  {
    code: 76001,
    class: 'use',
    text: 'rid not found',
    meaning: { zh: '微信查不到这个 rid。', en: 'WeChat cannot find this rid.' },
    cause: { zh: '只能查询同一个账号的 rid。', en: 'Only rids of the same account can be looked up.' },
    steps: [
      { zh: '核对 rid 是否复制完整。', en: 'Check that the rid was copied completely.' },
      {
        zh: '核对它属于哪个账号，用那个账号查询。',
        en: 'Find out which account it belongs to, and look it up with that one.',
      },
    ],
    source: PAGES.rid,
  },
  {
    code: 76002,
    class: 'use',
    text: 'rid is error',
    meaning: { zh: '这个 rid 的格式不对。', en: 'This rid is not well formed.' },
    cause: { zh: 'rid 可能没有复制完整。', en: 'It may not have been copied completely.' },
    steps: [{ zh: '重新复制完整的 rid，再查询。', en: 'Copy the whole rid again and look it up.' }],
    source: PAGES.rid,
  },
  {
    code: 76003,
    class: 'use',
    text: null,
    meaning: { zh: '没有权限查询这个 rid。', en: 'There is no permission to look up this rid.' },
    cause: { zh: '只能查询同一个账号的 rid。', en: 'Only rids of the same account can be looked up.' },
    steps: [{ zh: '用产生这个 rid 的账号来查询。', en: 'Look it up with the account that it came from.' }],
    source: PAGES.rid,
  },
  {
    code: 76004,
    class: 'use',
    text: null,
    meaning: { zh: '这个 rid 已过期。', en: 'This rid has expired.' },
    cause: { zh: 'rid 只保留 7 天。', en: 'A rid is kept for 7 days.' },
    steps: [
      {
        zh: '用最近 7 天内的请求的 rid 来查询。',
        en: 'Use the rid of a request made within the last 7 days.',
      },
    ],
    source: PAGES.rid,
  },
  {
    code: 76021,
    class: 'use',
    text: 'cgi_path not found',
    meaning: { zh: '微信查不到这个接口路径。', en: 'WeChat does not know this API path.' },
    cause: {
      zh: 'cgi_path 要以 / 开头，不带域名，例如 /cgi-bin/message/custom/send。',
      en: 'cgi_path begins with / and has no host, as in /cgi-bin/message/custom/send.',
    },
    steps: [{ zh: '改正路径，再查询。', en: 'Correct the path and ask again.' }],
    source: PAGES.apiQuota,
  },
  {
    code: 76022,
    class: 'use',
    text: 'could not use this cgi_path,no permission',
    meaning: { zh: '这个接口路径不能查询。', en: 'This API path cannot be looked up.' },
    cause: {
      zh: '账号没有该路径的权限；/sns/ 开头的接口不支持查询。',
      en: 'The account has no permission for the path; APIs under /sns/ are not covered.',
    },
    steps: [
      {
        zh: '换一个这个账号有权限的接口路径，再查询。',
        en: 'Use a path this account has permission for, and ask again.',
      },
    ],
    source: PAGES.apiQuota,
  },
];
