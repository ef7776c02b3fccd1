import { describe, expect, it } from 'vitest';
import { faultOf, LIMITS, patienceMs, sourcesOf } from '../../../scripts/electron-sources.ts';
import { givenUp, instead, type Reason, receiving } from '../../../scripts/electron-words.ts';
import { clipped, createTerminalLine } from '../../../scripts/terminal-line.ts';

const FILE = 'electron-v45.4.1-linux-x64.zip';
const USUAL = `https://github.com/electron/electron/releases/download/v45.4.1/${FILE}`;
const CHINESE = `https://npmmirror.com/mirrors/electron/v45.4.1/${FILE}`;
const urls = (env: Record<string, string>) => sourcesOf(env, '45.4.1', FILE).map(({ url }) => url);

describe('where the runtime comes from', () => {
  it('is electron’s own place, then the Chinese mirror', () => {
    expect(urls({})).toEqual([USUAL, CHINESE]);
    expect(sourcesOf({}, '45.4.1', FILE).map(({ name }) => name)).toEqual(['github.com', 'npmmirror.com']);
  });

  it('is the mirror that is set before all, with or without its last slash, and asked once', () => {
    const mine = `https://mirror.example/e/v45.4.1/${FILE}`;
    expect(urls({ ELECTRON_MIRROR: 'https://mirror.example/e/' })).toEqual([mine, USUAL, CHINESE]);
    expect(urls({ ELECTRON_MIRROR: 'https://mirror.example/e' })).toEqual([mine, USUAL, CHINESE]);
    expect(urls({ ELECTRON_MIRROR: 'https://npmmirror.com/mirrors/electron/' })).toEqual([CHINESE, USUAL]);
    expect(urls({ ELECTRON_MIRROR: '' })).toEqual([USUAL, CHINESE]);
  });

  it('follows @electron/get’s other settings, npm’s before the environment’s', () => {
    const env = { ELECTRON_MIRROR: 'https://b.example/', npm_config_electron_mirror: 'https://a.example/' };
    expect(urls(env)[0]).toBe(`https://a.example/v45.4.1/${FILE}`);
    const folder = { ...env, ELECTRON_CUSTOM_DIR: '{{ version }}', ELECTRON_CUSTOM_FILENAME: 'e.zip' };
    expect(urls(folder)[0]).toBe('https://a.example/45.4.1/e.zip');
  });

  it('is told by its host, never with a password', () => {
    const name = (mirror: string) => sourcesOf({ ELECTRON_MIRROR: mirror }, '45.4.1', FILE)[0]?.name;
    expect(name('https://somebody:word@mirror.example:8443/e/')).toBe('mirror.example:8443');
    expect(name('no address')).toBe('ELECTRON_MIRROR');
  });
});

describe('how long a source may send nothing', () => {
  it('is 15 s for each of two, 30 s in all', () => {
    expect(patienceMs(LIMITS, 0, 0, 2)).toBe(15_000);
    expect(patienceMs(LIMITS, 15_000, 1, 2)).toBe(15_000);
    expect(patienceMs(LIMITS, 30_000, 2, 3)).toBe(0);
  });

  it('is shared by the sources after the first, so that each has its turn', () => {
    expect(patienceMs(LIMITS, 15_000, 1, 3)).toBe(7500);
    expect(patienceMs(LIMITS, 22_500, 2, 3)).toBe(7500);
  });

  it('is not shorter because another one refused at once', () => {
    expect(patienceMs(LIMITS, 0, 1, 3)).toBe(15_000);
    expect(patienceMs(LIMITS, 0, 2, 3)).toBe(15_000);
  });
});

describe('what went wrong', () => {
  const inFetch = (code: string) =>
    Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) });

  it('is the network’s code, before and after the first byte', () => {
    expect(faultOf(inFetch('ENOTFOUND'), false)).toEqual({ kind: 'unreachable', code: 'ENOTFOUND' });
    expect(faultOf(inFetch('UND_ERR_SOCKET'), true)).toEqual({ kind: 'broken-off', code: 'UND_ERR_SOCKET' });
  });

  it('is the disk when the file system says so, and not when a firewall uses the same code', () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(faultOf(full, true)).toEqual({ kind: 'disk', code: 'ENOSPC' });
    expect(faultOf(inFetch('EACCES'), false)).toEqual({ kind: 'unreachable', code: 'EACCES' });
  });

  it('never has an error’s own words, which may hold a password', () => {
    const told = faultOf(new TypeError('credentials: https://somebody:word@mirror.example'), false);
    expect(told).toEqual({ kind: 'unreachable', code: 'TypeError' });
  });
});

describe('what is said', () => {
  const reasons: Reason[] = [
    ...(['no-source', 'skipped', 'told-to-skip', 'no-display', 'no-package'] as const).map((kind) => ({
      kind,
    })),
    { kind: 'override', folder: '/opt/e' },
    { kind: 'no-build', system: 'linux ia32' },
    { kind: 'disk', code: 'ENOSPC', folder: '/home/e' },
    { kind: 'unpack', detail: 'bad zip' },
  ];

  it.each(reasons)('about $kind is one line: what opens instead and what to do', (reason) => {
    for (const isOpened of [true, false]) {
      const { en, zh } = instead(reason, isOpened);
      expect(en).toMatch(/: the same console .+\. .+\.$/);
      expect(zh).toMatch(/：同一个控制台.+。.+。$/);
      expect(`${en}${zh}`).not.toMatch(/[\n!！]|undefined|null/);
      expect(en.includes('opens in a browser')).toBe(isOpened);
    }
  });

  it('on the way is bytes of total and how to skip, and the silence', () => {
    const at = (bytes: number, total: number | null, silentMs: number) =>
      receiving('github.com', { bytes, total, silentMs }, true).en;
    expect(at(12_300_000, 104_500_000, 0)).toBe('github.com: 12.3 of 104.5 MB (11 %) (Ctrl-C skips)');
    expect(at(12_300_000, null, 7000)).toBe('github.com: 12.3 MB, nothing for 7 s (Ctrl-C skips)');
    expect(at(0, null, 7000)).toBe('github.com: waiting for an answer, 7 s (Ctrl-C skips)');
  });

  it('of a source that is given up names the next one', () => {
    const { en, zh } = givenUp('github.com', { kind: 'silent', afterMs: 15_000 }, 'npmmirror.com');
    expect(en).toBe('github.com has sent nothing for 15 s. Trying npmmirror.com now.');
    expect(zh).toBe('github.com 15 秒没有任何回应。改从 npmmirror.com 下载。');
    expect(givenUp('b', { kind: 'status', status: 404 }, null).en).toBe('b answered with HTTP 404.');
  });
});

describe('the line on the terminal', () => {
  it('is cut to the width, where a Chinese character takes two cells', () => {
    expect(clipped('下载 12 MB', 7)).toBe('下载 12');
    expect(clipped('下载', 3)).toBe('下');
  });

  it('is redrawn on a terminal and cleared for a line that stays', async () => {
    let written = '';
    const out = { isTTY: true, columns: 0, write: (text: string) => (written += text) };
    const line = createTerminalLine(out, 'en');
    line.watch(() => ({ en: 'half', zh: '一半' }));
    await expect.poll(() => written, { timeout: 2000 }).toContain('\rhalf\u001b[K');
    line.rest();
    line.say({ en: 'done', zh: '完成' });
    expect(written.endsWith('\r\u001b[Kdone\n')).toBe(true);
  });

  it('is a line now and then where it cannot be redrawn', async () => {
    const written: string[] = [];
    const line = createTerminalLine({ write: (text) => written.push(text) }, 'zh', 30);
    line.watch(() => ({ en: 'half', zh: '一半' }));
    await expect.poll(() => written.length).toBeGreaterThanOrEqual(2);
    line.rest();
    expect(new Set(written)).toEqual(new Set(['一半\n']));
  });
});
