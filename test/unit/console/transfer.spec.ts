/** Accounts on their way to another machine: what the file holds, what is taken in, and that no secret leaks. */
import { gzipSync } from 'node:zlib';
import { armor, Encrypter } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CommandInput, MOST_ACCOUNTS } from '../../../electron/console/contract.ts';
import { openParcel, sealParcel } from '../../../electron/vault/parcel.ts';
import { work } from '../../support/cheap-scrypt.ts';
import { type QuietConsole, startQuietConsole } from '../../support/quiet-console.ts';

vi.mock('node:crypto', async () => (await import('../../support/cheap-scrypt.ts')).cheapCrypto);

const SECRET = 'sandbox-secret-of-the-shop';
const PASSPHRASE = 'four words of the shop';
const OFFICIAL = { appId: 'wx00000000000000a1', name: '商城', kind: 'official', line: 'stable' } as const;
const MINI = { appId: 'wx00000000000000b2', name: 'booking', kind: 'mini', line: 'standard' } as const;
/** Everything the second one differs in from what is usual. */
const UNUSUAL = { apiBase: 'https://sh.api.weixin.qq.com', leadSeconds: 1200, checkMinutes: 15 } as const;

const consoles: QuietConsole[] = [];
const saved: { name: string; text: string }[] = [];
afterEach(async () => {
  for (const each of consoles.splice(0)) await each.close();
});

/** A console that saves what it exports into `saved`. */
async function open(
  saveFile = async (name: string, text: string): Promise<string | null> => {
    saved.push({ name, text });
    return `/home/li/${name}`;
  },
) {
  const console = await startQuietConsole({ host: { abilities: [], saveFile } });
  consoles.push(console);
  return console;
}

async function openFilled() {
  const console = await open();
  await console.run('accounts.add', { ...OFFICIAL, secret: SECRET });
  await console.run('accounts.add', { ...MINI, ...UNUSUAL, secret: `${SECRET}-of-booking` });
  return console;
}

/** What a console exports. */
async function exported(console: QuietConsole, input: CommandInput<'accounts.export'>): Promise<string> {
  await console.run('accounts.export', input);
  return saved.at(-1)?.text ?? '';
}

beforeEach(() => {
  saved.length = 0;
  work.isCheap = true;
});

describe('without a passphrase', () => {
  it('the file holds everything but the secrets, for people to read', async () => {
    const text = await exported(await openFilled(), {});
    expect(saved[0]?.name).toMatch(/^wechat-accounts-\d{4}-\d\d-\d\d\.json$/);
    expect(text).not.toContain(SECRET);
    expect(text).not.toMatch(/secret|token"/);
    const { accounts } = JSON.parse(text);
    expect(accounts).toEqual([
      { ...OFFICIAL, apiBase: 'https://api.weixin.qq.com', leadSeconds: 600, checkMinutes: 5, paused: false },
      { ...MINI, ...UNUSUAL, paused: false },
    ]);
  });

  it('another console takes them in as they were, and asks nothing before it has a secret', async () => {
    const text = await exported(await openFilled(), {});
    const other = await open();
    const { added, skipped } = await other.run('accounts.import', { text });
    expect({ added, skipped }).toEqual({
      added: [
        { appId: OFFICIAL.appId, name: OFFICIAL.name, hasSecret: false, foreignApiBase: null },
        { appId: MINI.appId, name: MINI.name, hasSecret: false, foreignApiBase: null },
      ],
      skipped: [],
    });
    expect(other.app.state().accounts).toMatchObject([
      { ...OFFICIAL, secret: 'missing' },
      { ...MINI, ...UNUSUAL, secret: 'missing' },
    ]);
    expect(other.asked).toEqual([]);
  });
});

describe('with a passphrase', () => {
  it('the file is sealed: no secret, name or AppID can be read in it', async () => {
    const text = await exported(await openFilled(), { passphrase: PASSPHRASE });
    expect(saved[0]?.name).toMatch(/\.age$/);
    expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    const bytes = Buffer.from(armor.decode(text.trim())).toString('latin1');
    for (const hidden of [SECRET, OFFICIAL.appId, MINI.name, PASSPHRASE, 'accounts']) {
      expect(text).not.toContain(hidden);
      expect(bytes).not.toContain(hidden);
    }
  });

  it('another console has the secrets; what may still be refreshed elsewhere waits for a person', async () => {
    const text = await exported(await openFilled(), { passphrase: PASSPHRASE });
    const other = await open();
    const { added } = await other.run('accounts.import', { text, passphrase: PASSPHRASE });
    expect(added.map(({ hasSecret }) => hasSecret)).toEqual([true, true]);
    expect(other.app.safe.secretFor(OFFICIAL.appId, 'https://api.weixin.qq.com')).toBe(SECRET);
    expect(other.app.safe.secretFor(MINI.appId, 'https://api.weixin.qq.com')).toBe(`${SECRET}-of-booking`);
    const [stable, standard] = other.app.state().accounts;
    expect(stable?.phase).not.toBe('paused');
    expect(standard).toMatchObject({ ...UNUSUAL, phase: 'paused', token: null });
    expect(other.asked.map(({ appId }) => appId)).toEqual([OFFICIAL.appId]);
    expect(other.onDisk()).not.toContain(SECRET);
  });

  it('the passphrase costs whoever guesses it as much as age asks for', { timeout: 30_000 }, async () => {
    work.isCheap = false;
    const header = Buffer.from(armor.decode((await sealParcel('text', PASSPHRASE)).trim())).toString(
      'latin1',
    );
    expect(header).toMatch(/^-> scrypt \S+ 18$/m);
  });

  it('typed with accents made of two characters, it is the same', async () => {
    const parcel = await sealParcel('text', 'caf\u00e9 of the shop');
    expect(await openParcel(parcel, 'cafe\u0301 of the shop')).toBe('text');
  });

  it('a paused account stays paused', async () => {
    const console = await openFilled();
    await console.run('accounts.update', { appId: OFFICIAL.appId, changes: { paused: true } });
    const text = await exported(console, { passphrase: PASSPHRASE });
    const other = await open();
    await other.run('accounts.import', { text, passphrase: PASSPHRASE });
    expect(other.app.state().accounts[0]?.phase).toBe('paused');
    expect(other.asked).toEqual([]);
  });
});

describe('what is here already', () => {
  it('stays as it is, and is told', async () => {
    const text = await exported(await openFilled(), { passphrase: PASSPHRASE });
    const other = await open();
    await other.run('accounts.add', { ...OFFICIAL, name: 'mine', secret: 'sandbox-secret-of-mine' });
    const { added, skipped } = await other.run('accounts.import', { text, passphrase: PASSPHRASE });
    expect(added.map(({ appId }) => appId)).toEqual([MINI.appId]);
    expect(skipped).toEqual([{ appId: OFFICIAL.appId, name: OFFICIAL.name }]);
    expect(other.app.safe.secretFor(OFFICIAL.appId, 'https://api.weixin.qq.com')).toBe(
      'sandbox-secret-of-mine',
    );
    expect(other.app.state().accounts[0]?.name).toBe('mine');
  });

  it('is added once when the file has it twice', async () => {
    const text = JSON.parse(await exported(await openFilled(), {}));
    text.accounts.push({ ...text.accounts[0], name: 'again' });
    const other = await open();
    const { added, skipped } = await other.run('accounts.import', { text: JSON.stringify(text) });
    expect(added).toHaveLength(2);
    expect(skipped).toEqual([{ appId: OFFICIAL.appId, name: 'again' }]);
  });
});

describe('what could not come back', () => {
  it('does not come in: more accounts than a file may hold', async () => {
    const console = await openFilled();
    vi.spyOn(console.app.accounts, 'size', 'get').mockReturnValue(MOST_ACCOUNTS);
    const third = { ...OFFICIAL, appId: 'wx00000000000000c3' };
    const error = await console.refused('accounts.add', { ...third, secret: SECRET });
    expect(error).toMatchObject({ code: 'too-many-accounts' });
    const text = JSON.stringify({ format: 'wechat-token-console/accounts', version: 1, accounts: [third] });
    expect(await console.refused('accounts.import', { text })).toMatchObject({ code: 'too-many-accounts' });
    expect(console.app.state().accounts).toHaveLength(2);
  });

  it('does not come in: an address longer than any name can be', async () => {
    const console = await open();
    const label = `${'a'.repeat(62)}.`;
    const at = (host: string) => ({ ...OFFICIAL, secret: SECRET, apiBase: `https://${host}` });
    expect(await console.refused('accounts.add', at(`${label.repeat(4)}cn`))).toMatchObject({
      faults: [{ path: 'apiBase' }],
    });
    await console.run('accounts.add', at(`${label.repeat(3)}cn:8443`));
  });

  it('is not read: a text of more than 32 MiB, whoever carries it', async () => {
    const console = await open();
    const error = await console.refused('accounts.import', { text: ' '.repeat(32 * 1024 * 1024 + 1) });
    expect(error).toMatchObject({ code: 'invalid-input', faults: [{ path: 'text' }] });
  });
});

describe('a file that cannot be taken in', () => {
  const format = 'wechat-token-console/accounts';
  const account = { ...OFFICIAL, secret: SECRET };

  /** What the console says, having added nothing and told nobody of a secret or a passphrase. */
  async function refusal(text: string, passphrase?: string) {
    const console = await open();
    const error = await console.refused('accounts.import', { text, ...(passphrase && { passphrase }) });
    expect(console.app.state().accounts).toEqual([]);
    for (const hidden of [SECRET, PASSPHRASE, passphrase ?? PASSPHRASE]) {
      expect(JSON.stringify([error, console.logged, console.events])).not.toContain(hidden);
    }
    return error;
  }

  const sealed = () => sealParcel(JSON.stringify({ format, version: 1, accounts: [account] }), PASSPHRASE);

  it('sealed, without a passphrase', async () => {
    expect(await refusal(await sealed())).toMatchObject({ code: 'wrong-passphrase' });
  });

  it('sealed, with another passphrase', async () => {
    expect(await refusal(await sealed(), 'not the passphrase')).toMatchObject({ code: 'wrong-passphrase' });
  });

  it.each([
    ['cut off', (text: string) => `${text.slice(0, text.length / 2)}\n-----END AGE ENCRYPTED FILE-----\n`],
    ['with a letter changed', (text: string) => swapped(text, text.length - 60)],
    ['with nothing in it', () => '-----BEGIN AGE ENCRYPTED FILE-----\n-----END AGE ENCRYPTED FILE-----\n'],
  ])('damaged: %s', async (_what, damage) => {
    expect(await refusal(damage(await sealed()), PASSPHRASE)).toMatchObject({ code: 'wrong-passphrase' });
  });

  it('that would fill the memory when unpacked', async () => {
    const bomb = await sealBytes(gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')));
    expect(bomb.length).toBeLessThan(200_000);
    expect(await openParcel(bomb, PASSPHRASE)).toBeNull();
    expect(await refusal(bomb, PASSPHRASE)).toMatchObject({ code: 'wrong-passphrase' });
  });

  it.each([19, 20, 30, 99])(
    'that takes more memory to open than our own (scrypt 2^%i), before it is taken',
    async (logN) => {
      const text = Buffer.from(armor.decode((await sealed()).trim())).toString('latin1');
      const costly = armor.encode(
        Buffer.from(text.replace(/^(-> scrypt \S+) \d+$/m, `$1 ${logN}`), 'latin1'),
      );
      const started = performance.now();
      expect(await refusal(costly, PASSPHRASE)).toMatchObject({ code: 'costly-file' });
      expect(performance.now() - started).toBeLessThan(500);
    },
  );

  it('of a later version: that it is newer is told', async () => {
    const text = JSON.stringify({ format, version: 2, accounts: [{ unknown: true }] });
    expect(await refusal(text)).toMatchObject({ code: 'newer-file' });
  });

  it.each([
    ['not JSON', `{"secret":"${SECRET}"`, 'file'],
    ['of another program', JSON.stringify({ accounts: [account] }), 'format'],
    ['of no version', JSON.stringify({ format, version: '2', accounts: [account] }), 'version'],
    [
      'with a wrong AppID',
      JSON.stringify({ format, version: 1, accounts: [{ ...account, appId: 'x' }] }),
      'appId',
    ],
    [
      'with a secret that is none',
      JSON.stringify({ format, version: 1, accounts: [{ ...account, secret: `${SECRET} ${SECRET}` }] }),
      'accounts.0.secret',
    ],
    [
      'with too much in it',
      JSON.stringify({ format, version: 1, accounts: Array(MOST_ACCOUNTS + 1).fill(account) }),
      'accounts',
    ],
  ])('%s: the place is named, never the value', async (_what, text, place) => {
    const error = await refusal(text);
    expect(error).toMatchObject({ code: 'unreadable-file', message: expect.stringContaining(place) });
  });

  it('is taken in as a whole or not at all: one wrong account spoils the others', async () => {
    const accounts = [account, { ...account, appId: MINI.appId, kind: 'work' }];
    const error = await refusal(JSON.stringify({ format, version: 1, accounts }));
    expect(error.message).toContain('accounts.1.kind');
  });
});

describe('saving', () => {
  it('may be given up, and then nothing was exported', async () => {
    const console = await open(async () => null);
    await console.run('accounts.add', { ...OFFICIAL, secret: SECRET });
    expect(await console.run('accounts.export', {})).toEqual({ path: null, accounts: 0 });
  });

  it('says where the file is and how many accounts are in it', async () => {
    const console = await openFilled();
    const { path, accounts } = await console.run('accounts.export', {});
    expect({ path, accounts }).toEqual({ path: `/home/li/${saved[0]?.name}`, accounts: 2 });
  });

  it('that fails says why', async () => {
    const console = await open(() => Promise.reject(new Error('EROFS: read-only file system')));
    const error = await console.refused('accounts.export', {});
    expect(error).toMatchObject({ code: 'storage-failed', message: expect.stringContaining('EROFS') });
  });

  it('is not on a host that cannot', async () => {
    const console = await startQuietConsole();
    consoles.push(console);
    expect(await console.refused('accounts.export', {})).toMatchObject({ code: 'not-on-this-host' });
  });

  it('a passphrase of fewer than 8 characters is refused before anything is sealed', async () => {
    const console = await openFilled();
    const error = await console.refused('accounts.export', { passphrase: '1234567' });
    expect(error).toMatchObject({ code: 'invalid-input', faults: [{ path: 'passphrase' }] });
    expect(JSON.stringify(error)).not.toContain('1234567');
    expect(saved).toEqual([]);
  });
});

/** Sealed as an export is, around any bytes. */
async function sealBytes(bytes: Uint8Array): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(PASSPHRASE);
  encrypter.setScryptWorkFactor(4); // as cheap-scrypt.ts derives
  return armor.encode(await encrypter.encrypt(new Uint8Array(bytes)));
}

/** The text with the first letter or digit from `at` on made another. */
function swapped(text: string, at: number): string {
  const place = at + text.slice(at).search(/[A-Za-z0-9]/);
  return `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`;
}
