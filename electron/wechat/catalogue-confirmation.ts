/** The errcodes of the risk confirmation: the administrator is asked whether an IP address may call. */
import type { ErrorEntry, ErrorStep } from '../console/contract.ts';
import { PAGES } from './pages.ts';

const PENDING_STEPS: ErrorStep[] = [
  {
    zh: '先告诉管理员：微信里的这条确认消息来自自己的令牌控制台，不是可疑调用。',
    en: 'Tell the administrator first that the message in WeChat comes from your own token console and is not a suspicious call.',
  },
  {
    zh: '请管理员在微信里找到这条消息，允许这个 IP 调用；拒绝的话，这个 IP 会停用 1 小时。',
    en: 'Ask the administrator to find that message in WeChat and allow calls from this IP address; a refusal blocks the address for 1 hour.',
  },
  {
    zh: '管理员确认之后，手动刷新。',
    en: 'Once the administrator has confirmed, refresh by hand.',
  },
  {
    zh: '今后换 IP 之前，先把新的 IP 加入白名单，或者先与管理员说好。',
    en: "Before this machine's address changes again, put the new one on the whitelist, or tell the administrator beforehand.",
  },
];

const PENDING_CAUSE = {
  zh: '之前的调用已让微信给管理员发了确认消息，还没有收到答复。',
  en: 'An earlier call made WeChat send the administrator a confirmation message, which has not been answered.',
};

const UNLISTED_PENDING_CAUSE = {
  zh: '确认消息还没有得到答复。微信现在的文档没有列出这个错误码，按“等待确认”处理。',
  en: "The confirmation message has not been answered. WeChat's current pages do not list this code; it is treated as waiting.",
};

const WAITING = {
  zh: '微信在等管理员确认。',
  en: "WeChat is waiting for the administrator's confirmation.",
};

const TALK_FIRST: ErrorStep = {
  zh: '先与管理员沟通：问清为什么拒绝，说明请求来自自己的令牌控制台，并告知它的 IP。',
  en: 'Talk to the administrator first: ask why it was refused, explain that your own token console is calling, and name its IP address.',
};

const TRY_TOGETHER: ErrorStep = {
  zh: '约好时间手动刷新，并请管理员当场在微信里确认。',
  en: 'Agree on a time, refresh by hand, and have the administrator confirm in WeChat right then.',
};

const WHITELIST_BEFORE: ErrorStep = {
  zh: '再试之前，最好先把这个 IP 加入白名单，做法见 40164。',
  en: 'It is best to put the address on the whitelist before trying again; see 40164 for how.',
};

function waiting(code: number, text: string): ErrorEntry {
  return {
    code,
    class: 'awaiting-admin',
    text,
    meaning: WAITING,
    cause: UNLISTED_PENDING_CAUSE,
    steps: PENDING_STEPS,
    source: PAGES.confirmation,
  };
}

export const confirmation: readonly ErrorEntry[] = [
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
      en: "WeChat regards the call as risky and has sent the account's administrator a template message.",
    },
    steps: PENDING_STEPS,
    source: PAGES.confirmation,
  },
  {
    code: 89501,
    class: 'awaiting-admin',
    text: '此IP正在等待管理员确认,请联系管理员',
    meaning: {
      zh: '这个 IP 还在等管理员确认。',
      en: "This IP address is still waiting for the administrator's confirmation.",
    },
    cause: PENDING_CAUSE,
    steps: PENDING_STEPS,
    source: PAGES.confirmation,
  },
  waiting(89502, '请耐心等待管理员确认'),
  waiting(89504, '正在等管理员确认，请耐心等待'),
  waiting(89505, '正在等管理员确认，请稍候重试'),
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
      en: "The administrator chose to refuse in WeChat's confirmation message. A second refusal within 24 hours blocks the address for 24 hours.",
    },
    steps: [
      TALK_FIRST,
      {
        zh: '等 1 小时的限制结束，在那之前不要再试。',
        en: 'Wait until the hour is over, and do not try before.',
      },
      WHITELIST_BEFORE,
      TRY_TOGETHER,
    ],
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
    steps: [
      TALK_FIRST,
      {
        zh: '等 24 小时的限制结束，在那之前不要再试。',
        en: 'Wait until the 24 hours are over, and do not try before.',
      },
      WHITELIST_BEFORE,
      TRY_TOGETHER,
    ],
    source: PAGES.stableToken,
  },
];
