/** Steps that more than one code asks of a person. */
import type { ErrorStep } from '../console/contract.ts';
import { PLACES } from './pages.ts';

export const REFRESH_BY_HAND: ErrorStep = {
  zh: '都处理好之后，手动刷新。',
  en: 'Once that is done, refresh by hand.',
};

export const CHECK_API_ADDRESS: ErrorStep = {
  zh: '在“编辑账号”里核对接口地址，通常是 https://api.weixin.qq.com。',
  en: 'Under "Edit account", check the API address; it is usually https://api.weixin.qq.com.',
};

export const OPEN_A_PAGE: ErrorStep = {
  zh: '在这台机器的浏览器里打开任意网页，看网络通不通。',
  en: 'Open any web page in a browser on this machine, to see whether the network works.',
};

export const USE_OTHER_DOMAIN: ErrorStep = {
  zh: '还是不行的话，在“编辑账号”里把接口地址换成微信的容灾域名 https://api2.weixin.qq.com。',
  en: 'If that does not help, change the API address under "Edit account" to WeChat\'s disaster-recovery domain, https://api2.weixin.qq.com.',
};

export const DIAGNOSE: ErrorStep = {
  zh: '一直如此的话，复制技术细节里的 rid（微信给这次请求的编号），粘贴到微信的 API 诊断工具里查原因。',
  en: "If it goes on, copy the rid (WeChat's number for this request) from the technical details and paste it into WeChat's API diagnosis tool.",
  link: PLACES.diagnosis,
};

export const FIND_OTHER_CALLER: ErrorStep = {
  zh: '经常出现的话，找出同时在调用的另一个系统，让它改从控制台取令牌。',
  en: 'If it happens often, find the other system that calls at the same time, and have it take its token from the console.',
};

/** A request that something on its way has changed. */
export const REQUEST_CHANGED: ErrorStep[] = [
  CHECK_API_ADDRESS,
  {
    zh: '请网络管理员查看途中的代理或网关，让发往这个地址的请求原样通过。',
    en: 'Ask your network staff to look at the proxy or gateway in between and let requests to that address through unchanged.',
  },
  REFRESH_BY_HAND,
];

/** Where the AppID and AppSecret of each kind of account are. */
export const WHERE = {
  official: {
    zh: '微信开发者平台 → 我的业务 → 公众号/服务号 → 基础信息 → 开发密钥',
    en: 'WeChat developer platform → 我的业务 → 公众号/服务号 → 基础信息 → 开发密钥',
  },
  mini: {
    zh: '微信公众平台 → 管理 → 开发管理 → 开发设置',
    en: 'mp.weixin.qq.com → 管理 → 开发管理 → 开发设置',
  },
} as const;

/** One step for each kind of account: the same words, then the path there. */
export function atEachKind(zh: string, en: string): ErrorStep[] {
  return [
    {
      zh: `${zh}${WHERE.official.zh}。`,
      en: `${en}${WHERE.official.en}.`,
      kind: 'official',
      link: PLACES.platform,
    },
    { zh: `${zh}${WHERE.mini.zh}。`, en: `${en}${WHERE.mini.en}.`, kind: 'mini', link: PLACES.mp },
  ];
}
