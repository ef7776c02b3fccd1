/** The errcodes about where a call comes from: the IP whitelist. */
import type { ErrorEntry, ErrorStep } from '../console/contract.ts';
import { PAGES, PLACES } from './pages.ts';

const SAVE: ErrorStep = {
  zh: '保存。微信要求扫码时，由管理员来扫。',
  en: 'Save. Where WeChat asks for a scan, the administrator scans.',
};

const WAIT_AND_TRY: ErrorStep = {
  zh: '等几分钟，改动才会生效，然后手动刷新。',
  en: 'Wait some minutes for the change to take effect, then refresh by hand.',
};

const OTHER_SERVERS: ErrorStep = {
  zh: '业务服务器从别的 IP 调用接口时，把那些 IP 也各自加进去。',
  en: 'Where business servers call from other addresses, add each of those too.',
  kind: 'official',
};

const ADD_TO_WHITELIST: ErrorStep[] = [
  {
    zh: '由绑定为管理员或开发者的人打开：微信开发者平台 → 我的业务 → 公众号/服务号 → 基础信息 → 开发信息 → API IP 白名单。',
    en: 'Have somebody bound as administrator or developer open: WeChat developer platform → 我的业务 → 公众号/服务号 → 基础信息 → 开发信息 → API IP 白名单.',
    kind: 'official',
    link: PLACES.platform,
  },
  {
    zh: '打开：微信公众平台 → 管理 → 开发管理 → 开发设置 → 开发者 ID → IP 白名单。',
    en: 'Open: mp.weixin.qq.com → 管理 → 开发管理 → 开发设置 → 开发者ID → IP白名单.',
    kind: 'mini',
    link: PLACES.mp,
  },
  {
    zh: '加入微信看到的 IP。可以是单个 IP，或 203.0.113.0/24 这样的网段；不能带端口，也不能写成 203.0.113.*。',
    en: 'Add the IP address WeChat saw: a single address, or a range such as 203.0.113.0/24; no port, and not 203.0.113.* either.',
    kind: 'official',
  },
  {
    zh: '加入微信看到的 IP，最多 10 条。可以是单个 IP、203.0.113.* 或 203.0.113.0/24 这样的网段，不能带端口。',
    en: 'Add the IP address WeChat saw, 10 entries at most: a single address, 203.0.113.* or a range such as 203.0.113.0/24; no port.',
    kind: 'mini',
  },
  SAVE,
  WAIT_AND_TRY,
  OTHER_SERVERS,
];

export const whitelist: readonly ErrorEntry[] = [
  {
    code: 40164,
    class: 'not-whitelisted',
    text: 'invalid ip  not in whitelist',
    meaning: {
      zh: '微信没有接受这台机器的请求，它的 IP 不在白名单里。',
      en: 'WeChat does not accept requests from this machine: its IP address is not on the whitelist.',
    },
    cause: {
      zh: '白名单只认微信看到的公网 IP，不是局域网里的地址。网络换了公网 IP，也会这样。',
      en: 'The whitelist knows only the public address WeChat sees, not one of the local network. A changed public address has the same effect.',
    },
    steps: ADD_TO_WHITELIST,
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
    steps: ADD_TO_WHITELIST,
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
      en: "The public address WeChat sees is not on the whitelist. This code is known from the WeChat Store's API.",
    },
    steps: [
      {
        zh: '如果是微信小店的账号，在小店的后台里打开 IP 白名单；不是的话，按 40164 的说明去做。',
        en: "For an account of a WeChat Store, open the IP whitelist in the store's settings; for any other, follow the steps of 40164.",
      },
      {
        zh: '加入微信看到的 IP，然后保存。',
        en: 'Add the IP address WeChat saw, and save.',
      },
      WAIT_AND_TRY,
    ],
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
      zh: '请求来源 IP 没有登记。这个错误码多见于第三方平台（代多个账号调用接口的服务商）。',
      en: 'The address the request came from is not registered. This code is known from third-party platforms, which call for many accounts.',
    },
    steps: [
      {
        zh: '如果账号由第三方平台代管，请那家服务商在自己的平台设置里加入微信看到的 IP；不是的话，按 40164 的说明去做。',
        en: "If a third-party platform runs the account, ask that company to add the IP address WeChat saw in the platform's own settings; if not, follow the steps of 40164.",
      },
      WAIT_AND_TRY,
    ],
    source: PAGES.badClientIp,
  },
];
