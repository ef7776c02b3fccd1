/** Opens the admin page in the browser a person uses; without one, the printed address has to do. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log } from './log.ts';

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
/** By then the browser has read the page, or never will. */
const PAGE_LIFE_MS = 60_000;

/**
 * The address carries the admin key, and every user of a machine can read its command lines: so the browser is
 * given a page of this user's own that leads to the address, and is deleted soon after.
 */
export function openBrowser(address: string, log: Log): void {
  const folder = mkdtempSync(join(tmpdir(), 'wechat-token-console-open-'));
  const page = join(folder, 'open.html');
  const html = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${address}">`;
  writeFileSync(page, html, { mode: 0o600 });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  setTimeout(remove, PAGE_LIFE_MS).unref();
  process.once('exit', remove);

  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, pathToFileURL(page).href], { stdio: 'ignore', detached: true });
  child.on('error', () => log.warn({}, 'no browser could be opened; use the printed address'));
  child.unref();
}
