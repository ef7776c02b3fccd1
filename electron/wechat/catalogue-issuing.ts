/** The errcodes met when a token is asked for: AppSecret, account, quota, request. */
import type { ErrorEntry } from '../console/contract.ts';
import { PAGES } from './pages.ts';

export const issuing: readonly ErrorEntry[] = [
  {
    code: -1,
    class: 'transient',
    text: 'system error',
    meaning: {
      zh: '微信系统繁忙，没有处理这次请求。',
      en: 'WeChat was busy and did not handle this request.',
    },
    cause: {
      zh: '微信一侧暂时忙不过来。',
      en: 'WeChat’s side was overloaded for the moment.',
    },
    action: {
      zh: '稍候即可，控制台会自动重试。若一直如此，可把 rid 粘贴到微信的 API 诊断工具里查看。',
      en: 'Wait a little; the console tries again by itself. If it goes on, paste the rid into WeChat’s API diagnosis tool.',
    },
    source: PAGES.stableToken,
  },
  {
    code: 40001,
    class: 'secret',
    text: 'invalid credential, access_token is invalid or not latest',
    meaning: {
      zh: '微信不接受这次请求所带的凭据。',
      en: 'WeChat did not accept the credential sent with this request.',
    },
    cause: {
      zh: '获取令牌时遇到：AppSecret 不对，或不属于这个账号。业务服务器使用令牌时遇到：令牌已经失效，通常是另有系统获取了新令牌，旧的被顶替；也可能用了别的账号的令牌。',
      en: 'While getting a token: the AppSecret is wrong or belongs to another account. While a business server uses a token: the token is dead, usually because another system got a new one, or it belongs to another account.',
    },
    action: {
      zh: '获取令牌时：请核对并重新填写 AppSecret。使用令牌时：请从控制台取当前令牌再试；反复出现的话，请找出另一个也在获取令牌的系统，或者改用稳定版。',
      en: 'While getting a token: check the AppSecret and enter it again. While using one: take the current token from the console; if it keeps happening, find the other system that gets tokens, or move to the stable line.',
    },
    source: PAGES.token,
  },
  {
    code: 40002,
    class: 'account',
    text: 'invalid grant_type',
    meaning: { zh: '请求里的凭证类型不对。', en: 'The request names a wrong grant type.' },
    cause: {
      zh: 'grant_type 必须是 client_credential。控制台固定这样填写，请求可能在途中被改动过。',
      en: 'grant_type must be client_credential. The console always writes that, so the request may have been changed on its way.',
    },
    action: {
      zh: '请检查这个账号的 API 地址和所经过的代理，然后手动刷新。',
      en: 'Check this account’s API address and the proxy in between, then refresh by hand.',
    },
    source: PAGES.stableToken,
  },
  {
    code: 40013,
    class: 'account',
    text: 'invalid appid',
    meaning: { zh: '微信不认识这个 AppID。', en: 'WeChat does not know this AppID.' },
    cause: {
      zh: 'AppID 不正确，可能多了字符或大小写不符。',
      en: 'The AppID is not correct; perhaps it has a stray character or a wrong letter case.',
    },
    action: {
      zh: '请在微信后台核对 AppID。填错了的话，请移除这个账号，再用正确的 AppID 添加。',
      en: 'Compare the AppID with the one WeChat shows you. If it is mistyped, remove this account and add it again with the right one.',
    },
    source: PAGES.stableToken,
  },
  {
    code: 40125,
    class: 'secret',
    text: 'invalid appsecret',
    meaning: {
      zh: 'AppSecret 不对，微信没有发放令牌。',
      en: 'The AppSecret is wrong, so WeChat gave no token.',
    },
    cause: {
      zh: '可能填写有误（多了字符、大小写不符），也可能它已被重置。重置后，旧的 AppSecret 立即失效。',
      en: 'It may be mistyped (a stray character, a wrong letter case), or it has been reset. A reset ends the old AppSecret at once.',
    },
    action: {
      zh: '请填入当前的 AppSecret。微信平台不保存它，找不到时只能重置；重置之前，请先确认还有哪些系统在用。',
      en: 'Enter the current AppSecret. WeChat does not keep it, so a lost one can only be reset; before you do, find out which other systems use it.',
    },
    source: PAGES.stableToken,
  },
  {
    code: 40243,
    class: 'secret',
    text: 'AppSecret已被冻结，请解冻后再次调用。',
    meaning: {
      zh: 'AppSecret 已被冻结，暂时不能用它获取令牌。',
      en: 'The AppSecret is frozen; no token can be got with it for now.',
    },
    cause: {
      zh: '这个 AppSecret 在微信后台被设为冻结。解冻后它的值不变。',
      en: 'This AppSecret was frozen in WeChat’s settings. Its value stays the same after unfreezing.',
    },
    action: {
      zh: '请管理员解冻。公众号、服务号：微信开发者平台 → 我的业务 → 公众号/服务号 → 基础信息 → 开发密钥。小程序：微信公众平台 → 管理 → 开发管理 → 开发设置。解冻需要 10 分钟生效，之后手动刷新即可，不必重新填写。',
      en: 'Ask an administrator to unfreeze it. Official Account: WeChat developer platform → 我的业务 → 公众号/服务号 → 基础信息 → 开发密钥. Mini Program: mp.weixin.qq.com → 管理 → 开发管理 → 开发设置. Unfreezing takes 10 minutes; then refresh by hand, there is no need to enter it again.',
    },
    source: PAGES.appSecret,
  },
  {
    code: 41002,
    class: 'account',
    text: 'appid missing',
    meaning: { zh: '微信收到的请求里没有 AppID。', en: 'The request reached WeChat without an AppID.' },
    cause: {
      zh: '控制台总会带上 AppID，请求可能在途中被改动过。',
      en: 'The console always sends the AppID, so the request may have been changed on its way.',
    },
    action: {
      zh: '请检查这个账号的 API 地址和所经过的代理，然后手动刷新。',
      en: 'Check this account’s API address and the proxy in between, then refresh by hand.',
    },
    source: PAGES.stableToken,
  },
  {
    code: 41004,
    class: 'secret',
    text: 'appsecret missing',
    meaning: {
      zh: '微信收到的请求里没有 AppSecret。',
      en: 'The request reached WeChat without an AppSecret.',
    },
    cause: {
      zh: '控制台总会带上 AppSecret，请求可能在途中被改动过。',
      en: 'The console always sends the AppSecret, so the request may have been changed on its way.',
    },
    action: {
      zh: '请重新填写 AppSecret；仍然如此的话，请检查这个账号的 API 地址和所经过的代理。',
      en: 'Enter the AppSecret again; if that does not help, check this account’s API address and the proxy in between.',
    },
    source: PAGES.stableToken,
  },
  {
    code: 43002,
    class: 'account',
    text: 'require POST method',
    meaning: { zh: '这个接口只接受 POST 请求。', en: 'This API accepts POST requests only.' },
    cause: {
      zh: '控制台向稳定版接口发的就是 POST，请求可能在途中变成了 GET。',
      en: 'The console does send POST to the stable line, so the request may have become a GET on its way.',
    },
    action: {
      zh: '请检查这个账号的 API 地址和所经过的代理，然后手动刷新。',
      en: 'Check this account’s API address and the proxy in between, then refresh by hand.',
    },
    source: PAGES.stableToken,
  },
  {
    code: 45009,
    class: 'quota',
    text: 'reach max api daily quota limit',
    meaning: {
      zh: '这个接口当天的调用次数已经用完。',
      en: 'The calls allowed to this API for the day are used up.',
    },
    cause: {
      zh: '每个账号有各自的每日额度，在微信的“接口权限”页可以看到。用完通常是因为另有系统也在频繁获取令牌，或者稳定版的强制刷新用得太多。',
      en: 'Each account has a daily quota of its own, shown on WeChat’s 接口权限 page. Usually another system gets tokens often too, or force refresh on the stable line was used too much.',
    },
    action: {
      zh: '请先找出频繁获取令牌的系统。急用时可调用 clear_quota 恢复额度，每个账号每月 10 次，其中用 AppSecret 的方式不需要令牌。标准版的话，也可以改用稳定版。控制台会隔一段时间自动重试。',
      en: 'First find the system that gets tokens so often. If it is urgent, clear_quota restores the quota, ten times a month for each account; its AppSecret variant needs no token. On the standard line you can also move to the stable line. The console tries again from time to time.',
    },
    source: PAGES.clearQuotaBySecret,
  },
  {
    code: 45011,
    class: 'transient',
    text: 'api minute-quota reach limit  mustslower  retry next minute',
    meaning: { zh: '这一分钟内的请求太多。', en: 'There were too many requests within this minute.' },
    cause: {
      zh: '微信限制每分钟的调用次数，可能另有系统在同时调用。',
      en: 'WeChat limits the calls in a minute; another system may be calling at the same time.',
    },
    action: {
      zh: '请等一分钟，控制台会自动重试。若经常出现，请找出另一个在调用的系统。',
      en: 'Wait a minute; the console tries again by itself. If it happens often, find the other system that calls.',
    },
    source: PAGES.stableToken,
  },
  {
    code: 50002,
    class: 'account',
    text: 'user limited',
    meaning: {
      zh: '账号受限，微信没有处理请求。',
      en: 'The account is limited, so WeChat did not handle the request.',
    },
    cause: { zh: '账号已注销，或正受到限制。', en: 'The account was cancelled or is under a restriction.' },
    action: {
      zh: '请管理员登录微信后台查看账号状态和站内通知，恢复之后再手动刷新。',
      en: 'Ask an administrator to look at the account’s status and notices in WeChat’s settings; once it is restored, refresh by hand.',
    },
    source: PAGES.userLimited,
  },
  {
    code: 50004,
    class: 'account',
    text: 'user not allow to use accesstoken, maybe for punishment',
    meaning: {
      zh: '微信不允许这个账号获取令牌。',
      en: 'WeChat does not allow this account to get tokens.',
    },
    cause: {
      zh: '账号被禁止使用令牌接口，可能与违规处罚有关。',
      en: 'The account is barred from the token API, perhaps as a penalty.',
    },
    action: {
      zh: '请管理员登录微信后台查看处罚通知，恢复之后再手动刷新。',
      en: 'Ask an administrator to look for a penalty notice in WeChat’s settings; once it is lifted, refresh by hand.',
    },
    source: PAGES.punished,
  },
  {
    code: 50007,
    class: 'account',
    text: '账号已冻结',
    meaning: { zh: '账号已被冻结，不能获取令牌。', en: 'The account is frozen and cannot get tokens.' },
    cause: {
      zh: '冻结的是整个账号，不只是 AppSecret。',
      en: 'The whole account is frozen, not only its AppSecret.',
    },
    action: {
      zh: '请管理员登录微信后台查看冻结原因，恢复之后再手动刷新。',
      en: 'Ask an administrator to look up the reason in WeChat’s settings; once the account is restored, refresh by hand.',
    },
    source: PAGES.token,
  },
  {
    code: 61024,
    class: 'account',
    text: 'must use api(api_component_token) to get token for component acct',
    meaning: {
      zh: '这是第三方平台的 AppID，不能在这里获取令牌。',
      en: 'This is the AppID of a third-party platform, which cannot get tokens here.',
    },
    cause: {
      zh: '第三方平台要用 api_component_token 接口获取它自己的令牌。',
      en: 'A third-party platform gets its own kind of token from api_component_token.',
    },
    action: {
      zh: '请改填公众号、服务号或小程序自己的 AppID 和 AppSecret。',
      en: 'Use the AppID and AppSecret of the Official Account or Mini Program itself.',
    },
    source: PAGES.componentAppId,
  },
  {
    code: 43003,
    class: 'unknown',
    text: 'require https',
    meaning: { zh: '微信只接受 HTTPS 请求。', en: 'WeChat accepts HTTPS requests only.' },
    cause: {
      zh: '请求以 HTTP 到达了微信。控制台只用 HTTPS 访问微信，可能是途中的代理改成了 HTTP。',
      en: 'The request reached WeChat over HTTP. The console uses HTTPS, so a proxy may have changed it.',
    },
    action: {
      zh: '请检查这个账号的 API 地址和所经过的代理。',
      en: 'Check this account’s API address and the proxy in between.',
    },
    source: PAGES.commonErrors,
  },
  {
    code: 44002,
    class: 'unknown',
    text: 'empty post data',
    meaning: { zh: '微信收到的请求没有内容。', en: 'The request reached WeChat without its content.' },
    cause: {
      zh: 'POST 的数据包是空的，内容可能在途中丢失。',
      en: 'The POST body was empty; it may have been lost on its way.',
    },
    action: {
      zh: '控制台遇到时：请检查 API 地址和所经过的代理。业务服务器遇到时：请检查它发送的内容。',
      en: 'If the console meets it: check the API address and the proxy in between. If a business server meets it: check what it sends.',
    },
    source: PAGES.commonErrors,
  },
  {
    code: 47001,
    class: 'unknown',
    text: 'data format error',
    meaning: { zh: '微信无法解析请求的内容。', en: 'WeChat could not parse the content of the request.' },
    cause: {
      zh: '请求内容不是正确的 JSON 或 XML，可能拼写有误，也可能在途中被截断或改动。',
      en: 'The content is not proper JSON or XML: badly written, or cut or changed on its way.',
    },
    action: {
      zh: '控制台遇到时：请检查 API 地址和所经过的代理。业务服务器遇到时：请检查它发送的内容。',
      en: 'If the console meets it: check the API address and the proxy in between. If a business server meets it: check what it sends.',
    },
    source: PAGES.commonErrors,
  },
];
