/** What is settled before the app is ready: its options, its data folder; and how a failed start is told. */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { app, dialog } from 'electron';
import { LedgerError } from '../ledger/ledger.ts';
import { makeFolder } from '../lib/folders.ts';
import type { VaultKind } from '../vault/vault.ts';
import { AUTOSTART } from './login.ts';

export interface DesktopOptions {
  readonly demo: boolean;
  readonly dataDir: string;
  readonly vault: VaultKind;
  readonly vaultKeyFile: string | undefined;
  /** The passphrase was forgotten: it is to go, and every AppSecret with it. */
  readonly resetLock: boolean;
}

/**
 * Reads `--demo`, `--data-dir`, `--vault`, `--vault-key-file` and `--reset-lock`; Electron's and Chromium's own
 * switches beside them are left alone. A vault that does not exist is the keychain.
 */
export function optionsIn(argv: readonly string[], usualDataDir: string): DesktopOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    options: { demo: flag, 'reset-lock': flag, 'data-dir': text, vault: text, 'vault-key-file': text },
  });
  const path = (value: unknown) => (typeof value === 'string' && value !== '' ? resolve(value) : undefined);
  return {
    demo: values.demo === true,
    dataDir: path(values['data-dir']) ?? usualDataDir,
    vault: values.vault === 'file' || values.vault === 'memory' ? values.vault : 'keychain',
    vaultKeyFile: path(values['vault-key-file']),
    resetLock: values['reset-lock'] === true && values.demo !== true,
  };
}

/**
 * What a person's start of this app would say. From this process's own arguments: Chromium hands on those of a second
 * start with all switches first, parted from their values (base/command_line.cc).
 */
export function argumentsAsked(argv: readonly string[]): string[] {
  return argv.slice(1).filter((word) => word !== AUTOSTART && word !== '--reset-lock');
}

/** Windows shows notifications under the shortcut with this id: electron-builder.yml's appId. */
const APP_ID = 'app.wechat-token-console';

function removeOnQuit(folder: string): void {
  app.once('quit', () => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Windows does not let go of files that Chromium still has open: the next demo removes them.
    }
  });
}

/**
 * Makes `userData` the data folder, before the single-instance lock is taken: the lock is held per `userData`, so
 * consoles with different folders do not get in each other's way. A demo gets a new folder that goes when it quits.
 * Returns it; throws a LedgerError when it cannot be made.
 */
export function settleDataFolder(
  { demo, dataDir }: Pick<DesktopOptions, 'demo' | 'dataDir'>,
  makeDemoFolder: () => string,
): string {
  try {
    const folder = demo ? makeDemoFolder() : dataDir;
    if (demo) removeOnQuit(folder);
    else makeFolder(folder);
    app.setPath('userData', folder);
    if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
    return folder;
  } catch (error) {
    throw new LedgerError('not-writable', error instanceof Error ? error.message : String(error));
  }
}

const WORDS = {
  zh: {
    title: '控制台无法启动',
    'not-writable': '数据文件夹无法写入。请检查磁盘空间和文件夹权限，然后重新打开。',
    'open-to-others': '这台机器的其他用户能改动数据文件夹。请先收回他们的写权限，然后重新打开。',
    held: '另一个控制台正在使用这个数据文件夹。请先关闭它，然后重新打开。',
    'newer-version': '数据由更新版本的控制台写入。请安装最新版本后再打开。',
    other: '发生了意外错误。',
  },
  en: {
    title: 'The console cannot start',
    'not-writable':
      'The data folder cannot be written to. Check disk space and permissions, then open it again.',
    'open-to-others':
      'Other users of this machine can change the data folder. Take that right away, then open it again.',
    held: 'Another console is using this data folder. Close it first, then open this one again.',
    'newer-version':
      'The data was written by a newer version of the console. Install that version, then open it.',
    other: 'Something unexpected happened.',
  },
} as const;

/**
 * Shows why the console cannot start, in the system's language, and ends with interfaces.md's exit code. Waits until
 * the app is ready: before that Linux has no error box, and writes to stderr (Electron's docs/api/dialog.md).
 */
export async function failToStart(error: unknown): Promise<void> {
  await app.whenReady();
  const words = WORDS[app.getPreferredSystemLanguages()[0]?.startsWith('zh') ? 'zh' : 'en'];
  const [reason, code] =
    error instanceof LedgerError ? [error.reason, error.exitCode] : ['other' as const, 1];
  const detail = error instanceof Error ? error.message : String(error);
  dialog.showErrorBox(words.title, `${words[reason]}\n\n${detail}`);
  app.exit(code);
}
