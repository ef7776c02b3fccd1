import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HandedToken } from '../../../electron/console/handout.ts';
import { createTokenFiles, type TokenFiles } from '../../../electron/handout/token-file.ts';
import { fakeMemory, NOTHING_RESERVED } from '../../support/token-file-memory.ts';

const APP_ID = 'wx00000000000000a1';
const OTHER = 'wx00000000000000b2';
const NOW = 1_800_000_000_000;

let folder: string;
let path: string;
let now: number;
let files: TokenFiles;
const changed = vi.fn();
const warn = vi.fn();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wtc-token-file-'));
  path = join(folder, 'token');
  now = NOW;
  memory = fakeMemory();
  changed.mockClear();
  warn.mockClear();
  files = open();
});
afterEach(async () => {
  await files.close();
  rmSync(folder, { recursive: true, force: true });
});

let memory = fakeMemory();

function open(reserved = NOTHING_RESERVED): TokenFiles {
  const log = { info: vi.fn(), warn, error: vi.fn() };
  return createTokenFiles({ log, changed, memory, reserved, now: () => now, retryMs: 20 });
}

const token = (accessToken = 'token-of-a-test', seconds = 7200.9): HandedToken => ({
  ...{ accessToken, obtainedAt: now, expiresAt: now + seconds * 1000, line: 'stable' },
  ...{ endsAt: now + seconds * 1000, fingerprint: '00000000' },
});
const content = () => readFileSync(path, 'utf8');
const modeOf = () => (statSync(path).mode & 0o777).toString(8);

describe('what is in it', () => {
  it('bare: the token and nothing else', async () => {
    await files.set(APP_ID, { path, format: 'bare' });
    expect(files.state(APP_ID)).toEqual({ state: 'idle', at: null, detail: null });
    await files.publish(APP_ID, token());
    expect(content()).toBe('token-of-a-test');
    expect(files.state(APP_ID)).toEqual({ state: 'written', at: NOW, detail: null });
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('json: what is really left of it, in whole seconds', async () => {
    await files.set(APP_ID, { path, format: 'json' });
    await files.publish(APP_ID, token());
    expect(content()).toBe(
      `{"access_token":"token-of-a-test","expires_in":7200,"expires_at":${NOW + 7_200_900},"app_id":"${APP_ID}"}`,
    );
  });

  it('another format or place takes effect at once, without a new token', async () => {
    await files.set(APP_ID, { path, format: 'bare' });
    await files.publish(APP_ID, token());
    await files.set(APP_ID, { path, format: 'json', mode: '640' });
    expect([JSON.parse(content()).access_token, modeOf()]).toEqual(['token-of-a-test', '640']);
    const moved = join(folder, 'moved');
    await files.set(APP_ID, { path: moved, format: 'bare' });
    expect([existsSync(path), readFileSync(moved, 'utf8')]).toEqual([false, 'token-of-a-test']);
  });

  it('the newest of many that come at once', async () => {
    await files.set(APP_ID, { path, format: 'bare' });
    await Promise.all(Array.from({ length: 50 }, (_, n) => files.publish(APP_ID, token(`token-${n}`))));
    expect(content()).toBe('token-49');
    expect(readdirSync(folder)).toEqual(['token']);
  });
});

describe.runIf(process.platform !== 'win32')('who may read it', () => {
  it.each([
    [undefined, '600'],
    ['640', '640'],
    ['444', '444'],
    ['666', '666'],
  ])('mode %s gives %s, whatever the umask', async (mode, expected) => {
    const before = process.umask(0o077);
    try {
      await files.set(APP_ID, { path, format: 'bare', mode });
      await files.publish(APP_ID, token());
      expect(modeOf()).toBe(expected);
      process.umask(0);
      await files.publish(APP_ID, token('another'));
      expect([modeOf(), content()]).toEqual([expected, 'another']);
    } finally {
      process.umask(before);
    }
  });
});

describe('when it goes', () => {
  beforeEach(async () => {
    await files.set(APP_ID, { path, format: 'bare' });
    await files.publish(APP_ID, token());
  });

  it('with its token', async () => {
    await files.publish(APP_ID, null);
    expect(existsSync(path)).toBe(false);
    expect(files.state(APP_ID)?.state).toBe('idle');
  });

  it('at the end of its token, without being told', async () => {
    await files.publish(APP_ID, token('short', 0.05));
    now += 60;
    await expect.poll(() => existsSync(path)).toBe(false);
    await expect.poll(() => files.state(APP_ID)?.state).toBe('idle');
  });

  it('when it is taken away', async () => {
    await files.set(APP_ID, null);
    expect(existsSync(path)).toBe(false);
    expect(files.state(APP_ID)).toBeNull();
  });

  it('not when somebody else has written it since', async () => {
    writeFileSync(path, 'of somebody else');
    await files.publish(APP_ID, null);
    await files.set(APP_ID, null);
    expect(content()).toBe('of somebody else');
  });

  it('not when the console ends: the token lives on', async () => {
    await files.close();
    expect(content()).toBe('token-of-a-test');
  });
});

describe('what a console that was killed left', () => {
  it('a dead token goes; a living one, a foreign one and anything else stays', async () => {
    const json = (app_id: string, expires_at: number) => JSON.stringify({ app_id, expires_at });
    const stays = async (text: string, format: 'bare' | 'json') => {
      writeFileSync(path, text);
      await files.set(APP_ID, { path, format });
      await files.publish(APP_ID, null);
      await files.set(APP_ID, null);
      return existsSync(path);
    };
    expect(await stays(json(APP_ID, NOW - 1), 'json')).toBe(false);
    expect(await stays(json(APP_ID, NOW + 1), 'json')).toBe(true);
    expect(await stays(json(OTHER, NOW - 1), 'json')).toBe(true);
    expect(await stays('not json', 'json')).toBe(true);
    expect(await stays('a-password', 'bare')).toBe(true);
  });

  it.each(['bare', 'json'] as const)(
    'the next one knows the file as its own, and takes it away: %s',
    async (format) => {
      await files.set(APP_ID, { path, format });
      await files.publish(APP_ID, token());
      await files.close();
      files = open();
      await files.set(APP_ID, { path, format });
      await files.publish(APP_ID, token('the-next'));
      expect(content()).toContain('the-next');
      await files.close();
      files = open();
      await files.set(APP_ID, null); // the account was removed, and the console killed before the file went
      expect(existsSync(path)).toBe(false);
      expect(memory.kept.size).toBe(0);
    },
  );

  it('killed between noting and writing, the file before is still known', async () => {
    await files.set(APP_ID, { path, format: 'bare' });
    await files.publish(APP_ID, token('first'));
    const { hashes = [] } = memory.of(APP_ID) ?? {};
    memory.note(APP_ID, { path, hashes: [...hashes.slice(-1), 'f'.repeat(64)] });
    files = open();
    await files.set(APP_ID, { path, format: 'bare' });
    await files.publish(APP_ID, token('second'));
    expect(content()).toBe('second');
  });

  it('temporary files of this path go, those of others stay', async () => {
    now = Date.now();
    await files.set(APP_ID, { path: folder, format: 'bare' });
    await files.publish(APP_ID, token());
    // The name of a temporary file is seen while a write is under way.
    const seen = new Set<string>();
    await files.set(APP_ID, { path, format: 'bare' });
    for (let n = 0; n < 200 && seen.size === 0; n += 1) {
      const writing = files.publish(APP_ID, token(`token-${n}`));
      for (let turn = 0; turn < 40; turn += 1) {
        for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) seen.add(name);
        await new Promise(setImmediate);
      }
      await writing;
    }
    const [name = ''] = seen;
    expect(name).toMatch(/^\.wtc-[\w-]{10}-[\w-]{16}\.tmp$/);
    const old = new Date(now - 60_000);
    const [left, fresh] = [join(folder, name), join(folder, name.replace(/.{20}$/, 'aaaaaaaaaaaaaaaa.tmp'))];
    const others = join(folder, '.wtc-0000000000-aaaaaaaaaaaaaaaa.tmp');
    for (const file of [left, fresh, others]) writeFileSync(file, 'half a tok');
    for (const file of [left, others]) utimesSync(file, old, old);
    await files.publish(APP_ID, token());
    expect([left, fresh, others].map(existsSync)).toEqual([false, true, true]);
  });
});

describe('what cannot be written', () => {
  const failure = async (at: string) => {
    await files.set(APP_ID, { path: at, format: 'bare' });
    await files.publish(APP_ID, token());
    const state = files.state(APP_ID);
    expect(state?.state).toBe('failing');
    return state?.detail;
  };

  it('a relative path is refused, and changes nothing', async () => {
    await files.set(APP_ID, { path, format: 'bare' });
    await files.publish(APP_ID, token());
    await expect(files.set(APP_ID, { path: 'token', format: 'bare' })).rejects.toMatchObject({
      error: { code: 'invalid-input', faults: [{ path: 'file.path' }] },
    });
    expect(content()).toBe('token-of-a-test');
  });

  it('names what stands in the way', async () => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(path);
    expect(await failure(path)).toMatch(/A folder is there/);
    expect(await failure(join(folder, 'absent', 'token'))).toMatch(/folder does not exist/);
    expect(await failure(join(folder, 'file', 'token'))).toMatch(/is a file, not a folder/);
    expect(await failure(join(folder, 'n'.repeat(300)))).toMatch(/too long/);
    expect(JSON.stringify(warn.mock.calls)).not.toContain('token-of-a-test');
    expect(readdirSync(folder).sort()).toEqual(['file', 'token']);
  });

  it.runIf(process.platform !== 'win32')('never follows a symbolic link, nor replaces it', async () => {
    const target = join(folder, 'target');
    writeFileSync(target, 'untouched');
    symlinkSync(target, path);
    expect(await failure(path)).toMatch(/symbolic link/);
    expect(readFileSync(target, 'utf8')).toBe('untouched');
    await files.publish(APP_ID, null);
    await files.set(APP_ID, null);
    expect(readFileSync(path, 'utf8')).toBe('untouched');
  });

  it.each([
    ['a password', 'hunter2'],
    ['JSON of another program', '{"app_id":"wx00000000000000a1"}'],
    ['another account’s', JSON.stringify({ app_id: OTHER, access_token: 'x', expires_at: 1 })],
    ['more than a token file holds', 'x'.repeat(20_000)],
  ])('never replaces nor removes a file that it has not written: %s', async (_, text) => {
    writeFileSync(path, text);
    expect(await failure(path)).toMatch(/has not written/);
    await files.publish(APP_ID, null);
    await files.set(APP_ID, null);
    expect(content()).toBe(text);
  });

  it('takes an empty file for the place it was made for', async () => {
    writeFileSync(path, '');
    await files.set(APP_ID, { path, format: 'bare' });
    await files.publish(APP_ID, token());
    expect(content()).toBe('token-of-a-test');
  });

  describe('among the console’s own files', () => {
    const own = () => join(folder, 'data');
    beforeEach(async () => {
      mkdirSync(join(own(), 'deep'), { recursive: true });
      mkdirSync(join(folder, 'config'));
      await files.close();
      files = open({ folder: own(), files: [join(folder, 'config', 'vault.key')] });
    });

    it.each([
      'data/vault.age',
      'data/new',
      'data/deep/new',
      'data/../data/new',
      'config/../data/deep/../new',
    ])('%s is refused', async (place) => {
      expect(await failure(`${folder}/${place}`)).toMatch(/console’s own folder/);
      expect(readdirSync(own())).toEqual(['deep']);
    });

    it('its key file is refused, though it is not there yet', async () => {
      expect(await failure(join(folder, 'config', 'vault.key'))).toMatch(/file of the console itself/);
      expect(await failure(join(folder, 'config', '.', 'Vault.KEY'))).toMatch(/file of the console itself/);
    });

    it.runIf(process.platform !== 'win32')('a folder that became a link to it since is refused', async () => {
      const place = join(folder, 'place');
      mkdirSync(place);
      await files.set(APP_ID, { path: join(place, 'token'), format: 'bare' });
      await files.publish(APP_ID, token());
      expect(files.state(APP_ID)?.state).toBe('written');
      rmSync(place, { recursive: true });
      symlinkSync(own(), place);
      await files.publish(APP_ID, token('the-next'));
      expect(files.state(APP_ID)?.detail).toMatch(/console’s own folder/);
      expect(readdirSync(own())).toEqual(['deep']);
    });

    it('beside it is fine', async () => {
      await files.set(APP_ID, { path: join(folder, 'data-of-others'), format: 'bare' });
      await files.publish(APP_ID, token());
      expect(files.state(APP_ID)?.state).toBe('written');
    });
  });

  it.runIf(process.getuid !== undefined && process.getuid() !== 0)('a folder of somebody else', async () => {
    chmodSync(folder, 0o500);
    expect(await failure(path)).toMatch(/not allowed/);
    chmodSync(folder, 0o700);
  });

  it('is tried again by itself', async () => {
    const deep = join(folder, 'later');
    await failure(join(deep, 'token'));
    expect(warn).toHaveBeenCalledTimes(1);
    mkdirSync(deep);
    await expect.poll(() => files.state(APP_ID)?.state).toBe('written');
    expect(readFileSync(join(deep, 'token'), 'utf8')).toBe('token-of-a-test');
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('one file for two accounts is the first one’s, until that goes', async () => {
    await files.set(APP_ID, { path, format: 'bare' });
    await files.publish(APP_ID, token());
    await files.set(OTHER, { path: join(folder, '.', 'token'), format: 'bare' });
    await files.publish(OTHER, token('of-the-other'));
    await wait(50);
    expect([content(), files.state(OTHER)?.detail]).toEqual([
      'token-of-a-test',
      expect.stringContaining(APP_ID),
    ]);
    await files.set(APP_ID, null);
    await expect.poll(() => existsSync(path) && content()).toBe('of-the-other');
  });
});
