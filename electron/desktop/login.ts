/** Starting when the person logs in: the system's own list, which has the last word. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { Console } from '../console/console.ts';
import type { Log } from '../log.ts';
import { followPreferences } from './follow.ts';
import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface LoginList {
  has(): boolean;
  set(isWanted: boolean): void;
}

/** Tells a start at login from a person's. */
export const AUTOSTART = '--autostart';

/** Where this system keeps what starts at login. */
export function loginList(platform: NodeJS.Platform, env: Env): LoginList {
  if (platform === 'linux') return autostartFile(env);
  // macOS tells by itself whether it opened the app at login; an app that is run from source needs its folder.
  const args = platform === 'darwin' ? {} : { args: [...sourceArgs().map(quoted), AUTOSTART] };
  return {
    has: () => app.getLoginItemSettings(args).openAtLogin,
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, ...args }),
  };
}

function sourceArgs(): string[] {
  return app.isPackaged ? [] : [app.getAppPath()];
}

const quoted = (text: string) => `"${text}"`;

/** https://specifications.freedesktop.org/autostart-spec: a desktop entry of the user's own. */
function autostartFile(env: Env): LoginList {
  const config = env.XDG_CONFIG_HOME || join(homedir(), '.config');
  const path = join(config, 'autostart', 'wechat-token-console.desktop');
  return {
    has() {
      try {
        const text = readFileSync(path, 'utf8');
        return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(text);
      } catch {
        return false;
      }
    },
    set(isWanted) {
      if (!isWanted) return rmSync(path, { force: true });
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, desktopEntry(env));
    },
  };
}

/** An AppImage is mounted elsewhere at every start: what stays is the file itself. */
function desktopEntry(env: Env): string {
  const command = [env.APPIMAGE || process.execPath, ...sourceArgs()].map(execWord);
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${en.appName}`,
    `Name[zh_CN]=${zh.appName}`,
    `Exec=${[...command, AUTOSTART].join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** A word of Exec: quoted, its special characters escaped twice (Desktop Entry Specification, "The Exec key"). */
function execWord(text: string): string {
  const escaped = text.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${escaped.replaceAll('\\', '\\\\')}"`;
}

/**
 * Keeps the list as the preference says. What a person has changed there with the system's own means since the last
 * start stays: the preference follows.
 */
export function followLogin(console: Pick<Console, 'listen' | 'execute'>, list: LoginList, log: Log): void {
  let known: boolean | null = null;
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      log.error({ fault: String(error) }, 'the list of what starts at login could not be used');
    }
  };
  followPreferences(console, ({ startAtLogin }) => {
    const before = known;
    known = startAtLogin;
    if (before === startAtLogin) return;
    attempt(() => {
      const isThere = list.has();
      if (before !== null) return list.set(startAtLogin);
      if (isThere !== startAtLogin)
        return void console.execute('preferences.set', { changes: { startAtLogin: isThere } });
      if (isThere) list.set(true); // the app may lie elsewhere now
    });
  });
}

/** Whether the system has started the app, and not a person. */
export function startedAtLogin(platform: NodeJS.Platform, argv: readonly string[]): boolean {
  return argv.includes(AUTOSTART) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
