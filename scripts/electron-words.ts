/** What is said about the Electron runtime when it is not there, in both languages. Pure. */
import type { Fault } from './electron-sources.ts';

export interface Both {
  readonly en: string;
  readonly zh: string;
}

/** How far a download is. */
export interface Received {
  readonly bytes: number;
  /** Null: the source does not say. */
  readonly total: number | null;
  /** For how long nothing has come, in milliseconds. */
  readonly silentMs: number;
}

/** Why there is no runtime after all. */
export type Reason =
  | { readonly kind: 'no-source' }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'told-to-skip' }
  | { readonly kind: 'no-display' }
  | { readonly kind: 'override'; readonly folder: string }
  | { readonly kind: 'no-package' }
  | { readonly kind: 'no-build'; readonly system: string }
  | { readonly kind: 'disk'; readonly code: string; readonly folder: string }
  | { readonly kind: 'unpack'; readonly detail: string };

/** A silence of a few seconds is told, in milliseconds. */
const PAUSE = 3000;

const seconds = (ms: number) => Math.round(ms / 1000);
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** @param canSkip whether a Ctrl-C skips the download, and does not end everything */
export function starting(version: string, source: string, canSkip: boolean): Both {
  const en = canSkip ? ' Ctrl-C skips this and opens the console in a browser.' : '';
  const zh = canSkip ? '按 Ctrl-C 跳过，改在浏览器中打开控制台。' : '';
  return {
    en: `The Electron runtime ${version} is not on this machine yet: downloading it once, from ${source}.${en}`,
    zh: `本机还没有 Electron 运行环境 ${version}，正在从 ${source} 下载（只需一次）。${zh}`,
  };
}

export function receiving(source: string, received: Received, canSkip: boolean): Both {
  const { en, zh } = amount(received);
  return {
    en: `${source}: ${en}${canSkip ? ' (Ctrl-C skips)' : ''}`,
    zh: `${source}：${zh}${canSkip ? '（Ctrl-C 跳过）' : ''}`,
  };
}

function amount({ bytes, total, silentMs }: Received): Both {
  const pause = seconds(silentMs);
  if (bytes === 0) return { en: `waiting for an answer, ${pause} s`, zh: `等待回应，${pause} 秒` };
  const part = total === null ? '' : ` (${Math.floor((bytes / total) * 100)} %)`;
  const of = (word: string) => (total === null ? '' : `${word}${megabytes(total)}`);
  const isPaused = silentMs >= PAUSE;
  return {
    en: `${megabytes(bytes)}${of(' of ')} MB${part}${isPaused ? `, nothing for ${pause} s` : ''}`,
    zh: `${megabytes(bytes)}${of(' / ')} MB${part}${isPaused ? `，${pause} 秒没有数据` : ''}`,
  };
}

/** Why a source was given up, and which is asked now. @param next null: it was the last one */
export function givenUp(source: string, fault: Exclude<Fault, { kind: 'disk' }>, next: string | null): Both {
  const { en, zh } = faultWords(fault);
  return {
    en: `${source} ${en}.${next === null ? '' : ` Trying ${next} now.`}`,
    zh: `${source} ${zh}。${next === null ? '' : `改从 ${next} 下载。`}`,
  };
}

function faultWords(fault: Exclude<Fault, { kind: 'disk' }>): Both {
  switch (fault.kind) {
    case 'silent': {
      const s = seconds(fault.afterMs);
      return { en: `has sent nothing for ${s} s`, zh: `${s} 秒没有任何回应` };
    }
    case 'stalled': {
      const s = seconds(fault.afterMs);
      return { en: `stopped in the middle, ${s} s ago`, zh: `传到一半停了 ${s} 秒` };
    }
    case 'status':
      return { en: `answered with HTTP ${fault.status}`, zh: `返回 HTTP ${fault.status}` };
    case 'unreachable':
      return { en: `cannot be reached (${fault.code})`, zh: `连接不上（${fault.code}）` };
    case 'broken-off':
      return { en: `broke off in the middle (${fault.code})`, zh: `中途断开（${fault.code}）` };
    case 'wrong-file':
      return {
        en: 'sent a file without the checksum that the electron package names; it was thrown away',
        zh: '发来的文件与 electron 包里的校验和不符，已丢弃',
      };
  }
}

export function unpacking(ms: number): Both {
  const s = seconds(ms);
  return { en: `Unpacking, ${s} s`, zh: `正在解压，${s} 秒` };
}

export function ready(version: string): Both {
  return { en: `The Electron runtime ${version} is ready.`, zh: `Electron 运行环境 ${version} 已就绪。` };
}

/** What `npm run dist` says, which can do nothing without a runtime. */
export function noRuntime(reason: Reason): Both {
  const [why, advice] = [reasonWords(reason), adviceWords(reason)];
  return { en: `${why.en}. ${advice.en}`, zh: `${why.zh}。${advice.zh}` };
}

/** One line: why there is no desktop app, what opens in its place, what to do. @param browser whether one is opened */
export function instead(reason: Reason, browser: boolean): Both {
  const [why, advice] = [reasonWords(reason), adviceWords(reason)];
  const en = browser ? 'opens in a browser' : 'runs without a window, at the address below';
  const zh = browser ? '同一个控制台改在浏览器中打开' : '同一个控制台不开窗口运行，地址见下';
  return { en: `${why.en}: the same console ${en}. ${advice.en}`, zh: `${why.zh}：${zh}。${advice.zh}` };
}

/** Reasons that are always told in the same words. */
const PLAIN = {
  'no-source': {
    en: 'The Electron runtime is not on this machine and could not be downloaded',
    zh: '本机没有 Electron 运行环境，也没能下载到',
  },
  skipped: { en: 'The download was skipped', zh: '已跳过下载' },
  'told-to-skip': {
    en: 'The Electron runtime is not on this machine, and ELECTRON_SKIP_BINARY_DOWNLOAD is set',
    zh: '本机没有 Electron 运行环境，又设置了 ELECTRON_SKIP_BINARY_DOWNLOAD',
  },
  'no-display': {
    en: 'The desktop app needs a display, and this session has none (no DISPLAY, no WAYLAND_DISPLAY)',
    zh: '桌面应用需要图形界面，当前会话没有（DISPLAY 和 WAYLAND_DISPLAY 均为空）',
  },
  'no-package': { en: 'The electron package is not installed', zh: '没有安装 electron 包' },
} as const satisfies Partial<Record<Reason['kind'], Both>>;

function reasonWords(reason: Reason): Both {
  switch (reason.kind) {
    case 'override':
      return {
        en: `ELECTRON_OVERRIDE_DIST_PATH names ${reason.folder}, which holds no Electron`,
        zh: `ELECTRON_OVERRIDE_DIST_PATH 指向的 ${reason.folder} 里没有 Electron`,
      };
    case 'no-build':
      return {
        en: `There is no Electron runtime for ${reason.system}`,
        zh: `没有适合 ${reason.system} 的 Electron 运行环境`,
      };
    case 'disk':
      return {
        en: `The Electron runtime cannot be put into ${reason.folder} (${reason.code})`,
        zh: `Electron 运行环境无法写入 ${reason.folder}（${reason.code}）`,
      };
    case 'unpack':
      return {
        en: `The Electron runtime could not be unpacked (${reason.detail})`,
        zh: `Electron 运行环境解压失败（${reason.detail}）`,
      };
    default:
      return PLAIN[reason.kind];
  }
}

const WITHOUT_VARIABLE = {
  en: 'For the desktop app, start again without that variable.',
  zh: '想用桌面应用：去掉这个环境变量，再重新启动。',
};
const INSTALL_AGAIN = {
  en: 'For the desktop app, run npm ci and start again.',
  zh: '想用桌面应用：运行 npm ci，再重新启动。',
};
const ADVICE: Readonly<Record<Exclude<Reason['kind'], 'disk'>, Both>> = {
  'no-source': {
    en: 'For the desktop app, set ELECTRON_MIRROR to a mirror that this network reaches, or HTTPS_PROXY to your proxy, and start again.',
    zh: '想用桌面应用：把 ELECTRON_MIRROR 设为本网络能访问的镜像，或把 HTTPS_PROXY 设为代理，再重新启动。',
  },
  skipped: {
    en: 'The next start downloads again; with ELECTRON_SKIP_BINARY_DOWNLOAD=1 it does not.',
    zh: '下次启动会重新下载；设置 ELECTRON_SKIP_BINARY_DOWNLOAD=1 则不下载。',
  },
  'told-to-skip': WITHOUT_VARIABLE,
  override: WITHOUT_VARIABLE,
  'no-display': {
    en: 'For the desktop app, start it in a desktop session.',
    zh: '想用桌面应用：在图形桌面里启动。',
  },
  'no-build': { en: 'The desktop app needs another kind of machine.', zh: '桌面应用需要换一种机器。' },
  'no-package': INSTALL_AGAIN,
  unpack: INSTALL_AGAIN,
};

function adviceWords(reason: Reason): Both {
  return reason.kind === 'disk' ? diskAdvice(reason.code) : ADVICE[reason.kind];
}

function diskAdvice(code: string): Both {
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return {
      en: 'For the desktop app, make 600 MB of room and start again.',
      zh: '想用桌面应用：腾出 600 MB 空间，再重新启动。',
    };
  }
  return {
    en: 'For the desktop app, make that folder writable and start again.',
    zh: '想用桌面应用：让这个目录可写，再重新启动。',
  };
}
