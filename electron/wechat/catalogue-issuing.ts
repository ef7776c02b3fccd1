/** The other errcodes met when a token is asked for: WeChat busy, quota used up, a request it cannot read. */
import type { ErrorEntry, ErrorStep } from '../console/contract.ts';
import { DIAGNOSE, FIND_OTHER_CALLER, REQUEST_CHANGED } from './catalogue-steps.ts';
import { PAGES, PLACES } from './pages.ts';

const QUOTA_STEPS: ErrorStep[] = [
  {
    zh: '在“历史”里看控制台请求了几次。次数不多，就是另有系统在获取这个账号的令牌：找出它，让它改从控制台取。',
    en: 'See under History how often the console asked. If that is seldom, another system gets tokens for this account: find it and have it take them from the console.',
    line: 'standard',
  },
  {
    zh: '在“历史”里看强制刷新用了多少。它只该在令牌泄漏时使用。',
    en: 'See under History how often force refresh was used. It is meant only for a token that has leaked.',
    line: 'stable',
  },
  {
    zh: '在账号页点“换到稳定版…”。用这个账号令牌的系统都要一起改从控制台取。',
    en: 'Press "Move to the stable line…" on the account\'s page. All systems that use this account\'s token must then take it from the console.',
    line: 'standard',
  },
  {
    zh: '强制刷新不多的话，就是另有系统在频繁调用稳定版：找出它，让它改从控制台取。',
    en: 'If that is seldom, another system calls the stable line often: find it and have it take the token from the console.',
    line: 'stable',
  },
  {
    zh: '请管理员在微信公众平台的“接口权限”页查看真正的额度，每个账号不同。',
    en: 'Ask the administrator to look up the true limit on the 接口权限 page of mp.weixin.qq.com; it differs from account to account.',
    link: PLACES.mp,
  },
  {
    zh: '急用时，请开发人员调用 clear_quota 恢复额度。每个账号每月 10 次，两种方式合计；/cgi-bin/clear_quota/v2 用 AppSecret，不需要令牌。',
    en: 'If it is urgent, have a developer call clear_quota to restore the quota: ten times a month for each account, both forms together. The form /cgi-bin/clear_quota/v2 uses the AppSecret and needs no token.',
  },
];

const CONTENT_STEPS: ErrorStep[] = [
  ...REQUEST_CHANGED,
  {
    zh: '业务服务器遇到的话，请它的开发人员检查所发送的内容。',
    en: 'If a business server meets it, ask its developers to check what it sends.',
  },
];

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
      en: "WeChat's side was overloaded for the moment.",
    },
    steps: [
      {
        zh: '等几分钟，不需要改动任何设置。',
        en: 'Wait a few minutes; no setting needs to be changed.',
      },
      DIAGNOSE,
    ],
    source: PAGES.stableToken,
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
    steps: [
      {
        zh: '等一分钟，在这期间不要手动刷新。',
        en: 'Wait a minute, and do not refresh by hand meanwhile.',
      },
      FIND_OTHER_CALLER,
    ],
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
      zh: '标准版：通常是另有系统也在频繁获取令牌。稳定版：通常是强制刷新用得太多，或另有系统也在调用。',
      en: 'Standard line: usually another system gets tokens often too. Stable line: usually force refresh was used too much, or another system calls too.',
    },
    steps: QUOTA_STEPS,
    source: PAGES.clearQuotaBySecret,
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
    steps: REQUEST_CHANGED,
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
    steps: CONTENT_STEPS,
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
    steps: CONTENT_STEPS,
    source: PAGES.commonErrors,
  },
];
