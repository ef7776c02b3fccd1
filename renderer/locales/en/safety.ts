/** Overwritten tokens, forced refreshes, a new AppSecret, the clock. */
export const safety: typeof import('../zh/safety.ts').safety = {
  span: { days: '{{value}} d', hours: '{{value}} h', minutes: '{{value}} min', seconds: '{{value}} s' },
  check: {
    valid: 'Checked {{ago}}: WeChat accepts this token',
    dead: 'Checked {{ago}}: the token no longer works, the console is getting a new one',
    replaced: 'Checked {{ago}}: the token before this one no longer worked, and the console replaced it',
    unknown: 'Could not be checked {{ago}}: WeChat did not say whether this token works',
    never: 'This token has not been checked yet',
    every: 'The console checks every {{value}} min',
    off: 'Automatic checks are off',
    title: 'Automatic check',
    field: 'How often to check the token',
    fieldOff: 'Never',
    fieldMinutes: '{{value}} min',
    cost: 'Finds out when another system has replaced the token. Each check is one light request to WeChat and does not affect the token; a token that no longer works is replaced at once.',
    delay:
      'With WeChat a replaced token works for up to 5 minutes more, so it takes up to 5 minutes plus this interval to find out.',
  },
  overwritten: {
    title_one: 'Overwritten once by another system in 24 hours',
    title_other: 'Overwritten {{count}} times by another system in 24 hours',
    mark_one: 'Overwritten once',
    mark_other: 'Overwritten {{count}} times',
    what: 'The token stopped working before its time. Each time this was found the console got a new one at once; until then, calls of business servers get 40001 (invalid token).',
    times: 'Found at',
    earlier_one: '1 earlier time',
    earlier_other: '{{count}} earlier times',
    late: 'It happened before it was found, {{minutes}} minutes at most: with WeChat the old token works for 5 minutes more, and then comes the interval between two checks.',
    lateOff:
      'Automatic checks are off, so it may have been found long after it happened. Switch them on under "Edit account".',
    whyStandard:
      "Why: another system also fetches tokens with this account's AppSecret. On the standard line each fetch ends the token the others hold, so the two keep overwriting each other.",
    whyStable:
      'Why: on the stable line an ordinary fetch by another system does not affect this token. What ends it early is a forced refresh (force_refresh) elsewhere, or a reset of the AppSecret.',
    beforeMove: 'Those from before the move to the stable line need no more care.',
    ways: 'Two ways out, either will do',
    find: 'Find the other system',
    findWho:
      "List who has this account's AppSecret: production servers, old test environments, plugins, colleagues' scripts.",
    findWhen: 'Compare the times above with their logs: which of them fetched a token shortly before?',
    findSdk:
      'Many developer kits (SDKs) fetch tokens by themselves. Have them take the token from this console instead.',
    findForce: 'If a system forces refreshes (force_refresh is true), switch that off.',
    findReset:
      'If nothing is found, reset the AppSecret: the other systems get no more tokens at once, and the console needs the new one right away.',
    move: 'Move to the stable line',
    moveText:
      'Its tokens are separate from those of the standard line: the other system may go on with the standard line and no longer affects this one.',
    itself:
      'The console checks every {{value}} min, replaces a token that no longer works at once, and notes it here.',
  },
  move: {
    title: 'Move "{{name}}" to the stable line',
    step: 'Step {{step}} of {{total}}',
    next: 'Next',
    back: 'Back',
    what: 'What will be different',
    whatLines:
      'WeChat keeps two lines of tokens for one account: standard and stable. Each has its own token, and they do not affect each other.',
    whatSame:
      "On the stable line, fetching again brings the same token while it lives, so one fetch more ends nobody's token.",
    whatRenew:
      'It is renewed only within the last 5 minutes; during these 5 minutes the old and the new token both work.',
    who: 'Who has to change with it',
    whoTake: "Every system that uses this account's token has to take it from this console.",
    whoOwn:
      'A system that still fetches its own on the standard line is not affected and goes on with its own token.',
    whoMixed: 'One system should not mix the two, or it cannot tell which token it holds.',
    whoCheck: "I know which systems use this account's token",
    go: 'What happens when you confirm',
    goAsk: 'The console asks WeChat for a token of the stable line at once.',
    goOld:
      'The present standard token works with WeChat until {{time}}, but the console no longer refreshes it or hands it to business servers.',
    goNone: 'There is no usable standard token now, so nothing is interrupted.',
    goBack: 'You can go back to the standard line under "Edit account".',
    confirm: 'Move to the stable line',
    asking: 'Asking WeChat for a token of the stable line…',
    live: 'Now on the stable line',
    liveToken: 'The new token is live: fingerprint {{fingerprint}}, expires at {{time}}.',
    liveNext: 'Have the business servers take this new token from the console soon.',
    trouble: 'Now on the stable line, but without a token yet',
    troubleNext:
      'The reason and what to do are on the account\'s page under "What to do now"; it also says whether the console tries again by itself.',
    troubleShow: 'Show what to do',
    paused: 'Now on the stable line, but the account is paused',
    pausedNext: 'The console asks for a token of the stable line once the account is resumed.',
    done: 'Done',
    hint: 'First see which systems have to change with it.',
    open: 'Step by step…',
  },
  force: {
    left: 'Forced refreshes left within 24 hours: {{left}}. WeChat allows {{perDay}} a day.',
    counted:
      'WeChat does not say when its day begins, so the console counts each one for 24 hours. Those used elsewhere it cannot see.',
    none: 'All {{perDay}} forced refreshes are used; 1 comes back at {{time}}.',
    gap: 'The last one was less than {{gap}} s ago, and another one now would do nothing. Wait {{time}}.',
    leaked: 'Has the token leaked? One forced refresh is not enough; use the leak drill.',
  },
  drill: {
    title: 'Leaked token of "{{name}}"',
    note: 'Leaked token',
    what: "With a token from a log, a screenshot or a code repository, anybody can call this account's interfaces. This makes the leaked token invalid at once.",
    does: 'The console forces two refreshes 30 seconds apart, about half a minute in all. That uses 2 of the {{perDay}} a day; left now: {{left}}.',
    effect:
      'Requests that still use the old token fail at once with 40001 (invalid token) until the business servers have the new one.',
    check: 'I know that requests with the old token fail at once',
    confirm: 'End the leaked token',
    tooFew: 'It takes 2 forced refreshes; left now: {{left}}. There are enough after {{time}}.',
    first: 'First forced refresh',
    waiting: '30 seconds in between',
    second: 'Second forced refresh',
    waitingIn: 'the second one in {{time}}',
    isDone: 'done',
    isNow: 'under way',
    isNext: 'not begun',
    isStopped: 'brought no token',
    background:
      "You can close this window: the console finishes by itself, and the account's page shows how far it is.",
    done: 'The leaked token no longer works; the present token is new.',
    stoppedFirst:
      'The first refresh brought no token, so this was not finished. The leaked token may still work.',
    stoppedSecond:
      'The second refresh brought no token, so this was not finished. The leaked token works for 5 minutes more at most.',
    stoppedNext: 'The reason is under "Latest records". When it is dealt with, run this again.',
    after: 'What to do next:',
    afterCause: 'Find out how the token leaked, and close that gap.',
    afterServers: 'See that all business servers have the new token.',
    afterSecret: 'If the AppSecret may have leaked as well, reset it and enter the new one in the console.',
    close: 'Close',
  },
  trial: {
    try: 'Try it: one request to WeChat with the new AppSecret',
    save: 'Save it: once WeChat accepts it, it replaces the old one',
    done: 'done',
    running: 'under way',
    waiting: 'not begun',
    stopped: 'not passed',
    untried: 'could not be tried',
    skipped: 'not tried',
    finish: 'Done',
    accepted: 'WeChat accepts the new AppSecret; it has replaced the old one.',
    acceptedNext:
      'If it was reset with WeChat just now, the old one no longer works anywhere: other systems that still use it need the new one too.',
    unproven: 'The new AppSecret is saved, but was not tried.',
    unprovenNext:
      "The console uses it the next time it asks WeChat for a token; the account's page then shows whether WeChat accepts it.",
    unchanged: 'The new AppSecret was not tried and nothing was changed.',
    anywayWhy:
      'If you are sure that it is right, it can be saved without a trial. If it is wrong, the console gets no new token once the present one expires.',
    entry: 'About error code {{code}}',
    entryWord: 'About this case',
    raw: "WeChat's own text: {{text}}",
    anyway: 'Save without a trial',
  },
};
