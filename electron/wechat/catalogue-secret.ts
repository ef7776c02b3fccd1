/** The errcodes about the AppSecret, met when a token is asked for. */
import type { ErrorEntry, ErrorStep } from '../console/contract.ts';
import { atEachKind, CHECK_API_ADDRESS, REFRESH_BY_HAND } from './catalogue-steps.ts';
import { PAGES } from './pages.ts';

const ENTER_CURRENT: ErrorStep = {
  zh: '向保管 AppSecret 的同事要当前的值，在账号的“更换 AppSecret”里填入。微信不保存它，后台里查不到。',
  en: 'Ask the colleague who keeps the AppSecret for the current one, and enter it under the account\'s "Replace AppSecret". WeChat does not keep it, so its pages cannot show it.',
};

const RESET: ErrorStep[] = [
  {
    zh: '没有人保管时才重置。重置前先问清还有哪些系统在用它：重置后旧的立即失效。',
    en: 'Reset it only if nobody has it. First find out which other systems use it: a reset ends the old one at once.',
  },
  ...atEachKind('重置的地方：', 'Where to reset it: '),
  {
    zh: '新的 AppSecret 只显示一次：当场存好，再填入控制台和其他在用的系统。',
    en: 'The new AppSecret is shown only once: keep it at once, then enter it here and in the other systems that use it.',
  },
];

export const secret: readonly ErrorEntry[] = [
  {
    code: 40001,
    class: 'secret',
    text: 'invalid credential, access_token is invalid or not latest',
    meaning: {
      zh: '微信不接受这次请求所带的 AppSecret 或令牌。',
      en: 'WeChat did not accept the AppSecret or the token sent with this request.',
    },
    cause: {
      zh: '获取令牌时遇到：AppSecret 不对，或不属于这个账号。业务服务器使用令牌时遇到：令牌已失效，通常是另有系统获取了新令牌；也可能用了别的账号的令牌。',
      en: 'While getting a token: the AppSecret is wrong or belongs to another account. While a business server uses a token: the token is dead, usually because another system got a new one, or it belongs to another account.',
    },
    steps: [
      ENTER_CURRENT,
      ...RESET,
      {
        zh: '业务服务器遇到的话，与 AppSecret 无关：让它从控制台取当前令牌；反复出现时，找出另一个也在获取令牌的系统，或者把账号换到稳定版。',
        en: 'If a business server meets it, the AppSecret is not the reason: have it take the current token from the console; if that keeps happening, find the other system that gets tokens, or move the account to the stable line.',
      },
    ],
    source: PAGES.token,
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
      zh: '可能填写有误（多了字符、大小写不符），可能是别的账号的，也可能已被重置。',
      en: 'It may be mistyped (a stray character, a wrong letter case), belong to another account, or have been reset.',
    },
    steps: [ENTER_CURRENT, ...RESET],
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
      zh: '这个 AppSecret 在微信后台被设为冻结。',
      en: "This AppSecret was frozen in WeChat's settings.",
    },
    steps: [
      {
        zh: '先向管理员问清为什么冻结；如果是因为泄漏，应重置 AppSecret，而不是解冻。',
        en: 'First ask the administrator why it was frozen; if it had leaked, reset the AppSecret instead of unfreezing it.',
      },
      ...atEachKind('请管理员解冻：', 'Have the administrator unfreeze it: '),
      {
        zh: '等 10 分钟，解冻才会生效。',
        en: 'Wait 10 minutes for the unfreezing to take effect.',
      },
      {
        zh: '手动刷新。解冻后 AppSecret 的值不变，不必重新填写。',
        en: 'Refresh by hand. The AppSecret stays the same, so there is no need to enter it again.',
      },
    ],
    source: PAGES.appSecret,
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
    steps: [
      {
        zh: '在账号的“更换 AppSecret”里重新填写一次。',
        en: 'Enter the AppSecret once more under the account\'s "Replace AppSecret".',
      },
      CHECK_API_ADDRESS,
      {
        zh: '请网络管理员查看途中的代理或网关，让发往这个地址的请求原样通过。',
        en: 'Ask your network staff to look at the proxy or gateway in between and let requests to that address through unchanged.',
      },
      REFRESH_BY_HAND,
    ],
    source: PAGES.stableToken,
  },
];
