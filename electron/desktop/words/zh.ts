/** The words of the main process: tray, notices, menu, dialogs. The same word for the same thing as in the page. */
import type { SecretFault } from '../need.ts';

/** What a notice may need to say more than the account's name. */
export interface NoticeFacts {
  readonly name: string;
  readonly ip: string | null;
  /** When WeChat hears the console again, already written out. */
  readonly until: string | null;
  /** What is left of the token, written out; null: it has ended. */
  readonly left: string | null;
  readonly secret: SecretFault;
}

const SECRET = {
  missing: '没有 AppSecret，请重新填写。',
  locked: '系统的密钥库锁着，请先解锁。',
  frozen: 'AppSecret 已被冻结，请先到微信平台解冻。',
  wrong: '微信不接受这个 AppSecret，请核对或更换。',
} satisfies Record<SecretFault, string>;

export const zh = {
  locale: 'zh-CN',
  appName: '微信令牌控制台',
  duration: (hours: number, minutes: number) =>
    [hours > 0 ? `${hours} 小时` : '', minutes > 0 || hours === 0 ? `${minutes} 分钟` : '']
      .filter(Boolean)
      .join(' '),
  underAMinute: '不到 1 分钟',
  fact: {
    'awaiting-admin': '等待管理员确认',
    refused: '管理员已拒绝',
    whitelist: 'IP 不在白名单',
    secret: 'AppSecret 有问题',
    account: '账号有问题',
    retrying: '自动重试中',
    paused: '已暂停',
    fetching: '还没有令牌',
  },
  tray: {
    none: '还没有账号',
    allLive: (count: number) => (count === 1 ? '账号正常' : `${count} 个账号都正常`),
    needYou: (count: number) => `${count} 个账号需要处理`,
    retrying: (count: number) => `${count} 个账号正在自动重试`,
    locked: '控制台已锁定',
    left: (left: string) => `令牌还有 ${left}`,
    noToken: '没有可用令牌',
    more: (count: number) => `… 还有 ${count} 个`,
    copy: '复制令牌',
    refresh: '刷新',
    refreshAsk: '刷新…',
    open: '打开',
    show: '显示控制台',
    unlock: '解锁…',
    quit: '退出',
  },
  refresh: {
    message: (name: string) => `现在刷新“${name}”的令牌？`,
    detail: '刷新后旧令牌 5 分钟内失效，还在用旧令牌的业务服务器会出错。',
    confirm: '刷新',
    cancel: '取消',
  },
  notice: {
    'awaiting-admin': ({ name, ip }: NoticeFacts) => ({
      title: `${name}：等待管理员确认`,
      body: `请管理员在微信里确认${ip ? ` IP ${ip}` : '这台机器的 IP'}。确认后控制台会自动继续。`,
    }),
    refused: ({ name, until }: NoticeFacts) => ({
      title: `${name}：管理员已拒绝`,
      body: until ? `${until} 之后才能再试。请先与管理员商定。` : '请先与管理员商定，再重试。',
    }),
    whitelist: ({ name, ip }: NoticeFacts) => ({
      title: `${name}：IP 不在白名单`,
      body: `请把${ip ? ` ${ip} ` : '这台机器的 IP '}加入 API IP 白名单，几分钟后生效。控制台会自动重试。`,
    }),
    secret: ({ name, secret }: NoticeFacts) => ({ title: `${name}：AppSecret 有问题`, body: SECRET[secret] }),
    overwritten: ({ name }: NoticeFacts) => ({
      title: `${name}：令牌被别处刷新`,
      body: '另一个系统也在取这个账号的令牌。控制台会换上新令牌；请找出那个系统，或换到稳定版。',
    }),
    failing: ({ name, left }: NoticeFacts) => ({
      title: left === null ? `${name}：没有可用令牌` : `${name}：令牌还有 ${left}`,
      body: '刷新一直没有成功，控制台会继续重试。打开可以看到原因。',
    }),
    recovered: ({ name }: NoticeFacts) => ({ title: `${name}：已恢复`, body: '新令牌有效，不用再做什么。' }),
  },
  summary: (count: number, names: string) => ({
    title: `${count} 个账号有变化`,
    body: `${names}。打开查看。`,
  }),
  nameList: (names: string, isCut: boolean) => (isCut ? `${names} 等` : names),
  listComma: '、',
  stays: {
    title: '控制台仍在运行',
    tray: '令牌会继续刷新。要再打开，点托盘图标；要退出，用托盘菜单里的“退出”。',
    dock: '令牌会继续刷新。要再打开，点程序坞图标；要退出，按 ⌘Q。',
    taskbar: '这个桌面没有托盘，窗口已最小化，令牌会继续刷新。要退出，用菜单里的“退出”。',
  },
  notCopied: (name: string) => ({
    title: `还没有复制“${name}”的令牌`,
    body: '这个桌面只让活动窗口写剪贴板。请在打开的页面里点“复制令牌”。',
  }),
  onClipboard: {
    title: '令牌可能还在剪贴板上',
    body: '这个桌面只让正在使用的窗口清除剪贴板。切回控制台，点一下它的窗口就会清除；复制别的内容也会替换它。',
  },
  touchId: '解锁微信令牌控制台',
  update: {
    message: (version: string) => `安装 ${version} 并重新启动？`,
    detail: (from: string) =>
      `新版本来自 ${from}。控制台会退出，装好后自己重新打开，一般不到一分钟。这段时间业务服务器取不到令牌，已经取到的照常能用。不认识这个来源的话，请选“以后再说”。`,
    confirm: '安装并重启',
    cancel: '以后再说',
  },
  crashed: {
    message: '界面一再意外关闭',
    detail:
      '控制台本身还在运行，令牌照常刷新。可以重新加载界面；还是不行的话，请退出后重新打开，日志在“帮助 → 显示日志”。',
    confirm: '重新加载',
    cancel: '稍后',
  },
  resetLock: {
    message: '移除口令和所有 AppSecret？',
    detail:
      '忘了口令时可以这样重新开始：口令、所有账号的 AppSecret 和令牌都会从这台机器移除，账号和历史保留。之后请为每个账号重新填写 AppSecret。',
    confirm: '全部移除',
    cancel: '取消',
  },
  menu: {
    file: '文件',
    edit: '编辑',
    view: '显示',
    account: '账号',
    window: '窗口',
    help: '帮助',
    about: '关于微信令牌控制台',
    add: '添加账号…',
    settings: '设置…',
    search: '搜索账号',
    refresh: '刷新',
    copyToken: '复制令牌',
    next: '下一个账号',
    previous: '上一个账号',
    lock: '立即锁定',
    quit: '退出',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    selectAll: '全选',
    reload: '重新加载',
    devTools: '开发者工具',
    actualSize: '实际大小',
    zoomIn: '放大',
    zoomOut: '缩小',
    fullScreen: '切换全屏',
    close: '关闭窗口',
    minimize: '最小化',
    zoom: '缩放',
    front: '全部置于最前',
    services: '服务',
    hide: '隐藏微信令牌控制台',
    hideOthers: '隐藏其他',
    unhide: '全部显示',
    shortcuts: '键盘快捷键',
    documentation: '微信文档：access_token',
    logs: '显示日志',
    diagnostics: '复制诊断信息',
    licences: '开源许可',
  },
  about: {
    copyright: 'MIT 许可。与腾讯无关。',
    credits: '让每个公众号和小程序的 access_token 一直有效。',
  },
};

export type Words = typeof zh;
