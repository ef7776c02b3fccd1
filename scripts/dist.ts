/**
 * npm run dist: builds, then packs for this system and processor, or as electron-builder's own options say
 * (`npm run dist -- --linux deb`). WTC_UPDATE_URL is the address of an update feed; without it the app has none.
 * The Electron runtime comes from the same sources as for npm start. Beside the installers: the bill of materials.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';
import { zipToPack } from './electron-fetch.ts';
import { noRuntime } from './electron-words.ts';
import { notesHere, versionHere } from './release-notes.ts';
import { createTerminalLine, systemLanguage } from './terminal-line.ts';

const root = join(import.meta.dirname, '..');
const NOTES = join('release', 'release-notes.md');

/**
 * What the environment adds to electron-builder.yml. Nothing is ever uploaded from here.
 * @throws Error when the feed's address is not https: the feed's checksums are what an update is judged by.
 */
export function builderArguments(env: Readonly<Record<string, string | undefined>>): string[] {
  const isSigned = Boolean(env.CSC_LINK || env.CSC_NAME);
  // Under the hardened runtime a program without a team of its own may not load Electron's framework.
  const unsigned = isSigned ? [] : ['-c.mac.hardenedRuntime=false'];
  const always = ['--publish', 'never', `-c.releaseInfo.releaseNotesFile=${NOTES}`, ...unsigned];
  const feed = env.WTC_UPDATE_URL ?? '';
  if (feed === '') return always;
  if (!URL.canParse(feed) || new URL(feed).protocol !== 'https:') {
    throw new Error('WTC_UPDATE_URL must be an https address.');
  }
  return [...always, '-c.publish.provider=generic', `-c.publish.url=${feed}`];
}

/** Whether electron-builder's own options say which Electron it packs. */
export function namesElectron(options: readonly string[]): boolean {
  return options.some((option) =>
    /^(-c\.|--config\.)electron(Dist|Download|Version)\b|^--(pd|prepackaged|universal)\b/.test(option),
  );
}

/**
 * Fetches the runtime of this machine, which is the only one that is packed here (scripts/dist-checks.ts).
 * @returns its verified zip and how to remove it, or null when it has been said why there is none
 */
async function fetchedElectron(): Promise<{ path: string; remove(): void } | null> {
  const line = createTerminalLine(process.stderr, systemLanguage());
  const fetched = await zipToPack({ root, line, env: process.env });
  if (fetched.kind === 'zip') return fetched;
  line.say(noRuntime(fetched));
  return null;
}

async function packFetched(options: string[]): Promise<number> {
  if (namesElectron(options)) return pack(options);
  const electron = await fetchedElectron();
  if (electron === null) return 1;
  try {
    return pack([`-c.electronDist=${electron.path}`, ...options]);
  } finally {
    electron.remove();
  }
}

function pack(options: string[]): number {
  mkdirSync(join(root, 'release'), { recursive: true });
  writeFileSync(join(root, NOTES), `${notesHere()}\n`);
  const bill = `wechat-token-console-${versionHere()}.cdx.json`;
  copyFileSync(join(root, 'dist', 'sbom.cdx.json'), join(root, 'release', bill));
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const args = [cli, ...options, ...builderArguments(process.env)];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

if (import.meta.main) {
  await build();
  process.exitCode = await packFetched(process.argv.slice(2));
}
