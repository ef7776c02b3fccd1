/** The errcodes about the account itself, or about a request no account would get a token with. */
import type { ErrorEntry, ErrorStep } from '../console/contract.ts';
import { atEachKind, DIAGNOSE, REQUEST_CHANGED } from './catalogue-steps.ts';
import { PAGES, PLACES } from './pages.ts';

const READ_NOTICES: ErrorStep = {
  zh: '请这个账号自己的管理员登录微信公众平台，查看账号状态和通知里写的原因。',
  en: "Ask this account's own administrator to sign in at mp.weixin.qq.com and read the account's status and the reason given in its notices.",
  link: PLACES.mp,
};

const SETTLE: ErrorStep = {
  zh: '由管理员按通知的要求处理，直到微信恢复这个账号。',
  en: 'The administrator does what the notice asks, until WeChat restores the account.',
};

const ONCE_RESTORED: ErrorStep = {
  zh: '恢复之后，手动刷新。',
  en: 'Once it is restored, refresh by hand.',
};

export const account: readonly ErrorEntry[] = [
  {
    code: 40013,
    class: 'account',
    text: 'invalid appid',
    meaning: { zh: '微信不认识这个 AppID。', en: 'WeChat does not know this AppID.' },
    cause: {
      zh: 'AppID 不正确，可能多了字符或大小写不符。',
      en: 'The AppID is not correct; perhaps it has a stray character or a wrong letter case.',
    },
    steps: [
      ...atEachKind('逐字核对 AppID，它在：', 'Compare the AppID letter by letter; it is at: '),
      {
        zh: '填错了的话，先用正确的 AppID 添加账号。',
        en: 'If it is mistyped, add an account with the right AppID first.',
      },
      {
        zh: '再移除填错的这一个，AppID 不能改。',
        en: 'Then remove the mistyped one; an AppID cannot be edited.',
      },
      DIAGNOSE,
    ],
    source: PAGES.stableToken,
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
      zh: '第三方平台是代多个账号调用接口的服务商，它的令牌要从另一个接口获取。',
      en: 'A third-party platform calls for many accounts and gets its own kind of token from another API.',
    },
    steps: [
      ...atEachKind('找到账号自己的 AppID 和 AppSecret：', "Find the account's own AppID and AppSecret: "),
      {
        zh: '用它们在控制台里添加账号。',
        en: 'Add an account with these.',
      },
      {
        zh: '移除这个第三方平台的 AppID。',
        en: 'Remove this AppID of the third-party platform.',
      },
    ],
    source: PAGES.componentAppId,
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
    steps: [
      READ_NOTICES,
      SETTLE,
      ONCE_RESTORED,
      {
        zh: '账号已注销、不再使用的话，在控制台里移除它。',
        en: 'If it was cancelled and is no longer in use, remove it from the console.',
      },
    ],
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
    steps: [READ_NOTICES, SETTLE, ONCE_RESTORED],
    source: PAGES.punished,
  },
  {
    code: 50007,
    class: 'account',
    text: '账号已冻结',
    meaning: { zh: '账号已被冻结，不能获取令牌。', en: 'The account is frozen and cannot get tokens.' },
    cause: {
      zh: '冻结的是整个账号，不只是 AppSecret；更换 AppSecret 没有用。',
      en: 'The whole account is frozen, not only its AppSecret; a new AppSecret would not help.',
    },
    steps: [READ_NOTICES, SETTLE, ONCE_RESTORED],
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
    steps: REQUEST_CHANGED,
    source: PAGES.stableToken,
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
    steps: REQUEST_CHANGED,
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
    steps: REQUEST_CHANGED,
    source: PAGES.stableToken,
  },
];
