/** What to do when WeChat or the network says no: the account's panel, the confirmation, the whitelist. */
export const guidance: typeof import('../zh/guidance.ts').guidance = {
  guide: {
    title: 'What to do now',
    quietTitle: 'The console is seeing to it',
    why: 'Why:',
    doNow: 'Please:',
    details: 'Technical details',
    meanwhile:
      'The latest try got no answer from WeChat, so it is not known whether anything above has changed.',
    retry: 'Try now',
    replaceSecret: 'Replace AppSecret',
    unfrozen: 'Unfrozen: try now',
    restored: 'Restored: try now',
    addRight: 'Add the right AppID',
    remove: 'Remove this account…',
    edit: 'Edit account',
    move: 'Move to the stable line…',
    noAnswer: 'There was no usable answer from WeChat.',
    unknownCode: 'WeChat answered with code {{code}}, which the catalogue does not know.',
    unknown: {
      read: "Read WeChat's own text above: where it speaks of an IP, the AppSecret or a quota, follow it.",
      rid: "Copy the rid and look this request up in WeChat's diagnosis tool.",
      ask: "If it is still unclear, copy everything under technical details and send it to a colleague or to WeChat's support.",
      words: "WeChat's own text",
    },
    secretMissing: {
      title: 'Enter the AppSecret',
      lead: 'The console has no AppSecret for this account and cannot ask WeChat for a token.',
      action: 'Enter the AppSecret',
    },
    secretLocked: {
      title: "Unlock the system's keychain",
      lead: "The AppSecret is in the system's keychain, and that is locked; the console cannot read it.",
      how: 'Log in to the desktop, or open the system\'s "Passwords and Keys" / "Keychain Access" and unlock the login keychain.',
      action: 'Unlocked: try now',
    },
    paused: {
      title: 'Paused',
      lead: 'The console does not ask for tokens for this account; once the present token expires there is none.',
      action: 'Resume',
    },
    plan: {
      retryIn: 'The console tries again in {{time}}, or try now.',
      probeIn: 'The console tries again in {{time}}; {{left}} of its 12 tries are left.',
      probesUsed: 'The console has used up its 12 tries; from here on only a person tries again.',
      whitelist:
        'The console tries again in {{time}}: every 5 minutes for the first hour, then every 30 minutes.',
      nothing:
        'The console does not try by itself, so as not to make it worse. Try by hand once it is mended.',
      nothingUntilChange: 'The console does not ask again until the AppSecret is replaced or a person tries.',
      nothingUntilUnfrozen:
        'The console does not try by itself. Press the button above 10 minutes after unfreezing.',
      nothingUntilAccount: 'The console does not ask again until the account is changed or a person tries.',
      nothingRefused:
        'The console does not try by itself, not even when the time is over, so as not to bother the administrator again.',
      tryingNow: 'The console is trying right now.',
    },
  },
  ago: {
    now: 'just now',
    minutes_one: '1 minute ago',
    minutes_other: '{{count}} minutes ago',
    hours_one: '1 hour ago',
    hours_other: '{{count}} hours ago',
    days_one: '1 day ago',
    days_other: '{{count}} days ago',
  },
  ip: {
    reported: 'reported by WeChat {{ago}}',
    other:
      'WeChat did not say which IP this time. It reported this one {{ago}} for "{{name}}"; accounts on one machine usually share an IP.',
    unknown:
      'The IP is not known yet: WeChat did not tell. Any web page that shows your outgoing IP, opened on this machine, tells it.',
  },
  message: {
    copy: 'Copy a message to send',
    label: 'Message to the administrator',
    unknownIp: 'unknown (not told by WeChat)',
    probableIp: '{{ip}} (probably; not told by WeChat)',
    awaiting:
      'Hello, at {{time}} WeChat sent you a message that asks whether IP {{ip}} may call the API of "{{name}}" ({{appId}}). Our own token console caused it: please find the message in your WeChat chat list and confirm. A refusal blocks this IP for 1 hour, a second one within 24 hours for 24 hours.',
    refused:
      'Hello, at {{time}} WeChat asked whether IP {{ip}} may call the API of "{{name}}" ({{appId}}), and the answer was to refuse. Our own token console caused it, nobody suspicious. WeChat\'s block ends at {{until}}. After that we agree with you first and try once more; WeChat then sends you another message: please confirm that one. After another refusal this IP may be blocked for long.',
    'refused-over':
      'Hello, at {{time}} WeChat asked whether IP {{ip}} may call the API of "{{name}}" ({{appId}}), and the answer was to refuse. Our own token console caused it, nobody suspicious. WeChat\'s block ended at {{until}}, and we would like to try once more: WeChat then sends you another message, please confirm that one. Tell me when it suits you, and I begin. After another refusal this IP may be blocked for long.',
    whitelist: {
      official:
        'Hello, our token console calls the API of "{{name}}" ({{appId}}), and WeChat wants IP {{ip}} on the whitelist first (answer of {{time}}). Please add it on the WeChat developer platform (developers.weixin.qq.com/platform) → 我的业务 → 公众号 / 服务号 → 基础信息 → 开发信息 → API IP 白名单; an administrator confirms by scanning a code. It takes a few minutes to work.',
      mini: 'Hello, our token console calls the API of "{{name}}" ({{appId}}), and WeChat wants IP {{ip}} on the whitelist first (answer of {{time}}). Please add it on mp.weixin.qq.com → 管理 → 开发管理 → 开发设置 → IP 白名单; an administrator confirms by scanning a code. It takes a few minutes to work.',
    },
  },
  confirm: {
    title: 'An administrator has to confirm in WeChat',
    lead: "WeChat regards calls from this machine as risky; it gives a token only after the account's administrator has confirmed this IP.",
    step1:
      'Send the text below to the administrator, who then knows that your own console caused the message, and does not refuse it.',
    step2:
      "Ask the administrator to find WeChat's message in the chat list of WeChat and confirm it. It is not in the web backend; only the administrator gets it, one for each IP. What it looks like, WeChat has not published.",
    step3: 'Once it is confirmed, press "Confirmed: try now".',
    done: 'Confirmed: try now',
    timeline: {
      label: 'How far the confirmation is',
      asked: 'WeChat sent the administrator a message',
      waiting_one: 'Still waiting for the administrator (tried once more)',
      waiting_other: 'Still waiting for the administrator (tried {{count}} more times, this is the latest)',
      confirmed: 'Confirmed by the administrator; a token was given',
      'refused-once': 'Refused by the administrator',
      'refused-twice': 'Refused by the administrator a second time within 24 hours',
      next: {
        confirm: 'The administrator confirms',
        over: 'The block ends',
        talk: 'Agree with the administrator, then try again',
      },
      note: 'The times are when the console learned it from WeChat, which does not say when the administrator decided.',
    },
  },
  refusal: {
    title: 'The administrator refused calls from this IP',
    once: 'It was refused once; WeChat does not accept this IP for 1 hour.',
    twice: 'It was refused twice within 24 hours; WeChat does not accept this IP for 24 hours.',
    ends: 'Allowed again in',
    whyWait:
      'Please do not try before the end: one more call may become one more refusal. A second one within 24 hours blocks this IP for 24 hours, a further one perhaps for long.',
    step1:
      'Talk to the administrator first: this is your own token console, not a suspicious caller. The text below may help.',
    step2:
      "Wait for the block's end, ask the administrator to watch for WeChat's message, then come back and try once more.",
    instead: 'Or ask the administrator to put this IP on the IP whitelist beforehand.',
    tryEarly: 'Try early all the same…',
    over: {
      title: 'The block is over: agree with the administrator first',
      lead: 'It may be tried once more now. WeChat then sends the administrator another message; if that is refused too, the block lasts longer.',
      check: 'I have agreed with the administrator, who will confirm',
      tryNow: 'Try again',
      hint: 'Tick the line above first.',
    },
  },
  confirmed: {
    title: 'The administrator confirmed the IP',
  },
  whitelist: {
    title: "Add this machine's IP to the whitelist",
    lead: 'WeChat does not accept calls from this machine: its outgoing address is not on the IP whitelist.',
    done: 'It is on the whitelist: try now',
    copyMessage: 'Copy a text for the administrator',
    changed: {
      lead: "This network's IP changes: at {{workedAt}} {{before}} still worked, at {{seenAt}} WeChat saw {{now}}. Adding only the new IP helps until the next change.",
      fix: 'To be done with it, give this network a fixed outgoing IP, in one of these ways:',
      line: 'A company line with a fixed IP from your provider.',
      proxy: 'A proxy or gateway (NAT) with a fixed IP that the console goes through.',
      server: 'The console on a server with a fixed IP, running without a window.',
    },
    addresses: {
      title_one: 'IP reported by WeChat so far (1)',
      title_other: 'IPs reported by WeChat so far ({{count}})',
      first: 'first {{time}}',
      last: 'last {{time}}',
      worked: 'gave a token at {{time}}',
      neverWorked: 'has not given a token yet',
    },
  },
  confirmations: {
    title: 'IP confirmation',
    lead: 'Where WeChat does not trust an IP, it asks the administrator or wants it on the whitelist. All accounts that wait for this are here.',
    pending_one: 'account waits',
    pending_other: 'accounts wait',
    list: 'Accounts that wait',
    none: 'No account is waiting',
    noneText:
      'When WeChat wants an IP confirmed, an administrator refuses it, or it is not on the whitelist, the account appears here with the text to send to the administrator. It stays for 24 hours after it was confirmed.',
    state: {
      awaiting: 'Waiting for the administrator',
      refused: 'Refused by the administrator',
      'refused-over': 'The block is over',
      whitelist: 'Not on the whitelist',
      confirmed: 'Confirmed by the administrator',
    },
    since: 'since {{time}}',
    confirmedAt: 'learned at {{time}}',
    probe: 'next try in {{time}}, {{left}} left',
    probesUsed: 'no more tries by itself',
    retry: 'next try in {{time}}',
    ends: 'allowed again in {{time}}',
    talkFirst: "agree with the administrator, then try on the account's page",
    trying: 'trying now',
    noIp: 'IP unknown',
    probableIp: 'probably; not told by WeChat',
    tryNow: 'Try now',
    addresses: {
      title: 'IPs this console was seen under',
      lead: 'WeChat names an IP only when it does not accept it; one that always worked may be missing here.',
      none: 'WeChat has not reported an IP yet.',
      accounts_one: '1 account',
      accounts_other: '{{count}} accounts',
    },
  },
  report: {
    code: 'Error code',
    text: "WeChat's text",
    rid: 'Request id (rid)',
    at: 'Time',
    trigger: 'Cause',
    ip: 'IP',
    duration: 'Took',
    actor: 'Asked by',
    line: 'Line',
    request: 'Request',
    hidden: 'left out',
    version: 'Console version',
    diagnosis: "WeChat's diagnosis tool",
    copy: 'Copy all details',
    copyRid: 'Copy the rid',
    diagnose: "Look it up in WeChat's diagnosis tool",
    openEntry: 'About this code',
  },
};
