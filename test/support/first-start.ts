/** A project as `npm start` finds it on a machine without an Electron runtime, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from './electron-mirror.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const VERSION = '9.9.9';
export const FILE = `electron-v${VERSION}-${process.platform}-${process.arch}.zip`;

export interface Project {
  readonly root: string;
  /** node_modules/electron */
  readonly electron: string;
  /** What is in it beside the package's own files. */
  added(): string[];
  remove(): void;
}

/** The electron package alone, whose checksums.json names `zip`; in `folder`, or in one of its own. */
export function makeProject(zip: Buffer, folder = mkdtempSync(join(tmpdir(), 'wtc-start-'))): Project {
  const root = join(folder, 'project');
  const electron = join(root, 'node_modules', 'electron');
  mkdirSync(electron, { recursive: true });
  writeFileSync(join(electron, 'package.json'), JSON.stringify({ name: 'electron', version: VERSION }));
  writeFileSync(join(electron, 'checksums.json'), JSON.stringify({ [FILE]: sha256(zip) }));
  cpSync(join(ROOT, 'node_modules', 'electron', 'install.js'), join(electron, 'install.js'));
  const own = new Set(readdirSync(electron));
  return {
    root,
    electron,
    added: () =>
      readdirSync(electron)
        .filter((name) => !own.has(name))
        .sort(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Adds what electron/launch.ts needs: the scripts, the other packages, a built console that says its options. */
export function makeStartable({ root }: Project): void {
  for (const name of ['scripts', 'package.json', join('electron', 'launch.ts')]) {
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  }
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    const [from, to] = [join(ROOT, 'node_modules', name), join(root, 'node_modules', name)];
    if (!existsSync(to)) symlinkSync(from, to);
  }
  mkdirSync(join(root, 'dist'));
  const headless =
    "console.log('HEADLESS', ...process.argv.slice(2)); setTimeout(() => {}, process.env.STAY);";
  writeFileSync(join(root, 'dist', 'headless.js'), headless);
  writeFileSync(join(root, 'dist', '.built'), '');
}

export interface Started {
  readonly child: ChildProcess;
  said(): string;
  readonly exit: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** A port where nobody listens: no test of ours leaves this machine. */
const NOBODY = 'http://127.0.0.1:9';

/** `npm start -- ARGS`, its public sources out of reach. */
export function start({ root }: Project, args: string[], env: Record<string, string>): Started {
  const names = /^(DISPLAY|WAYLAND_DISPLAY|LANG|LC_.*|ELECTRON_.*|npm_.*|.*_proxy)$/i;
  const inherited = Object.entries(process.env).filter(([name]) => !names.test(name));
  const child = spawn(process.execPath, [join(root, 'electron', 'launch.ts'), ...args], {
    env: {
      ...Object.fromEntries(inherited),
      electron_config_cache: join(root, 'cache'),
      ...{ LANG: 'en_US.UTF-8', DISPLAY: ':77', HTTPS_PROXY: NOBODY, NO_PROXY: '127.0.0.1' },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (piece) => {
    stdout += piece;
  });
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  const exit = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, said: () => stdout + stderr, exit };
}
