/** The Electron runtime at the first start: from mirrors of ours that are right, slow, silent, wrong or broken. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fetchRuntime, zipToPack } from '../../scripts/electron-fetch.ts';
import { electronRuntime } from '../../scripts/electron-runtime.ts';
import { ofElectron } from '../../scripts/electron-transfer.ts';
import { createTerminalLine } from '../../scripts/terminal-line.ts';
import { startConnectProxy } from '../support/connect-proxy.ts';
import { type Mirror, type Mood, runtimeZip, sha256, startMirror } from '../support/electron-mirror.ts';
import { FILE, makeProject, makeStartable, type Project, start, VERSION } from '../support/first-start.ts';
import { smallDisk } from '../support/ledger-small-disk.ts';

const ZIP = runtimeZip(VERSION, 100_000);
const PATIENT = { timeout: 10_000 };
/** Longer than a busy machine takes for anything that is not a silence. */
const LIMITS = { silenceMs: 5000, allMs: 10_000 };
const SHORT = { silenceMs: 400, allMs: 600 };
const ends: (() => unknown)[] = [];
// What the first download loads takes a third of a second, and some tests measure less.
beforeAll(() => Promise.all([import('undici'), ofElectron('@electron/get')]));
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function mirror(mood: Mood): Promise<Mirror> {
  const started = await startMirror(mood, ZIP);
  ends.push(started.close);
  return started;
}

/** One that has closed: its port refuses. */
async function refusing(): Promise<Mirror> {
  const started = await startMirror('right', ZIP);
  started.close();
  return started;
}

function project(folder?: string): Project {
  const made = makeProject(ZIP, folder);
  ends.push(made.remove);
  return made;
}

/** What a fetch of the runtime returns and says, and how long it takes. */
async function fetching({ root }: Project, mirrors: Mirror[], more: object = {}) {
  const lines: string[] = [];
  const startedAt = performance.now();
  const missing = await fetchRuntime({
    root,
    env: { electron_config_cache: join(root, 'cache') },
    line: createTerminalLine({ write: (text) => lines.push(text.trimEnd()) }, 'en', 100),
    signal: new AbortController().signal,
    limits: LIMITS,
    sources: mirrors.map(({ name, base }) => ({ name, url: `${base}v${VERSION}/${FILE}` })),
    ...more,
  });
  return { missing, lines, ms: performance.now() - startedAt };
}

function run(root: string): string {
  const { path } = electronRuntime(root, {});
  return path === null ? 'no runtime' : execFileSync(path, ['.'], { encoding: 'utf8' });
}

describe('the runtime', () => {
  it('comes from the first source and is where electron’s own installer would have put it', async () => {
    const [place, right, other] = [project(), await mirror('right'), await mirror('right')];
    const { missing, lines } = await fetching(place, [right, other]);
    expect(missing).toBeNull();
    expect(lines.filter((text) => !text.startsWith(right.name))).toEqual([
      expect.stringMatching(`^The Electron runtime 9.9.9 .* from ${right.name}.* Ctrl-C skips`),
      'The Electron runtime 9.9.9 is ready.',
    ]);
    expect(right.asked).toEqual([`/electron/v${VERSION}/${FILE}`]);
    expect(other.asked).toEqual([]);
    expect(run(place.root)).toBe('RUNTIME .\n');
    expect(place.added()).toEqual(['dist', 'path.txt']);
    // electron's install.js needs its packages beside it, and then finds nothing to do.
    makeStartable(place);
    const installer = join(place.electron, 'install.js');
    execFileSync(process.execPath, [installer], { env: { ELECTRON_MIRROR: other.base } });
    expect(other.asked).toEqual([]);
  });

  it('is told byte by byte of the total while it comes', async () => {
    const { missing, lines } = await fetching(project(), [await mirror('slow')]);
    expect(missing).toBeNull();
    expect(lines).toContainEqual(
      expect.stringMatching(/^127\.0\.0\.1:\d+: 0\.1 of 0\.1 MB \(\d\d %\) \(Ctrl-C skips\)$/),
    );
  });

  it.each([
    ['silent', /^\S+ has sent nothing for 0 s\. Trying/],
    ['stalled', /^\S+ stopped in the middle, 0 s ago\. Trying/],
    ['wrong', /^\S+ sent a file without the checksum .* thrown away\. Trying/],
    ['truncated', /^\S+ broke off in the middle \(UND_ERR_SOCKET\)\. Trying/],
    ['missing', /^\S+ answered with HTTP 404\. Trying/],
    ['failing', /^\S+ answered with HTTP 500\. Trying/],
  ] as const)('comes from the next source, which is named, when the first is %s', async (mood, told) => {
    const [place, ill, right] = [project(), await mirror(mood), await mirror('right')];
    const isSilence = mood === 'silent' || mood === 'stalled';
    const limits = isSilence ? SHORT : LIMITS;
    const { missing, lines, ms } = await fetching(place, [ill, right], { limits });
    expect(missing).toBeNull();
    expect(lines).toContainEqual(expect.stringMatching(told));
    expect(lines).toContainEqual(expect.stringContaining(`Trying ${right.name} now.`));
    expect(run(place.root)).toBe('RUNTIME .\n');
    expect(ms >= limits.silenceMs).toBe(isSilence);
    const kept = globSync('**/*.zip', { cwd: join(place.root, 'cache') });
    expect(kept.map((name) => sha256(readFileSync(join(place.root, 'cache', name))))).toEqual([sha256(ZIP)]);
  });

  it('comes from the next source at once when the first refuses or has no address', async () => {
    const [place, refused, right] = [project(), await refusing(), await mirror('right')];
    const nowhere = { ...refused, name: 'nowhere', base: 'http://nowhere.invalid/' };
    const { missing, lines, ms } = await fetching(place, [refused, nowhere, right]);
    expect(missing).toBeNull();
    expect(lines).toContainEqual(`${refused.name} cannot be reached (ECONNREFUSED). Trying nowhere now.`);
    expect(lines).toContainEqual(
      expect.stringMatching(/^nowhere cannot be reached \(E(NOTFOUND|AI_AGAIN)\)/),
    );
    expect(ms).toBeLessThan(LIMITS.silenceMs);
  });

  it('is not waited for longer than all sources may be silent, and never without a word', async () => {
    const [place, ...silent] = [
      project(),
      await mirror('silent'),
      await mirror('silent'),
      await mirror('silent'),
    ];
    const { missing, lines, ms } = await fetching(place, silent, { limits: SHORT });
    expect(missing).toEqual({ kind: 'no-source' });
    expect(ms).toBeGreaterThan(550);
    expect(ms).toBeLessThan(1150);
    expect(silent.map(({ asked }) => asked.length)).toEqual([1, 1, 1]);
    expect(lines.filter((text) => text.includes('waiting for an answer')).length).toBeGreaterThanOrEqual(3);
    expect(place.added()).toEqual([]);
  });

  it('is skipped at once by a Ctrl-C, also in the middle of it, and leaves nothing behind', async () => {
    for (const mood of ['silent', 'stalled'] as const) {
      const place = project();
      const { missing, ms } = await fetching(place, [await mirror(mood), await mirror('right')], {
        signal: AbortSignal.timeout(100),
      });
      expect(missing).toEqual({ kind: 'skipped' });
      expect(ms).toBeLessThan(LIMITS.silenceMs);
      expect(place.added()).toEqual([]);
      expect(run(place.root)).toBe('no runtime');
    }
  });

  it('is asked for once: the next `npm ci` takes it from the cache', async () => {
    const [place, right] = [project(), await mirror('right')];
    const cache = { env: { electron_config_cache: join(place.root, 'cache') } };
    await fetching(place, [right], cache);
    const again = await fetching(project(), [await mirror('wrong')], cache);
    expect(again.missing).toBeNull();
    expect(again.lines).toEqual(['The Electron runtime 9.9.9 is ready.']);
  });

  it('needs no cache that can be written', async () => {
    const place = project();
    const env = { electron_config_cache: join(place.electron, 'package.json', 'cache') };
    expect((await fetching(place, [await mirror('right')], { env })).missing).toBeNull();
    expect(run(place.root)).toBe('RUNTIME .\n');
    expect(place.added()).toEqual(['dist', 'path.txt']);
  });

  it('is not found where there is none for this machine, or no electron package', async () => {
    const [place, right] = [project(), await mirror('right')];
    const env = { npm_config_arch: 'ia32' };
    expect((await fetching(place, [right], { env })).missing).toEqual({
      kind: 'no-build',
      system: `${process.platform} ia32`,
    });
    expect((await fetching({ ...place, root: dirname(place.electron) }, [right])).missing).toEqual({
      kind: 'no-package',
    });
    expect(right.asked).toEqual([]);
  });
});

describe('what is there already', () => {
  it('half a runtime counts as none and is replaced', async () => {
    const place = project();
    mkdirSync(join(place.electron, 'dist'));
    writeFileSync(join(place.electron, 'dist', 'electron'), '#!/bin/sh\necho half\n', { mode: 0o755 });
    expect(run(place.root)).toBe('no runtime');
    expect((await fetching(place, [await mirror('right')])).missing).toBeNull();
    expect(run(place.root)).toBe('RUNTIME .\n');
    expect(place.added()).toEqual(['dist', 'path.txt']);
  });

  it('what a killed download has left is removed, and what another one is at is not', async () => {
    const place = project();
    const [old, young] = ['old', 'young'].map((name) => join(place.electron, `unfinished-${name}`));
    for (const folder of [old, young]) mkdirSync(folder ?? '');
    utimesSync(old ?? '', 1, 1);
    await fetching(place, [await mirror('right')]);
    expect(place.added()).toEqual(['dist', 'path.txt', 'unfinished-young']);
  });

  it('two at once leave one runtime, whole, that is not taken from under whoever runs it', async () => {
    const [place, slow] = [project(), await mirror('slow')];
    const first = fetching(place, [await mirror('right')]).then((done) => {
      const { ino } = statSync(join(place.electron, 'dist', 'electron'));
      return { ...done, ino };
    });
    const both = await Promise.all([first, fetching(place, [slow])]);
    expect(both.map(({ missing }) => missing)).toEqual([null, null]);
    expect(slow.asked.length).toBe(1);
    expect(statSync(join(place.electron, 'dist', 'electron')).ino).toBe(both[0].ino);
    expect(run(place.root)).toBe('RUNTIME .\n');
    expect(place.added()).toEqual(['dist', 'path.txt']);
  });
});

describe('a disk', () => {
  it.each([
    ['full', 'ENOSPC'],
    ['read-only', 'EROFS'],
  ] as const)('that is %s is told, and nothing looks installed', async (kind, code) => {
    const disk = smallDisk(64);
    if (typeof disk === 'string') return console.log(`skipped: ${disk}`);
    ends.unshift(disk.remove);
    const place = makeProject(ZIP, disk.folder);
    if (kind === 'read-only') disk.readOnly();
    const right = await mirror('right');
    const { missing } = await fetching(place, [right, await mirror('right')], {
      env: { electron_config_cache: join(place.electron, 'package.json', 'cache') },
    });
    expect(missing).toMatchObject({ kind: 'disk', code, folder: expect.stringContaining(place.electron) });
    expect(place.added()).toEqual([]);
    expect(right.asked.length).toBe(kind === 'full' ? 1 : 0);
  });
});

it('electron-builder is given the verified zip, from the same sources', async () => {
  const [place, right] = [project(), await mirror('right')];
  const lines: string[] = [];
  const options = {
    root: place.root,
    env: { electron_config_cache: join(place.root, 'cache'), ELECTRON_MIRROR: right.base },
    line: createTerminalLine({ write: (text) => lines.push(text) }, 'en'),
  };
  const zip = await zipToPack(options);
  if ('remove' in zip) ends.push(zip.remove);
  expect(zip).toMatchObject({ kind: 'zip', path: expect.stringMatching(/\.zip$/) });
  expect('path' in zip && sha256(readFileSync(zip.path))).toBe(sha256(ZIP));
  expect(lines).toEqual([expect.stringMatching(`from ${right.name}\\.\n$`)]); // nothing to skip here
  expect(right.asked).toEqual([`/electron/v${VERSION}/${FILE}`]);
});

describe('npm start', () => {
  const ready = () => {
    const place = project();
    makeStartable(place);
    return place;
  };

  it('downloads the runtime from the mirror that is set, and is the desktop app', async () => {
    const [place, right] = [ready(), await mirror('right')];
    const { code, stdout, stderr } = await start(place, ['--demo'], { ELECTRON_MIRROR: right.base }).exit;
    expect([code, stdout]).toEqual([0, 'RUNTIME . --demo\n']);
    expect(stderr.split('\n')).toEqual([
      expect.stringContaining(`from ${right.name}. Ctrl-C skips`),
      'The Electron runtime 9.9.9 is ready.',
      '',
    ]);
  });

  it('opens the browser when no source can be reached, and says in one line what to do', async () => {
    const { exit } = start(ready(), ['--demo'], {
      LANG: 'zh_CN.UTF-8',
      ELECTRON_MIRROR: (await refusing()).base,
    });
    const { code, stdout, stderr } = await exit;
    expect([code, stdout]).toEqual([0, 'HEADLESS --open --demo\n']);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.map((text) => text.replace(/127\S+/, 'HOST'))).toEqual([
      expect.stringMatching(/^本机还没有 Electron 运行环境 9\.9\.9，正在从 HOST 下载/),
      'HOST 连接不上（ECONNREFUSED）。改从 github.com 下载。',
      expect.stringMatching(/^github\.com 连接不上（.+）。改从 npmmirror\.com 下载。$/),
      expect.stringMatching(/^npmmirror\.com 连接不上（.+）。$/),
      expect.stringMatching(/^本机没有 .+：同一个控制台改在浏览器中打开。.+ELECTRON_MIRROR.+$/),
    ]);
  });

  it('goes on in the browser after a Ctrl-C, which npm sends a second time', async () => {
    const [place, silent] = [ready(), await mirror('silent')];
    const { child, said, exit } = start(place, [], { ELECTRON_MIRROR: silent.base, STAY: '800' });
    await expect.poll(() => silent.asked.length, PATIENT).toBe(1);
    child.kill('SIGINT');
    await expect
      .poll(said, PATIENT)
      .toContain('The download was skipped: the same console opens in a browser.');
    child.kill('SIGINT');
    expect(await exit).toMatchObject({ code: 0, stdout: 'HEADLESS --open\n' });
    expect(place.added()).toEqual([]);
  });

  it('ends, and leaves nothing, when it is told to end', async () => {
    const [place, silent] = [ready(), await mirror('silent')];
    const { child, exit } = start(place, [], { ELECTRON_MIRROR: silent.base });
    await expect.poll(() => silent.asked.length, PATIENT).toBe(1);
    child.kill('SIGTERM');
    expect(await exit).toMatchObject({ code: 143, stdout: '' });
    expect(place.added()).toEqual([]);
  });

  it('downloads nothing when it is told not to, or when it could not be seen', async () => {
    const place = ready();
    const begun = [
      start(place, [], { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }),
      start(place, [], { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }),
      start(place, [], { DISPLAY: '' }),
    ];
    const [told, elsewhere, unseen] = await Promise.all(begun.map(({ exit }) => exit));
    const line = (text: string) => expect.stringMatching(`^[^\n]*${text}[^\n]*\n$`);
    const [opens, tells] = ['HEADLESS --open\n', 'HEADLESS --no-open\n'];
    expect(told).toMatchObject({ stdout: opens, stderr: line('ELECTRON_SKIP_BINARY_DOWNLOAD is set') });
    expect(elsewhere).toMatchObject({ stdout: opens, stderr: line('/nowhere, which holds no Electron') });
    expect(unseen).toMatchObject({ stdout: tells, stderr: line('needs a display') });
  });

  it('runs without a window where the desktop app finds no display', async () => {
    const [place, right] = [ready(), await mirror('right')];
    const env = { ELECTRON_MIRROR: right.base, DISPLAY: '', RUNTIME_EXIT: '1' };
    const { code, stdout, stderr } = await start(place, [], env).exit;
    expect([code, stdout]).toEqual([0, 'RUNTIME .\nHEADLESS --no-open\n']);
    expect(stderr).toContain('needs a display');
  });

  it('goes through the environment’s proxy', async () => {
    const [place, right] = [ready(), await mirror('right')];
    const proxy = await startConnectProxy(Number(new URL(right.base).port));
    ends.push(proxy.close);
    const env = { ELECTRON_MIRROR: 'http://mirror.invalid/e/', HTTP_PROXY: proxy.url, NO_PROXY: 'elsewhere' };
    expect((await start(place, [], env).exit).stdout).toBe('RUNTIME .\n');
    expect(proxy.seen).toEqual([{ target: 'mirror.invalid:80', as: null }]);
    expect(existsSync(join(place.electron, 'dist', 'version'))).toBe(true);
  });
});
