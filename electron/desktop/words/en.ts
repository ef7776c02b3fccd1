import type { NoticeFacts, Words } from './zh.ts';

const SECRET = {
  missing: 'There is no AppSecret. Enter it again.',
  locked: 'The system’s keychain is locked. Unlock it first.',
  frozen: 'The AppSecret is frozen. Unfreeze it on WeChat’s platform first.',
  wrong: 'WeChat does not accept the AppSecret. Check or replace it.',
};

const accounts = (count: number) => (count === 1 ? '1 account' : `${count} accounts`);

export const en: Words = {
  locale: 'en-GB',
  appName: 'WeChat Token Console',
  duration: (hours, minutes) =>
    [hours > 0 ? `${hours} h` : '', minutes > 0 || hours === 0 ? `${minutes} min` : '']
      .filter(Boolean)
      .join(' '),
  underAMinute: 'less than 1 min',
  fact: {
    'awaiting-admin': 'Waiting for the administrator',
    refused: 'Refused by the administrator',
    whitelist: 'IP not on the whitelist',
    secret: 'AppSecret problem',
    account: 'Account problem',
    retrying: 'Retrying',
    paused: 'Paused',
    fetching: 'No token yet',
  },
  tray: {
    none: 'No accounts yet',
    allLive: (count) => (count === 1 ? 'The account is live' : `${count} accounts, all live`),
    needYou: (count) => (count === 1 ? '1 account needs you' : `${count} accounts need you`),
    retrying: (count) => `${accounts(count)} retrying`,
    locked: 'The console is locked',
    left: (left) => `Token: ${left} left`,
    noToken: 'No usable token',
    more: (count) => `… and ${count} more`,
    copy: 'Copy token',
    refresh: 'Refresh',
    refreshAsk: 'Refresh…',
    open: 'Open',
    show: 'Show the console',
    unlock: 'Unlock…',
    quit: 'Quit',
  },
  refresh: {
    message: (name) => `Refresh the token of “${name}” now?`,
    detail: 'The old token ends within 5 minutes; business servers that still use it will fail.',
    confirm: 'Refresh',
    cancel: 'Cancel',
  },
  notice: {
    'awaiting-admin': ({ name, ip }: NoticeFacts) => ({
      title: `${name}: waiting for the administrator`,
      body: `Ask the administrator to confirm ${ip ? `IP ${ip}` : 'this machine’s IP'} in WeChat. The console then goes on by itself.`,
    }),
    refused: ({ name, until }) => ({
      title: `${name}: refused by the administrator`,
      body: until
        ? `It can be tried again after ${until}. Talk to the administrator first.`
        : 'Talk to the administrator first, then try again.',
    }),
    whitelist: ({ name, ip }) => ({
      title: `${name}: IP not on the whitelist`,
      body: `Add ${ip ?? 'this machine’s IP'} to the API IP whitelist; it takes a few minutes. The console tries again by itself.`,
    }),
    secret: ({ name, secret }) => ({ title: `${name}: AppSecret problem`, body: SECRET[secret] }),
    overwritten: ({ name }) => ({
      title: `${name}: refreshed by another system`,
      body: 'Another system fetches tokens of this account. The console gets a new one; find that system, or move to the stable line.',
    }),
    failing: ({ name, left }) => ({
      title: left === null ? `${name}: no usable token` : `${name}: token has ${left} left`,
      body: 'Refreshing keeps failing; the console goes on trying. Open it to see why.',
    }),
    recovered: ({ name }) => ({
      title: `${name}: live again`,
      body: 'The new token works. Nothing is left to do.',
    }),
  },
  summary: (count, names) => ({ title: `${accounts(count)} changed`, body: `${names}. Open to see.` }),
  nameList: (names, isCut) => (isCut ? `${names} and others` : names),
  listComma: ', ',
  stays: {
    title: 'The console is still running',
    tray: 'Tokens go on being refreshed. Click the tray icon to open it again; to quit, choose Quit in the tray menu.',
    dock: 'Tokens go on being refreshed. Click the Dock icon to open it again; to quit, press ⌘Q.',
    taskbar:
      'This desktop has no tray, so the window was minimised and tokens go on being refreshed. To quit, choose Quit in the menu.',
  },
  notCopied: (name) => ({
    title: `The token of “${name}” is not copied yet`,
    body: 'This desktop lets only the active window write the clipboard. Press Copy token on the page that opens.',
  }),
  onClipboard: {
    title: 'The token may still be on the clipboard',
    body: 'This desktop lets only the window in use clear it. Click in the console’s window and it is cleared; copying anything else replaces it too.',
  },
  touchId: 'unlock WeChat Token Console',
  update: {
    message: (version) => `Install ${version} and start again?`,
    detail: (from) =>
      `The new version comes from ${from}. The console closes, is updated and opens again, usually within a minute. Meanwhile business servers get no token from it; those they have go on working. If you do not know this source, choose Later.`,
    confirm: 'Install and restart',
    cancel: 'Later',
  },
  crashed: {
    message: 'The page keeps ending unexpectedly',
    detail:
      'The console itself is running and tokens are refreshed as usual. Load the page again; if that does not help, quit and open the app anew. The log is under Help → Show Logs.',
    confirm: 'Load again',
    cancel: 'Later',
  },
  resetLock: {
    message: 'Remove the passphrase and every AppSecret?',
    detail:
      'This is the way to begin again when the passphrase is forgotten: it, and the AppSecret and token of every account, leave this machine. Accounts and history stay. Enter the AppSecret of each account again afterwards.',
    confirm: 'Remove all',
    cancel: 'Cancel',
  },
  menu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    account: 'Account',
    window: 'Window',
    help: 'Help',
    about: 'About WeChat Token Console',
    add: 'Add Account…',
    settings: 'Settings…',
    search: 'Search Accounts',
    refresh: 'Refresh',
    copyToken: 'Copy Token',
    next: 'Next Account',
    previous: 'Previous Account',
    lock: 'Lock Now',
    quit: 'Quit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    reload: 'Reload',
    devTools: 'Developer Tools',
    actualSize: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Toggle Full Screen',
    close: 'Close Window',
    minimize: 'Minimise',
    zoom: 'Zoom',
    front: 'Bring All to Front',
    services: 'Services',
    hide: 'Hide WeChat Token Console',
    hideOthers: 'Hide Others',
    unhide: 'Show All',
    shortcuts: 'Keyboard Shortcuts',
    documentation: 'WeChat’s Documentation: access_token',
    logs: 'Show Logs',
    diagnostics: 'Copy Diagnostics',
    licences: 'Open-Source Licences',
  },
  about: {
    copyright: 'MIT licence. Not affiliated with Tencent.',
    credits: 'Keeps the access_token of every Official Account and Mini Program alive.',
  },
};
