/** Why there was no answer of WeChat's at all, in words; none of these says anything about the account. */
import type { ErrorEntry, ErrorStep } from '../console/contract.ts';
import { CHECK_API_ADDRESS, OPEN_A_PAGE, USE_OTHER_DOMAIN } from './catalogue-steps.ts';
import { PAGES } from './pages.ts';
import type { FailureReason } from './wechat.ts';

type Words = Pick<ErrorEntry, 'meaning' | 'cause' | 'steps'>;

const SIGN_IN: ErrorStep = {
  zh: '在这台机器的浏览器里打开任意网页；出现酒店或公司网络的登录页时，先登录。',
  en: 'Open any web page in a browser on this machine; if the sign-in page of a hotel or company network appears, sign in.',
};

const LET_THROUGH: ErrorStep = {
  zh: '请网络管理员在防火墙上放行 api.weixin.qq.com 的 443 端口。',
  en: 'Ask your network staff to let port 443 of api.weixin.qq.com through the firewall.',
};

const SEE_WHO_ANSWERS: ErrorStep = {
  zh: '请网络管理员查看，是不是途中的代理或网关代替微信答复了。',
  en: "Ask your network staff whether a proxy or gateway in between answers in WeChat's place.",
};

const SHOW_DETAILS: ErrorStep = {
  zh: '一直如此的话，在账号页或历史里复制全部细节，交给网络管理员。',
  en: "If it goes on, copy all details on the account's page or in the history and hand them to your network staff.",
};

const WORDS: Readonly<Record<FailureReason, Words>> = {
  dns: {
    meaning: { zh: '找不到微信服务器的地址。', en: "The address of WeChat's server could not be found." },
    cause: {
      zh: '域名没有解析成功：网络没有连上，DNS（把域名换成 IP 的服务）设置不对，或者接口地址写错了。',
      en: 'The name could not be resolved: no network, a wrong setting of DNS (which turns names into IP addresses), or a mistyped API address.',
    },
    steps: [
      OPEN_A_PAGE,
      CHECK_API_ADDRESS,
      {
        zh: '检查系统的 DNS 设置；在公司网络里，请网络管理员确认能解析 api.weixin.qq.com。',
        en: "Check the system's DNS setting; in a company network, ask your network staff whether api.weixin.qq.com can be resolved.",
      },
    ],
  },
  'connection-refused': {
    meaning: { zh: '对方拒绝了连接。', en: 'The connection was refused.' },
    cause: {
      zh: '那个地址上没有服务在运行，或者被防火墙拦下。',
      en: 'Nothing is listening at that address, or a firewall stands in between.',
    },
    steps: [CHECK_API_ADDRESS, LET_THROUGH, USE_OTHER_DOMAIN],
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
    steps: [
      {
        zh: '只出现一次的话，不用处理；经常出现，再往下查。',
        en: 'If it happened only once, there is nothing to do; if it happens often, read on.',
      },
      {
        zh: '检查这台机器的网络是否稳定，例如无线信号和 VPN。',
        en: "Check whether this machine's network is steady, such as its wireless signal and its VPN.",
      },
      {
        zh: '请网络管理员查看防火墙和代理是否会中途切断连接。',
        en: 'Ask your network staff whether the firewall or the proxy cuts connections off.',
      },
      {
        zh: '业务服务器报 40001 的话，让它从控制台重新取令牌：断开的那次请求可能已经换了令牌。',
        en: 'If business servers report 40001, have them take the token from the console again: the request that broke off may already have replaced it.',
        line: 'standard',
      },
    ],
  },
  timeout: {
    meaning: {
      zh: '等了太久，没有收到微信的完整答复。',
      en: "WeChat's complete answer did not come in time.",
    },
    cause: {
      zh: '网络太慢，防火墙把请求丢弃了，或者微信一侧响应慢。',
      en: 'The network is slow, a firewall drops the request, or WeChat is slow to answer.',
    },
    steps: [
      {
        zh: '在这台机器的浏览器里打开任意网页，看网络是不是很慢。',
        en: 'Open any web page in a browser on this machine, to see whether the network is slow.',
      },
      LET_THROUGH,
      {
        zh: '用了代理的话，检查代理是否正常。',
        en: 'If there is a proxy, check that it works.',
      },
      USE_OTHER_DOMAIN,
    ],
  },
  tls: {
    meaning: {
      zh: '无法确认对方就是微信，连接已中止。',
      en: 'The other side could not be proved to be WeChat, so the connection was given up.',
    },
    cause: {
      zh: '证书没有通过验证：可能是这台机器的时间不对，公司代理在检查加密流量，或者接口地址不对。证书没有通过，AppSecret 就不会发出。',
      en: "The certificate was not accepted: this machine's clock may be wrong, a company proxy may inspect encrypted traffic, or the API address may be wrong. Without an accepted certificate the AppSecret is not sent.",
    },
    steps: [
      {
        zh: '核对这台机器的日期和时间，打开系统的自动校时。',
        en: "Check this machine's date and time, and turn on the system's automatic time.",
      },
      CHECK_API_ADDRESS,
      {
        zh: '问网络管理员，公司代理是否会解开加密流量来检查。最好让 api.weixin.qq.com 不经检查直接通过。',
        en: 'Ask your network staff whether a company proxy opens encrypted traffic. It is best to let api.weixin.qq.com through unopened.',
      },
      {
        zh: '必须检查的话，向网络管理员要代理的 CA 证书。桌面版：装进系统的受信任证书。无窗口的控制台：把证书文件的路径写进环境变量 NODE_EXTRA_CA_CERTS，再重新启动。',
        en: "If it must be opened, get the proxy's CA certificate from them. Desktop: add it to the certificates the system trusts. Console without a window: put the path of its file into the variable NODE_EXTRA_CA_CERTS and start again.",
      },
    ],
  },
  proxy: {
    meaning: { zh: '代理没有把请求送到微信。', en: 'The proxy did not pass the request on to WeChat.' },
    cause: {
      zh: '代理连不上、要求登录，或者不允许访问微信的域名。',
      en: "The proxy cannot be reached, wants a sign-in, or does not allow WeChat's domain.",
    },
    steps: [
      {
        zh: '在“设置 → 网络”里核对代理并测试。选“跟随系统”时，桌面版看系统的代理设置，无窗口的控制台看环境变量 HTTPS_PROXY。',
        en: "Check and test the proxy under Settings, Network. Where it follows the system: the system's proxy settings on the desktop, the variable HTTPS_PROXY for a console without a window.",
      },
      {
        zh: '原文里有 407，就是代理要求登录：核对代理的用户名和密码。',
        en: 'If the raw text has 407, the proxy wants a sign-in: check its user name and password.',
      },
      {
        zh: '请网络管理员让代理放行 api.weixin.qq.com。',
        en: 'Ask your network staff to have the proxy let api.weixin.qq.com through.',
      },
    ],
  },
  'proxy-variable': {
    meaning: {
      zh: '代理的环境变量读不懂，没有向微信发出请求。',
      en: 'The proxy variable cannot be read; nothing was sent to WeChat.',
    },
    cause: {
      zh: 'HTTPS_PROXY（或 HTTP_PROXY）的值不是 http://proxy.example:8080 这样的代理地址，用户名或密码里含有未编码的符号，或者值的两头带着引号。',
      en: 'HTTPS_PROXY (or HTTP_PROXY) is no address of a proxy such as http://proxy.example:8080, its user name or password has signs that are not encoded, or quotation marks stand around it.',
    },
    steps: [
      {
        zh: '写成 http://用户名:密码@主机:端口。',
        en: 'Write it as http://user:password@host:port.',
      },
      {
        zh: '编码用户名和密码里的符号：% 写成 %25，# 写成 %23，@ 写成 %40，: 写成 %3A，/ 写成 %2F，? 写成 %3F。',
        en: 'Encode the signs in user name and password: % as %25, # as %23, @ as %40, : as %3A, / as %2F, ? as %3F.',
      },
      {
        zh: '去掉两头的引号：docker 的 env 文件会把引号当成值的一部分。',
        en: 'Take away quotation marks around it: an env file of docker keeps them as part of the value.',
      },
      {
        zh: '改好以后，重新启动控制台。',
        en: 'Then start the console again.',
      },
      {
        zh: '也可以在“设置 → 网络”里直接填写代理，那里的用户名和密码不用编码。',
        en: 'Or enter the proxy under Settings, Network, where user name and password need no encoding.',
      },
    ],
  },
  offline: {
    meaning: { zh: '这台机器没有连上网络。', en: 'This machine is not connected to the network.' },
    cause: {
      zh: '网络断开，或者没有通往微信的路由。',
      en: 'The network is down, or there is no route to WeChat.',
    },
    steps: [
      {
        zh: '检查网线、无线网络和 VPN，让这台机器连上网络。',
        en: 'Check the cable, the wireless network and the VPN, and connect this machine.',
      },
      OPEN_A_PAGE,
    ],
  },
  network: {
    meaning: {
      zh: '请求没有完成，没有收到微信的答复。',
      en: "The request was not completed; no answer of WeChat's arrived.",
    },
    cause: {
      zh: '请求中途被取消，或者网络遇到了少见的情况，见原文。',
      en: 'The request was cancelled, or the network met something uncommon; see the raw text.',
    },
    steps: [OPEN_A_PAGE, SHOW_DETAILS],
  },
  'http-status': {
    meaning: {
      zh: '收到的答复不像是微信发来的。',
      en: "The answer does not look like one of WeChat's.",
    },
    cause: {
      zh: '微信即使拒绝请求，答复的状态也是 200，这次不是。可能是途中的代理或网关代为答复。',
      en: 'WeChat answers with the status 200 even when it refuses; this answer has another. A proxy or gateway in between may have answered instead.',
    },
    steps: [
      {
        zh: '看原文里的状态数字：401 或 403 多半是网关不放行，404 多半是接口地址不对，502、503、504 多半是代理或网关连不上微信。',
        en: 'Look at the status in the raw text: 401 or 403 is mostly a gateway that bars the way, 404 a wrong API address, and 502, 503 or 504 a proxy or gateway that cannot reach WeChat.',
      },
      CHECK_API_ADDRESS,
      SEE_WHO_ANSWERS,
      SHOW_DETAILS,
    ],
  },
  redirect: {
    meaning: {
      zh: '答复要求转到别的地址，控制台没有照做。',
      en: 'The answer pointed to another address, and the console did not follow.',
    },
    cause: {
      zh: '可能是网络的登录页，或者接口地址不对。跟着转会把 AppSecret 交给别人。',
      en: "It may be the network's sign-in page, or a wrong API address. Following would hand the AppSecret to somebody else.",
    },
    steps: [SIGN_IN, CHECK_API_ADDRESS, SEE_WHO_ANSWERS],
  },
  'too-large': {
    meaning: { zh: '收到的答复过大，已停止接收。', en: 'The answer was far too large and was cut off.' },
    cause: {
      zh: '微信的答复很短。这多半是别的服务代为答复。',
      en: "WeChat's answers are short; something else probably answered instead.",
    },
    steps: [CHECK_API_ADDRESS, SIGN_IN, SEE_WHO_ANSWERS],
  },
  unreadable: {
    meaning: { zh: '收到的答复读不懂。', en: 'The answer could not be read.' },
    cause: {
      zh: '答复不是约定的 JSON，或缺少令牌和有效期。可能是网络的登录页，也可能内容被截断。',
      en: "It is not the agreed JSON, or lacks the token or its life. It may be the network's sign-in page, or cut short.",
    },
    steps: [SIGN_IN, CHECK_API_ADDRESS, SEE_WHO_ANSWERS, SHOW_DETAILS],
  },
};

export const network: readonly ErrorEntry[] = Object.entries(WORDS).map(([code, words]) => ({
  code,
  class: 'transient',
  text: null,
  ...words,
  source: PAGES.domains,
}));
