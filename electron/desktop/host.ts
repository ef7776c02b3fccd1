/** What this host can do for the console beside showing it. */
import { existsSync, mkdirSync } from 'node:fs';
import { chmod, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog, Notification, shell } from 'electron';
import type { Ability } from '../console/contract.ts';
import type { Host } from '../console/host.ts';
import { hasScreenProtection } from './lock.ts';
import type { Window } from './window.ts';

export interface HostParts {
  readonly platform: NodeJS.Platform;
  readonly isDemo: boolean;
  /** Where accounts, history and logs are. */
  readonly dataDir: string;
  /** The licence texts as they were built in; inside the app's archive no other program can open them. */
  readonly licences: string;
  readonly window: Pick<Window, 'current'>;
}

/** For use after the app is ready. */
export function desktopHost(
  parts: HostParts,
): Required<Pick<Host, 'saveFile' | 'open'>> & Pick<Host, 'abilities'> {
  return {
    abilities: abilitiesOf(parts),
    saveFile: (name, text) => saveFile(parts.window, name, text),
    open: (what) => openPlace(parts, what),
  };
}

function abilitiesOf({ platform, isDemo, licences }: HostParts): Ability[] {
  const has: Record<Exclude<Ability, 'updates'>, boolean> = {
    background: true,
    login: !isDemo, // what starts at login is the real console
    notices: Notification.isSupported(),
    clipboard: true,
    shield: true,
    'screen-protection': hasScreenProtection(platform),
    'open-data-folder': true,
    'open-logs': true,
    'open-licences': existsSync(licences),
  };
  return (Object.keys(has) as (keyof typeof has)[]).filter((ability) => has[ability]);
}

/** Written where only this user can read it, also where the chosen file was there before. */
async function saveFile(window: HostParts['window'], name: string, text: string): Promise<string | null> {
  const options = { defaultPath: join(app.getPath('documents'), name) };
  const parent = window.current();
  const { canceled, filePath } = await (parent
    ? dialog.showSaveDialog(parent, options)
    : dialog.showSaveDialog(options));
  if (canceled || filePath === '') return null;
  const file = await open(filePath, 'w', 0o600);
  try {
    await file.chmod(0o600).catch(() => undefined); // a memory stick's file system knows no modes
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return filePath;
}

async function openPlace({ dataDir, licences }: HostParts, what: 'data-folder' | 'logs' | 'licences') {
  const fault = await shell.openPath(await placeOf(what, dataDir, licences));
  if (fault !== '') throw new Error(`${what} could not be opened: ${fault}`);
}

async function placeOf(what: 'data-folder' | 'logs' | 'licences', dataDir: string, licences: string) {
  if (what === 'data-folder') return dataDir;
  const path = join(dataDir, what === 'logs' ? 'logs' : 'licences.txt');
  if (what === 'logs') mkdirSync(path, { recursive: true, mode: 0o700 });
  else {
    await writeFile(path, await readFile(licences), { mode: 0o600 });
    await chmod(path, 0o600);
  }
  return path;
}
