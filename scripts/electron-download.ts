/** Downloads the zip of an Electron runtime: from one source after another, until one of them sends the right file. */
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Fault, faultOf, type Limits, patienceMs, type Source, usualUrl } from './electron-sources.ts';
import { createTransfer, ofElectron } from './electron-transfer.ts';
import type { Received } from './electron-words.ts';

/** What the electron package says about itself; its checksums.json is as trustworthy as package-lock.json. */
export interface Release {
  readonly version: string;
  /** SHA-256 by file name. */
  readonly checksums: Readonly<Record<string, string>>;
}

export interface Wanted extends Release {
  readonly platform: string;
  readonly arch: string;
}

export interface Download {
  readonly wanted: Wanted;
  /** The first to be asked first. */
  readonly sources: readonly Source[];
  readonly limits: Limits;
  /** Where finished files are kept for the next time. */
  readonly cache: string;
  /** Where unfinished files are; whoever made it removes it with all that is in it. */
  readonly tempFolder: string;
  /** Ends the download. */
  readonly signal: AbortSignal;
  /** Told when a source is asked, with a look at how far it is. */
  trying(source: Source, received: () => Received): void;
  /** Told when a source is given up, with the one that is asked next. */
  givenUp(source: Source, fault: Exclude<Fault, { kind: 'disk' }>, next: Source | null): void;
}

/** A verified file; or `skipped` by the signal, or no source had it, or this machine cannot keep it. */
export type Downloaded =
  | { readonly kind: 'zip'; readonly path: string }
  | { readonly kind: 'skipped' | 'no-source' }
  | { readonly kind: 'disk'; readonly code: string };

type Get = typeof import('@electron/get');
type Attempt = { readonly path: string } | { readonly fault: Fault; readonly waitedMs: number };

/** @throws Error when the electron package is not installed in `folder` */
export function readRelease(folder: string): Release {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return { version: read('package.json').version, checksums: read('checksums.json') };
}

export function fileName({ version, platform, arch }: Omit<Wanted, 'checksums'>): string {
  return `electron-v${version}-${platform}-${arch}.zip`;
}

/** The folder where @electron/get keeps files (its README), for electron's installer and electron-builder as well. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: string = process.platform): string {
  if (env.electron_config_cache) return env.electron_config_cache;
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'electron');
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'electron', 'Cache');
  }
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'electron');
}

/** The zip from the cache or from a source; its checksum is right, or it is not returned. Never throws. */
export async function downloadZip(download: Download): Promise<Downloaded> {
  const { sources, limits, signal } = download;
  let spentMs = 0;
  for (const [index, source] of sources.entries()) {
    const patience = patienceMs(limits, spentMs, index, sources.length);
    if (patience === 0) break;
    const attempt = await attemptFrom(source, patience, download);
    if ('path' in attempt) return { kind: 'zip', path: attempt.path };
    if (signal.aborted) return { kind: 'skipped' };
    const { fault } = attempt;
    if (fault.kind === 'disk') return fault;
    spentMs += attempt.waitedMs;
    const more = patienceMs(limits, spentMs, index + 1, sources.length) > 0;
    download.givenUp(source, fault, (more && sources[index + 1]) || null);
  }
  return { kind: 'no-source' };
}

async function attemptFrom(source: Source, firstMs: number, download: Download): Promise<Attempt> {
  const { wanted, cache, tempFolder, limits, signal, trying } = download;
  const { downloadArtifact, ElectronDownloadCacheMode: mode } = ofElectron<Get>('@electron/get');
  const transfer = createTransfer(source.url, { firstMs, silenceMs: limits.silenceMs }, signal);
  try {
    const path = await downloadArtifact({
      ...wanted,
      artifactName: 'electron',
      checksums: { ...wanted.checksums },
      cacheRoot: cache,
      // One place in the cache, whichever source the file came from: by its checksum it is the same.
      mirrorOptions: { resolveAssetURL: async () => usualUrl(wanted.version, fileName(wanted)) },
      downloader: {
        download: (_url, target) => {
          trying(source, transfer.received);
          return transfer.run(target);
        },
      },
      cacheMode: isWritable(cache) ? mode.ReadWrite : mode.ReadOnly,
      tempDirectory: tempFolder,
    });
    return { path };
  } catch (error) {
    const fault = transfer.fault() ?? faultOf(error, transfer.received().bytes > 0);
    return { fault, waitedMs: transfer.waitedMs() };
  }
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
