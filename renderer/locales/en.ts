import { errorClass } from './en/error-class.ts';
import { guidance } from './en/guidance.ts';
import { safety } from './en/safety.ts';
import { servers } from './en/servers.ts';
import { settings } from './en/settings.ts';
import type { Words } from './zh.ts';

/** The words of the interface. One word for one thing: token, refresh, AppSecret, whitelist, administrator, account. */
export const en: Words = {
  ...guidance,
  ...safety,
  ...servers,
  ...settings,
  app: {
    name: 'WeChat Token Console',
    skip: 'Skip to content',
    loading: 'Opening…',
    stillLoading: 'Still connecting to the console…',
  },
  nav: {
    label: 'Main',
    overview: 'Overview',
    confirmations: 'IP confirmation',
    history: 'History',
    errors: 'Error codes',
    servers: 'Business servers',
    settings: 'Settings',
    signOut: 'Sign out',
    add: 'Add an account',
    open: 'Open the list of accounts',
    close: 'Close the list of accounts',
    accounts: 'Accounts',
    search: 'Search name or AppID',
    noMatch: 'No account with "{{text}}" in its name or AppID',
  },
  group: { attention: 'Needs attention', retrying: 'Retrying by itself', fine: 'Fine', paused: 'Paused' },
  phase: {
    new: 'Not fetched yet',
    refreshing: 'Refreshing',
    live: 'Live',
    retrying: 'Retrying',
    'awaiting-admin': 'Waiting for the administrator',
    refused: 'Refused by the administrator',
    'needs-attention': 'Needs attention',
    paused: 'Paused',
  },
  kind: { official: 'Official Account', mini: 'Mini Program' },
  line: { standard: 'standard', stable: 'stable' },
  trigger: {
    startup: 'Start-up',
    schedule: 'Refresh ahead',
    manual: 'By hand',
    passive: 'Passive refresh',
    retry: 'Retry',
    probe: 'Confirmation probe',
    'secret-changed': 'New AppSecret',
    reveal: 'Token shown',
    copy: 'Token copied',
    verify: 'Token checked',
  },
  outcome: { granted: 'Granted', refused: 'Refused by WeChat', failed: 'No answer' },
  actor: { console: 'The console', admin: 'An administrator' },
  fact: {
    soon: 'About to start',
    retryIn: 'tries again in {{time}}',
    probeIn: 'tries again in {{time}}',
    allowedIn: 'allowed again in {{time}}',
    noToken: 'No usable token',
    expired: 'Expired',
  },
  short: {
    'awaiting-admin': 'Awaits consent',
    'not-whitelisted': 'IP whitelist',
    secret: 'Wrong AppSecret',
    frozen: 'AppSecret frozen',
    account: 'Account problem',
    quota: 'Quota used up',
    refused: 'Refused',
    'secret-missing': 'AppSecret missing',
    'secret-locked': 'Vault locked',
  },
  next: {
    retry: 'tries again in {{time}}',
    first: 'first request in {{time}}',
    none: 'No automatic retry',
    planned: 'refresh in {{time}}',
  },
  overview: {
    title: 'Overview',
    allFine_one: 'The account is fine',
    allFine_other: 'All {{count}} accounts are fine',
    attention_one: '1 account needs attention',
    attention_other: '{{count}} accounts need attention',
    retrying_one: '1 account is retrying by itself',
    retrying_other: '{{count}} accounts are retrying by themselves',
    rest: 'Nothing to do for the other {{count}}',
    nextUp: 'Next: {{name}}, ',
    nothingPlanned: 'No refresh is planned',
    list: 'All accounts',
    actions: 'Actions for {{name}}',
  },
  token: {
    title: 'Token',
    expiresAt: 'expires at {{time}}',
    expiredAt: 'expired at {{time}}',
    none: 'No token yet',
    noneText: "The token appears here after WeChat's first answer.",
    noneFailed: 'The latest request brought no token.',
    fingerprint: 'Fingerprint',
    fingerprintWhy:
      "The first 8 digits of the token's SHA-256: tells whether two places hold the same token, and does not give the token away",
    obtained: 'Obtained',
    value: 'Token text',
    masked: 'hidden',
    reveal: 'Show',
    hide: 'Hide',
    revealNote: 'Hidden again after 30 seconds. Showing it is recorded in the history.',
    copy: 'Copy token',
    verify: 'Check that the token works',
    verifying: 'Checking…',
    valid: 'WeChat accepts this token (checked at {{time}})',
    invalid:
      'The token no longer works (code {{code}}, checked at {{time}}); the console is getting a new one.',
    unclear:
      'WeChat did not say whether this token works (code {{code}}, checked at {{time}}). The token was not changed; see what the code means.',
    previous: 'Old token usable for {{time}}',
    previousWhy: 'Fingerprint {{fingerprint}}; business servers change over to the new token in this time',
    aheadIn: 'Refreshes ahead in {{time}}',
    aheadNote: 'Refreshed {{lead}} before it expires',
    aheadStable: 'The stable line renews within the last 5 minutes',
    noPlan: 'No refresh is planned',
    liveAnyway: 'The present token still works; business servers are not affected.',
    deadNow: 'There is no usable token; calls of business servers fail.',
  },
  account: {
    refresh: 'Refresh',
    fetch: 'Fetch a token',
    refreshing: 'Refreshing',
    menu: 'More actions',
    edit: 'Edit account',
    pause: 'Pause',
    resume: 'Resume',
    replaceSecret: 'Replace AppSecret',
    remove: 'Remove account',
    force: 'Force a refresh…',
    drill: 'Leaked token…',
    move: 'Move to the stable line…',
    unknown: 'There is no such account',
    unknownText: 'It may have been removed, or the address is wrong.',
    back: 'Back to the overview',
    details: 'Account details',
    leadSeconds: 'Refresh ahead',
    apiBase: 'API address',
    secret: 'AppSecret',
    callerIp: 'Outgoing IP',
    callerIpNone: 'WeChat has not reported one yet',
    minutes: '{{value}} min',
    seconds: '{{value}} s',
    lastAttempt: 'Latest attempt',
    noAttempt: 'WeChat has not been asked yet',
    recent: 'Latest records',
    allHistory: 'Whole history',
    noHistory: 'No records yet.',
    historyFailed: 'The history could not be read.',
    tryAgain: 'Try again',
  },
  secretState: {
    stored: 'Kept in the vault',
    'session-only': 'Kept for this run only; to be entered again after a restart',
    missing: 'No AppSecret',
    locked: 'The vault is locked and cannot be read',
  },
  strip: {
    title: 'Last 24 hours',
    summary: '{{granted}} granted, {{other}} not',
    none: 'WeChat was not asked in the last 24 hours',
    hint: 'Use the left and right arrow keys to go through them',
    from: '24 hours ago',
    to: 'now',
  },
  error: { noCode: 'No error code', notGiven: 'not given' },
  refresh: {
    cancel: 'Cancel',
    started: 'Asking WeChat…',
    runningFor: 'Refreshing {{seconds}} s',
    sameToken:
      'WeChat gave the same token again. The stable line renews only within the last 5 minutes; that is as it should be.',
    gotNew: 'There is a new token.',
    stableHint:
      'Stable line: renewed only within the last 5 minutes; a refresh before that brings the same token',
    kill: {
      title: 'Refresh the token of "{{name}}"',
      text: 'On the standard line every refresh makes a new token. The old one stops working within 5 minutes; business servers have to change over before that.',
      left: 'The present token works for another {{time}} and the console refreshes it in time by itself; this is seldom needed by hand.',
      confirm: 'Refresh',
    },
    blocked: {
      title: 'Try "{{name}}" early',
      text: 'The block after the refusal lasts another {{time}}. A request now will most likely be refused again, and another refusal may block this IP for long.',
      talk: 'Go on only after agreeing with the administrator that the next message will be confirmed.',
      stable: 'This forces a refresh: if it succeeds, the present token works for 5 minutes more at most.',
      check: 'I have talked to the administrator',
      confirm: 'Try all the same',
    },
    force: {
      title: 'Force a refresh of "{{name}}"',
      text: 'Brings a new token right away; the present one works for 5 minutes more at most. Seldom needed: only when something may be wrong with the token.',
      effect: 'Calls under way may get 40001 (invalid token) until business servers have the new token.',
      confirm: 'Force refresh',
    },
  },
  copy: {
    copied: 'Copied',
    copiedClears: 'Copied, cleared in {{seconds}} s',
    failed: 'Could not be copied; please select it by hand',
    appId: 'Copy AppID',
    ip: 'Copy IP',
    token: 'Copy the token of "{{name}}"',
    command: 'Copy command',
  },
  form: {
    save: 'Save',
    cancel: 'Cancel',
    appId: 'AppID',
    appIdHint: 'Begins with wx, then 16 digits or lowercase letters a–f',
    appIdUpper: 'An AppID has lowercase letters only; changed for you',
    tidied: 'Spaces and invisible characters were taken out',
    appIdFault: {
      length: 'Must be wx and 16 digits or letters a–f, 18 characters in all; this has {{length}}',
      sign: 'Character {{at}}, "{{sign}}", is wrong: must be wx and 16 digits or letters a–f',
      secret: 'This looks like the AppSecret; it goes into the field below. An AppID begins with wx',
      original:
        'This is the original ID (gh_…); the AppID begins with wx and is on the page of the AppSecret',
      corp: 'This is a WeCom corp ID (ww…); only official accounts and mini programs can be added here',
    },
    appIdTaken: 'This AppID has been added already',
    openTaken: 'Open that account',
    name: 'Name',
    nameHint: 'Shown in the console only, "Shop service account" for one; at most 64 characters',
    nameFault: {
      empty: 'Please enter a name',
      long: 'At most 64 characters',
      banned:
        'Has a line break, a tab or a sign that changes the direction of text; please type it anew without',
    },
    secret: 'AppSecret',
    newSecret: 'New AppSecret',
    secretHint: 'Never shown again after saving, and never leaves the console on this machine',
    secretFault: {
      empty: 'Please enter the AppSecret',
      sign: 'An AppSecret has no "{{sign}}"; please check what was pasted',
      masked:
        'This is the AppSecret hidden behind *, not the AppSecret itself. WeChat does not show it again: if it was not kept, it has to be reset',
      'app-id': 'This is the AppID; please enter the AppSecret',
      long: 'At most 128 characters',
    },
    secretOdd: {
      capitals:
        'An AppSecret usually has lowercase letters only; this has capitals, please check. If you are sure, it can be saved.',
      shape:
        'Usually 32 digits and lowercase letters a–f; this has {{length}} characters. If you are sure, it can be saved.',
    },
    kind: 'Kind of account',
    kindOfficial: 'Official Account',
    kindOfficialHint: 'The outgoing IP must be on the whitelist',
    kindMini: 'Mini Program or Mini Game',
    kindMiniHint: 'The whitelist is optional; if switched on, this machine must be on it',
    line: 'Line',
    lineStable: 'Stable (recommended)',
    lineStableHint:
      "Not disturbed by systems that refresh on the standard line; asking again brings the same token while it lives. Every system that uses this account's token has to take it from the console.",
    lineStandard: 'Standard',
    lineStandardHint:
      'Every refresh makes the previous token invalid. Only where some system still needs this line; make sure that nothing but the console refreshes.',
    advanced: 'Advanced',
    apiBase: 'API address',
    apiBaseHint: 'https://api.weixin.qq.com if left empty',
    apiBaseBad: 'Must be an https address without a path (http only on this machine)',
    lead: 'Refresh ahead (seconds)',
    leadHint: 'How long before its end a token of the standard line is refreshed: 60 to 3600, usually 600',
    leadBad: 'Must be a whole number from 60 to 3600',
  },
  add: {
    title: 'Add an account',
    submit: 'Add and fetch a token',
    submitting: 'Adding…',
    where: 'Where to find AppID and AppSecret',
    whereOfficial:
      'WeChat developer platform (developers.weixin.qq.com/platform), log in by scanning → 我的业务 (my services) → Official Account → 基础信息 (basic information) → 开发密钥 (development keys).',
    whereMini:
      'WeChat Official Accounts platform (mp.weixin.qq.com) → 管理 (manage) → 开发管理 (development) → 开发设置 (settings).',
    whereOnce:
      'An AppSecret is shown once, when it is enabled or reset; WeChat does not keep it. A reset makes the old one invalid at once: make sure that no other system uses it.',
    whereWho: 'Only WeChat users bound as administrator or developer get in.',
    problem: 'The account was not added',
  },
  edit: {
    title: 'Edit "{{name}}"',
    secretNeeded:
      "This is not an address of WeChat's, and the AppSecret will be sent there. Enter it once more to confirm",
    secretWrong: 'This is not the AppSecret of this account',
    lineChange:
      'After a change of line the console asks for a token on the new line at once. Tokens of the two lines do not affect each other.',
  },
  replace: {
    title: 'Replace the AppSecret of "{{name}}"',
    firstTitle: 'Enter the AppSecret of "{{name}}"',
    firstText:
      'The console first tries it with one request to WeChat. It is kept if WeChat accepts it; otherwise nothing changes.',
    text: 'The console first tries the new AppSecret with one request to WeChat that does not affect the token in use. If WeChat accepts it, it replaces the old one; otherwise nothing changes.',
    submit: 'Try and save',
    goesTo:
      "The API address of this account is {{address}}, which is not WeChat's: the AppSecret will be sent there.",
    mayGo: 'That address is ours; it may be sent there',
    mayGoNeeded: 'Confirm the address, or set it back to one of WeChat under "Edit" first',
  },
  remove: {
    title: 'Remove "{{name}}"',
    text: 'AppSecret and token are deleted from the vault and the console no longer refreshes it. The AppSecret cannot be got back from here.',
    live: 'With WeChat the present token stays valid until {{time}}, but business servers no longer get it from the console.',
    forget: 'Delete its history as well',
    confirm: 'Remove',
  },
  history: {
    title: 'History',
    lead: 'Every request to WeChat for a token, and every time one was shown, copied or checked.',
    filters: 'Filters',
    account: 'Account',
    outcome: 'Outcome',
    trigger: 'Cause',
    period: 'Time',
    errcode: 'Error code',
    errcodeBad: 'Must be a whole number',
    any: 'All',
    hour: 'Last hour',
    day: 'Last 24 hours',
    week: 'Last 7 days',
    always: 'All time',
    clear: 'Clear filters',
    none: 'No records match.',
    more: 'Load more',
    loading: 'Reading…',
    end: 'There are no older records',
    failed: 'The history could not be read.',
    removed: 'Removed account',
    list: 'History records',
    newToken: 'Token',
  },
  errors: {
    title: 'Error codes',
    lead: "WeChat's error codes and network faults: what they mean, why they happen, what to do, and what the console does by itself.",
    search: 'Search by code or words, such as 40164 or whitelist',
    class: 'Class',
    allClasses: 'All classes',
    count: '{{count}} entries',
    found_one: '1 found; Enter opens it',
    found_other: '{{count}} found; Enter opens the first',
    none: 'Nothing found. Try another word, or only the digits of the code.',
    failed: 'The catalogue of error codes could not be read.',
    back: 'All error codes',
    cause: 'Why it happens',
    action: 'What to do',
    itself: 'What the console does by itself',
    source: 'Source',
    text: "WeChat's text",
    unknown: 'The catalogue has no entry for {{code}}.',
    unknownCause:
      'WeChat has many error codes and adds new ones. The catalogue holds only those that concern tokens.',
    unknownFind: "Find the request in the history, open its technical details and read WeChat's text.",
    unknownHistory: 'This code in the history',
    unknownRid:
      "Copy the rid from there (WeChat's number for the request) and paste it into WeChat's API diagnosis tool.",
    unknownAsk:
      "If that does not settle it, copy all details and hand them to a developer or to WeChat's support.",
  },
  errorClass,
  classDoes: {
    transient:
      'Tries again: after 1 second, then twice as long each time, up to 5 minutes while a token lives and 60 seconds when none does.',
    quota: 'Tries again after 30 minutes, then twice as long each time, up to 4 hours.',
    'not-whitelisted':
      'Tries every 5 minutes for the first hour, then every 30 minutes, and shows the IP that WeChat sees.',
    'awaiting-admin': 'Tries every 5 minutes, 12 times at most; after that only a person tries again.',
    refused: 'Does not try by itself; shows when the block ends.',
    secret: 'Does not ask again until the AppSecret is replaced or a person tries.',
    account: 'Does not ask again until the account is changed or a person tries.',
    unknown:
      'Tries again after 1 minute, then twice as long each time, up to 30 minutes, and shows the raw text.',
    use: 'Not met when asking for a token. Refreshes at once when a regular check finds the token dead.',
  },
  vaultKind: { keychain: "the system's keychain", file: 'an encrypted file', memory: 'memory' },
  vaultKindText: {
    keychain:
      "AppSecrets and tokens are in the operating system's keychain, readable only after this user logs in.",
    file: 'AppSecrets and tokens are in an encrypted file, opened with a key file.',
    memory: 'AppSecrets and tokens are in memory only and have to be entered again after the console ends.',
  },
  vaultStatus: { ready: 'Ready', locked: 'Locked', unavailable: 'Not available' },
  vaultStatusText: {
    locked:
      "The vault is locked and the console cannot read the AppSecrets. Unlock the system's keychain and the console goes on; present tokens work until they expire.",
    unavailable:
      "There is no usable vault on this machine. An AppSecret entered now is kept for this run only. Start the system's keychain service, or use an encrypted file with --vault file.",
  },
  notice: {
    demo: 'Demo: accounts and tokens are made up, WeChat is not contacted, nothing is kept.',
    'ledger-set-aside':
      'The disk damaged the database, and the console has mended it: what could be read was taken over, some of the history may be missing. Check the accounts and business servers, and the disk. The old file: {{detail}}',
    'ledger-restored':
      'The database had lost its last changes (a power cut, most likely). Accounts, keys and settings are back from the copy; some of the history may be missing. Please check the accounts and business servers.',
    'accounts-missing':
      'The vault keeps AppSecrets of accounts that the database does not know ({{total}}): it was lost or damaged, most likely. Add them again, or restore a backup:',
    'folder-gone':
      'The data folder was deleted, moved or replaced: from now on nothing is kept, while tokens are refreshed as usual. Put the folder back and start the console again.',
    'folder-taken':
      'The data folder is not the one that was opened, and another console runs in it: this one asks WeChat for nothing any more, so that they do not end each other’s tokens. Quit this one.',
    takeNote: 'Noted',
    'ledger-failing':
      'The history cannot be written; tokens are refreshed as usual. Check free disk space and write access to the data folder. Reason: {{detail}}',
    'clock-off': {
      ahead:
        "This machine's clock is {{time}} ahead of WeChat's. The tokens' ends are reckoned from when each was received, so nothing is refreshed late. Switch on setting the time by the network, or the times in the history stay wrong.",
      behind:
        "This machine's clock is {{time}} behind WeChat's. The tokens' ends are reckoned from when each was received, so nothing is refreshed late. Switch on setting the time by the network, or the times in the history stay wrong.",
    },
    'policy-ignored':
      "The administrators' policy file cannot be followed; nothing in it is in force, and updates are off. Ask an administrator to look at it: {{detail}}",
    'vault-failing':
      "The vault cannot be written; AppSecrets and new tokens are in memory only and lost on a restart. Check the system's keychain. Reason: {{detail}}",
    'token-on-clipboard':
      'The copied token may still be on the clipboard: this desktop lets only the window in use clear it. Click in this window and it is cleared; copying anything else replaces it too.',
    'token-off-clipboard': 'The copied token is off the clipboard.',
    region: 'Notices',
  },
  link: {
    lost: 'Connection lost, reconnecting. What you see may be out of date.',
  },
  firstRun: {
    title: 'Keep every access_token alive',
    lead: 'The console keeps the AppSecrets, refreshes each token before it expires, and says what to do when something is wrong. Business servers take their token from here and no longer ask WeChat themselves.',
    add: 'Add the first account',
    addText: 'Takes an AppID and an AppSecret, and about a minute.',
    demo: 'Look at the demo first',
    demoText:
      'A built-in imitation of WeChat with ready-made accounts: no AppSecret, no network, nothing is kept.',
    demoOpen: 'Open the demo',
    demoElsewhere:
      "A built-in imitation of WeChat: no AppSecret, no network, nothing is kept. Run this in the project's folder, on the machine of the console:",
  },
  signIn: {
    title: 'The admin key is needed',
    lead: 'This page shows and manages tokens, so it opens with the key the console made when it started.',
    where:
      'The terminal that started the console shows an address that begins with http:// and contains #key=. Paste the whole address here, or just the key.',
    whereJson: 'Started with --json, the key is adminKey in the first line of output.',
    whereService:
      'Running as a service, there is a new key at each start, in the log of the service. On the server, run:',
    field: 'Key or address',
    submit: 'Open the console',
    working: 'Checking…',
    empty: 'Please paste the key or the address',
    'wrong-key':
      'This key is not right. The console may make a new one at each start: use the one shown last.',
    'too-many':
      'Too many wrong keys; the console has stopped checking for the moment. Wait a minute, then try again.',
    unreachable: 'The console could not be reached. Make sure it is running, then try again.',
  },
  commandError: {
    'invalid-input': 'Something does not fit. Please mend what is marked and try again; nothing was changed.',
    'unknown-command': 'Page and console are of different versions. Please reload the page.',
    unauthorized: 'The session has ended. Please open the page with the key the console shows.',
    'too-large': 'Too long for the console to accept. Please shorten it and try again.',
    'unknown-account':
      'The console has no such account; it may have been removed. Please go back to the overview.',
    'duplicate-account':
      'This AppID has been added already. Open that account; if it has no AppSecret, enter it there.',
    'too-many-accounts':
      'One console keeps 10,000 accounts at most; the rest were not added. Please remove some, or open another console.',
    'blocked-by-refusal':
      'The block after the refusal is not over, so nothing was asked. Talk to the administrator and wait until {{until}}.',
    'force-too-soon':
      'Forced refreshes must be 30 seconds apart; one too early does nothing. Try again after {{until}}.',
    'force-budget-used':
      "Today's 20 forced refreshes are used up. Try again after {{until}}, or reset the AppSecret.",
    'stable-line-only':
      'Forcing twice in a row is for the stable line only. This account is on the standard line: one refresh ends the old token within 5 minutes.',
    'secret-missing': 'There is no AppSecret for this account. Enter it under "Replace AppSecret".',
    'secret-locked':
      "The system's keychain is locked and the AppSecret cannot be read. Unlock it and try again.",
    'secret-rejected':
      'WeChat does not accept this AppSecret; nothing was changed. Check it and enter it again.',
    'secret-untested':
      'It could not be tried whether this AppSecret is right; nothing was changed. See to the reason below first, then try again.',
    'secret-needed':
      "This API address is not one of WeChat's; enter the AppSecret once more to use it. Nothing was changed.",
    'address-needed':
      "The API address of this account is not WeChat's. Confirm that the AppSecret may be sent there, or set the address back under “Edit” first. Nothing was changed.",
    'no-token': 'There is no usable token. Please refresh first.',
    'no-answer': 'WeChat did not answer, so it cannot be told. Check the network and try again.',
    'follows-another':
      'Another console asks WeChat for this account, and this one follows it. Do it there, or wait until that one has stopped and this one takes over.',
    'waits-for-plan':
      'Nothing was asked: asking now would only make it worse. The console asks again at {{until}}, or you refresh by hand.',
    'unknown-client': 'There is no such key of a business server; it may have been revoked.',
    'gateway-failed':
      'The gateway was not opened and the settings were not changed. The reason stands below.',
    'app-locked': 'The console is locked. Unlock it with its passphrase first.',
    'window-not-active':
      'Not copied: this desktop lets only the active window write the clipboard. Click in this window, then copy again.',
    'wrong-passphrase': 'That is not the passphrase; nothing was changed. Try once more.',
    managed: 'The administrators of this machine have settled this. Ask them if it has to change.',
    'not-on-this-host': 'Only the desktop app can do this. Use the desktop app.',
    'unreadable-file':
      'This is not a file of accounts from this console; nothing was added. Choose an export that ends in .json or .age.',
    'newer-file':
      'A newer version of the console has exported this file, and this one cannot read it yet. Update this console, then import.',
    'costly-file':
      "Opening this file would take more memory than one of the console's own, so it was not opened. Export it anew with a console.",
    'storage-failed': 'It could not be saved. Check the vault and free disk space, then try again.',
    closing: 'The console is closing. Start it again, then try again.',
    unreachable: 'The console could not be reached. Make sure it is running, then try again.',
    internal:
      'Something unexpected happened inside the console. Please try again; if it stays, send the log to the maintainers.',
    later: 'later',
  },
  fault: {
    title: 'This screen did not open',
    text: 'The console may have been updated, or the connection was lost. Reloading usually helps; tokens are refreshed all the same.',
    reload: 'Reload',
    details: 'Details',
  },
  announce: '{{name}}: {{phase}}',
  external: '(opens in the browser)',
};
