/** Why there was no answer of WeChat's at all, in words; none of these says anything about the account. */
import type { ErrorEntry } from '../console/contract.ts';
import { PAGES } from './pages.ts';
import type { FailureReason } from './wechat.ts';

type Words = Pick<ErrorEntry, 'meaning' | 'cause' | 'action'>;

const STRANGER = {
  zh: '请在这台机器的浏览器里打开任意网页：若出现登录页，请先登录网络。否则请检查代理和这个账号的 API 地址。控制台会自动重试。',
  en: 'Open any web page in a browser on this machine: if a sign-in page appears, sign in to the network. Otherwise check the proxy and this account’s API address. The console tries again by itself.',
};

const WORDS: Readonly<Record<FailureReason, Words>> = {
  dns: {
    meaning: { zh: '找不到微信服务器的地址。', en: 'The address of WeChat’s server could not be found.' },
    cause: {
      zh: '域名解析失败：网络没有连上，DNS 设置不对，或者 API 地址写错了。',
      en: 'The name could not be resolved: no network, a wrong DNS setting, or a mistyped API address.',
    },
    action: {
      zh: '请检查网络和 DNS 设置，并核对这个账号的 API 地址。控制台会自动重试。',
      en: 'Check the network and its DNS setting, and this account’s API address. The console tries again by itself.',
    },
  },
  'connection-refused': {
    meaning: { zh: '对方拒绝了连接。', en: 'The connection was refused.' },
    cause: {
      zh: '那个地址上没有服务在运行，或者被防火墙拦下。',
      en: 'Nothing is listening at that address, or a firewall stands in between.',
    },
    action: {
      zh: '请检查防火墙和这个账号的 API 地址。微信通用域名连不上时，可改用容灾域名 https://api2.weixin.qq.com。控制台会自动重试。',
      en: 'Check the firewall and this account’s API address. If WeChat’s usual domain cannot be reached, its disaster-recovery domain is https://api2.weixin.qq.com. The console tries again by itself.',
    },
  },
  'connection-lost': {
    meaning: {
      zh: '连接在微信答复之前断开了。',
      en: 'The connection was lost before the answer was complete.',
    },
    cause: {
      zh: '网络不稳定，或者途中的设备切断了连接。微信可能已经处理了这次请求。',
      en: 'The network is unsteady, or something in between cut the connection. WeChat may have handled the request all the same.',
    },
    action: {
      zh: '稍候即可，控制台会自动重试。若经常出现，请检查网络、防火墙和代理。',
      en: 'Wait a little; the console tries again by itself. If it happens often, check the network, the firewall and the proxy.',
    },
  },
  timeout: {
    meaning: {
      zh: '等了太久，没有收到微信的完整答复。',
      en: 'WeChat’s complete answer did not come in time.',
    },
    cause: {
      zh: '网络太慢，防火墙把请求丢弃了，或者微信一侧响应慢。',
      en: 'The network is slow, a firewall drops the request, or WeChat is slow to answer.',
    },
    action: {
      zh: '稍候即可，控制台会自动重试。若一直如此，请检查防火墙，或改用容灾域名 https://api2.weixin.qq.com。',
      en: 'Wait a little; the console tries again by itself. If it goes on, check the firewall, or use the disaster-recovery domain https://api2.weixin.qq.com.',
    },
  },
  tls: {
    meaning: {
      zh: '无法确认对方就是微信，连接已中止。',
      en: 'The other side could not be proved to be WeChat, so the connection was given up.',
    },
    cause: {
      zh: '证书没有通过验证：可能是公司网络在检查加密流量，这台机器的时间不对，或者 API 地址不对。证书没有通过，AppSecret 就不会发出。',
      en: 'The certificate was not accepted: the company network may inspect encrypted traffic, this machine’s clock may be wrong, or the API address may be. Without an accepted certificate the AppSecret is not sent.',
    },
    action: {
      zh: '请核对这台机器的日期和时间，并请网络管理员放行微信的域名。控制台会自动重试。',
      en: 'Check this machine’s date and time, and ask your network staff to let WeChat’s domain through untouched. The console tries again by itself.',
    },
  },
  proxy: {
    meaning: { zh: '代理没有把请求送到微信。', en: 'The proxy did not pass the request on to WeChat.' },
    cause: {
      zh: '代理连不上、要求登录，或者不允许访问微信的域名。',
      en: 'The proxy cannot be reached, wants a sign-in, or does not allow WeChat’s domain.',
    },
    action: {
      zh: '请检查代理的地址、用户名和密码（桌面版看系统的代理设置，无窗口版看环境变量 HTTPS_PROXY）。控制台会自动重试。',
      en: 'Check the proxy’s address, user name and password (desktop: the system’s proxy settings; headless: the variable HTTPS_PROXY). The console tries again by itself.',
    },
  },
  offline: {
    meaning: { zh: '这台机器没有连上网络。', en: 'This machine is not connected to the network.' },
    cause: {
      zh: '网络断开，或者没有通往微信的路由。',
      en: 'The network is down, or there is no route to WeChat.',
    },
    action: {
      zh: '请连接网络。控制台会自动重试。',
      en: 'Connect to the network. The console tries again by itself.',
    },
  },
  network: {
    meaning: {
      zh: '请求没有完成，没有收到微信的答复。',
      en: 'The request was not completed; no answer of WeChat’s arrived.',
    },
    cause: {
      zh: '请求中途被取消，或者网络遇到了少见的情况，见原始信息。',
      en: 'The request was cancelled, or the network met something uncommon; see the raw text.',
    },
    action: {
      zh: '稍候即可，控制台会自动重试。若一直如此，请把原始信息交给网络管理员。',
      en: 'Wait a little; the console tries again by itself. If it goes on, show the raw text to your network staff.',
    },
  },
  'http-status': {
    meaning: {
      zh: '收到的答复不像是微信发来的。',
      en: 'The answer does not look like one of WeChat’s.',
    },
    cause: {
      zh: '微信即使拒绝请求，答复的状态也是 200，这次不是。可能是途中的代理或网关代为答复。',
      en: 'WeChat answers with the status 200 even when it refuses; this answer has another. A proxy or gateway in between may have answered instead.',
    },
    action: STRANGER,
  },
  redirect: {
    meaning: {
      zh: '答复要求转到别的地址，控制台没有照做。',
      en: 'The answer pointed to another address, and the console did not follow.',
    },
    cause: {
      zh: '可能是网络的登录页，或者 API 地址不对。跟着转会把 AppSecret 交给别人。',
      en: 'It may be the network’s sign-in page, or a wrong API address. Following would hand the AppSecret to somebody else.',
    },
    action: STRANGER,
  },
  'too-large': {
    meaning: { zh: '收到的答复过大，已停止接收。', en: 'The answer was far too large and was cut off.' },
    cause: {
      zh: '微信的答复很短。这多半是别的服务代为答复。',
      en: 'WeChat’s answers are short; something else probably answered instead.',
    },
    action: STRANGER,
  },
  unreadable: {
    meaning: { zh: '收到的答复读不懂。', en: 'The answer could not be read.' },
    cause: {
      zh: '答复不是约定的 JSON，或缺少令牌和有效期。可能是网络的登录页，也可能内容被截断。',
      en: 'It is not the agreed JSON, or lacks the token or its life. It may be the network’s sign-in page, or cut short.',
    },
    action: STRANGER,
  },
};

export const network: readonly ErrorEntry[] = Object.entries(WORDS).map(([code, words]) => ({
  code,
  class: 'transient',
  text: null,
  ...words,
  source: PAGES.domains,
}));
