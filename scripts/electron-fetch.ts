/** node scripts/electron-fetch.ts: downloads this machine's Electron runtime and installs it, unless it is there. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  cacheFolder,
  type Downloaded,
  downloadZip,
  fileName,
  readRelease,
  type Wanted,
} from './electron-download.ts';
import { install, makeUnfinished } from './electron-install.ts';
import { isInstalled } from './electron-runtime.ts';
import { LIMITS, type Limits, type Source, sourcesOf } from './electron-sources.ts';
import { givenUp, noRuntime, type Reason, ready, receiving, starting, unpacking } from './electron-words.ts';
import { createTerminalLine, systemLanguage, type TerminalLine } from './terminal-line.ts';

export interface FetchOptions {
  /** The project: what holds node_modules/electron. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly line: TerminalLine;
  /** A person's wish to go on without it; where it is not given, nobody is told that this can be skipped. */
  readonly signal?: AbortSignal;
  readonly limits?: Limits;
  /** Where to look, instead of where the environment says. */
  readonly sources?: readonly Source[];
}

/** Null: the runtime is installed. */
export type Missing = Reason | null;

/** Downloads and installs the runtime, and says on the way how far it is. Never throws for what can go wrong outside. */
export async function fetchRuntime(options: FetchOptions): Promise<Missing> {
  const folder = join(options.root, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'checksums.json'))) return { kind: 'no-package' };
  const release = readRelease(folder);
  let unfinished: string;
  try {
    unfinished = makeUnfinished(folder);
  } catch (error) {
    return { kind: 'disk', code: codeOf(error), folder };
  }
  try {
    const got = await fetchZip({ ...release, ...machine(options.env) }, unfinished, options);
    if (got.kind !== 'zip') return got;
    return await unpack(got.path, folder, unfinished, options);
  } finally {
    options.line.rest();
    remove(unfinished);
  }
}

async function unpack(
  zip: string,
  folder: string,
  unfinished: string,
  { line, signal }: FetchOptions,
): Promise<Missing> {
  if (signal?.aborted) return { kind: 'skipped' };
  const startedAt = performance.now();
  line.watch(() => unpacking(performance.now() - startedAt));
  try {
    await install(zip, folder, unfinished);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // The extractor is native: its errors have the system's words and no code of the system's.
    if (code === 'ENOSPC' || /no space left|disk full/i.test(message)) {
      return { kind: 'disk', code: 'ENOSPC', folder };
    }
    return { kind: 'unpack', detail: message };
  }
  line.say(ready(readRelease(folder).version));
  return null;
}

type Zip = { readonly kind: 'zip'; readonly path: string };

async function fetchZip(wanted: Wanted, tempFolder: string, options: FetchOptions): Promise<Zip | Reason> {
  const { env, line, limits = LIMITS } = options;
  const canSkip = options.signal !== undefined;
  const { signal = new AbortController().signal } = options;
  const file = fileName(wanted);
  if (wanted.checksums[file] === undefined) {
    return { kind: 'no-build', system: `${wanted.platform} ${wanted.arch}` };
  }
  const cache = cacheFolder(env);
  let isFirst = true;
  const got: Downloaded = await downloadZip({
    ...{ wanted, cache, tempFolder, signal, limits },
    sources: options.sources ?? sourcesOf(env, wanted.version, file),
    trying(source, received) {
      if (isFirst) line.say(starting(wanted.version, source.name, canSkip));
      isFirst = false;
      line.watch(() => receiving(source.name, received(), canSkip));
    },
    givenUp: (source, fault, next) => line.say(givenUp(source.name, fault, next?.name ?? null)),
  });
  line.rest();
  return got.kind === 'disk' ? { ...got, folder: `${dirname(tempFolder)}, ${cache}` } : got;
}

/** The zip for electron-builder, and how to remove it when it was not kept; or why there is none. */
export async function zipToPack(options: FetchOptions): Promise<(Zip & { remove(): void }) | Reason> {
  const folder = join(options.root, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'checksums.json'))) return { kind: 'no-package' };
  const temp = mkdtempSync(join(tmpdir(), 'wtc-electron-'));
  const { platform, arch } = process;
  const got = await fetchZip({ ...readRelease(folder), platform, arch }, temp, options);
  if (got.kind === 'zip') return { ...got, remove: () => remove(temp) };
  remove(temp);
  return got;
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A virus scanner on Windows may still hold it: a later start removes it.
  }
}

function machine(env: NodeJS.ProcessEnv): { platform: string; arch: string } {
  return { platform: process.platform, arch: archToRun(env) };
}

/** As electron's install.js has it: an x64 Node under Rosetta runs on a Mac that wants arm64. */
function archToRun(env: NodeJS.ProcessEnv): string {
  const arch = env.ELECTRON_INSTALL_ARCH || env.npm_config_arch || process.arch;
  if (process.platform !== 'darwin' || arch !== 'x64' || env.npm_config_arch !== undefined) return arch;
  try {
    const said = execFileSync('sysctl', ['-in', 'sysctl.proc_translated'], { encoding: 'utf8' });
    return said.trim() === '1' ? 'arm64' : arch;
  } catch {
    return arch;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const line = createTerminalLine(process.stderr, systemLanguage());
  if (!isInstalled(join(root, 'node_modules', 'electron'))) {
    const missing = await fetchRuntime({ root, line, env: process.env });
    if (missing !== null) line.say(noRuntime(missing));
    process.exitCode = missing === null ? 0 : 1;
  }
}
