/** What is settled before the app is ready: its options, its data folder; and how a failed start is told. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { app, dialog } from 'electron';
import { LedgerError } from '../ledger/ledger.ts';

export interface DesktopOptions {
  readonly demo: boolean;
  readonly dataDir: string;
}

/** Reads `--demo` and `--data-dir DIR`, which is `usual` unless given; Electron's and Chromium's own switches beside them are left alone. */
export function optionsIn(argv: readonly string[], usual: string): DesktopOptions {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    options: { demo: { type: 'boolean' }, 'data-dir': { type: 'string' } },
  });
  const dataDir = values['data-dir'];
  return {
    demo: values.demo === true,
    dataDir: typeof dataDir === 'string' && dataDir !== '' ? resolve(dataDir) : usual,
  };
}

function removeOnQuit(folder: string): void {
  app.once('quit', () => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Windows does not let go of files that Chromium still has open; the system's own clean-up remains.
    }
  });
}

/**
 * Makes `userData` the data folder, before the single-instance lock is taken: the lock is held per `userData`, so
 * consoles with different folders do not get in each other's way. A demo gets a folder that goes when it quits.
 * Throws a LedgerError when the folder cannot be made.
 */
export function settleDataFolder({ demo, dataDir }: DesktopOptions): void {
  try {
    if (demo) {
      const passing = mkdtempSync(join(tmpdir(), 'wechat-token-console-demo-'));
      removeOnQuit(passing);
      app.setPath('userData', passing);
    } else {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      app.setPath('userData', dataDir);
    }
  } catch (error) {
    throw new LedgerError('not-writable', error instanceof Error ? error.message : String(error));
  }
}

const WORDS = {
  zh: {
    title: '控制台无法启动',
    'not-writable': '数据文件夹无法写入。请检查磁盘空间和文件夹权限，然后重新打开。',
    held: '另一个控制台正在使用这个数据文件夹。请先关闭它，然后重新打开。',
    'newer-version': '数据由更新版本的控制台写入。请安装最新版本后再打开。',
    other: '发生了意外错误。',
  },
  en: {
    title: 'The console cannot start',
    'not-writable':
      'The data folder cannot be written to. Check disk space and permissions, then open it again.',
    held: 'Another console is using this data folder. Close it first, then open this one again.',
    'newer-version':
      'The data was written by a newer version of the console. Install that version, then open it.',
    other: 'Something unexpected happened.',
  },
} as const;

/** Shows why the console cannot start, in the system's language, and ends with interfaces.md's exit code. */
export function failToStart(error: unknown): void {
  const words = WORDS[app.getPreferredSystemLanguages()[0]?.startsWith('zh') ? 'zh' : 'en'];
  const [reason, code] =
    error instanceof LedgerError ? [error.reason, error.exitCode] : ['other' as const, 1];
  const detail = error instanceof Error ? error.message : String(error);
  dialog.showErrorBox(words.title, `${words[reason]}\n\n${detail}`);
  app.exit(code);
}
