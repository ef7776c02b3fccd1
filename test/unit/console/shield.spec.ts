/** The app's own lock: what it lets through, how tries are slowed down, and what is kept of a passphrase. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type CommandName, commands, type ShieldView } from '../../../electron/console/contract.ts';
import { Refusal } from '../../../electron/console/refusal.ts';
import { forgetPassphrase, Shield } from '../../../electron/console/shield.ts';

const costs = vi.hoisted((): unknown[] => []);

/** The real derivation at a 64th of its cost, which it notes: a few hundred milliseconds each would be a minute. */
vi.mock('node:crypto', async (load) => {
  const crypto = await load<typeof import('node:crypto')>();
  const scrypt = (...[passphrase, salt, length, cost, done]: Parameters<typeof crypto.scrypt>) => {
    costs.push(cost);
    crypto.scrypt(passphrase, salt, length, { ...cost, N: 2 ** 10 }, done);
  };
  return { ...crypto, scrypt };
});

const PASSPHRASE = 'four words of the shop';
const settings = new Map<string, string>();
let isDiskFull = false;
let now = 1_000_000;
const told: ShieldView[] = [];

const ledger = {
  setting: (key: string) => settings.get(key) ?? null,
  setSetting(key: string, value: string) {
    if (isDiskFull) throw new Error('database or disk is full');
    settings.set(key, value);
  },
};

function open({
  isOffered = true,
  askSystem = undefined as (() => Promise<boolean>) | undefined,
} = {}): Shield {
  return new Shield({ ledger, isOffered, askSystem, clock: () => now, changed: (view) => told.push(view) });
}

/** A lock with a passphrase, locked as after a start. */
async function locked(): Promise<Shield> {
  await open().setPassphrase(null, PASSPHRASE);
  told.length = 0;
  return open();
}

/** What a refused deed comes back with. */
async function refusal(deed: Promise<unknown>) {
  const error = await deed.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw new Error(`no refusal: ${String(error)}`);
  return error.error;
}

const wrong = (shield: Shield) => refusal(shield.unlock('not the passphrase'));

beforeEach(() => {
  settings.clear();
  told.length = 0;
  isDiskFull = false;
  now = 1_000_000;
});

describe('without a passphrase', () => {
  it('nothing is locked and nothing can be', () => {
    const shield = open();
    expect(shield.lock()).toEqual({ isLocked: false, hasPassphrase: false, system: false, until: null });
    expect(told).toEqual([]);
    expect(() => shield.admit('tokens.reveal')).not.toThrow();
  });

  it('a host without a window has no lock, even over a ledger that has one', async () => {
    await locked();
    const shield = open({ isOffered: false });
    expect(shield.view()).toMatchObject({ isLocked: false, hasPassphrase: false });
    expect(await refusal(shield.setPassphrase(null, PASSPHRASE))).toMatchObject({ code: 'not-on-this-host' });
  });
});

describe('with a passphrase', () => {
  it('the app starts locked, and opens with it alone', async () => {
    const shield = await locked();
    expect(shield.view()).toEqual({ isLocked: true, hasPassphrase: true, system: false, until: null });
    expect(await wrong(shield)).toEqual({ code: 'wrong-passphrase', message: 'This is not the passphrase.' });
    expect(shield.view().isLocked).toBe(true);
    expect(await shield.unlock(PASSPHRASE)).toMatchObject({ isLocked: false });
    expect(shield.lock()).toMatchObject({ isLocked: true });
    expect(told.map(({ isLocked }) => isLocked)).toEqual([false, true]);
  });

  it('typed with accents made of two characters, it is the same', async () => {
    const composed = 'caf\u00e9 \u5fae\u4fe1 na\u00efve';
    await open().setPassphrase(null, composed);
    expect(await open().unlock(composed.normalize('NFD'))).toMatchObject({ isLocked: false });
  });

  it('only what shows nothing is let through while locked', async () => {
    const shield = await locked();
    const isAdmitted = (command: CommandName) => {
      try {
        shield.admit(command);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ error: { code: 'app-locked' } });
        return false;
      }
    };
    const names = Object.keys(commands) as CommandName[];
    expect(names.filter(isAdmitted).sort()).toEqual([
      'errors.list',
      'shield.lock',
      'shield.unlock',
      'state.get',
    ]);
    await shield.unlock(PASSPHRASE);
    expect(names.filter(isAdmitted)).toEqual(names);
  });

  it('changing or removing it needs the current one', async () => {
    const shield = await locked();
    await shield.unlock(PASSPHRASE);
    for (const current of [null, '', 'not the passphrase']) {
      expect(await refusal(shield.setPassphrase(current, null))).toMatchObject({ code: 'wrong-passphrase' });
    }
    expect(shield.view().hasPassphrase).toBe(true);
    await shield.setPassphrase(PASSPHRASE, 'another of the shop');
    expect(await wrong(open())).toMatchObject({ code: 'wrong-passphrase' });
    expect(await open().unlock('another of the shop')).toMatchObject({ isLocked: false });
    expect(await shield.setPassphrase('another of the shop', null)).toMatchObject({ hasPassphrase: false });
    expect(open().view()).toMatchObject({ isLocked: false, hasPassphrase: false });
  });

  it('stays when the ledger cannot be written', async () => {
    const shield = await locked();
    await shield.unlock(PASSPHRASE);
    isDiskFull = true;
    const deed = shield.setPassphrase(PASSPHRASE, 'another of the shop');
    expect(await refusal(deed)).toMatchObject({ code: 'storage-failed' });
    expect(await open().unlock(PASSPHRASE)).toMatchObject({ isLocked: false });
    expect(shield.view().hasPassphrase).toBe(true);
  });

  it('is kept as a salted hash, never as itself', async () => {
    await open().setPassphrase(null, PASSPHRASE);
    const first = settings.get('shield');
    await open().setPassphrase(PASSPHRASE, PASSPHRASE);
    const all = JSON.stringify([...settings]);
    for (const form of [PASSPHRASE, Buffer.from(PASSPHRASE).toString('base64')])
      expect(all).not.toContain(form);
    expect(settings.get('shield')).not.toBe(first);
    expect(new Set(costs.map((cost) => JSON.stringify(cost)))).toEqual(
      new Set([JSON.stringify({ N: 65_536, r: 8, p: 1, maxmem: 134_217_728 })]),
    );
  });

  it('can be forgotten from outside', async () => {
    await locked();
    forgetPassphrase(ledger);
    expect(open().view()).toMatchObject({ isLocked: false, hasPassphrase: false });
  });
});

it('a row that cannot be read is a lock without a key, not an open door', async () => {
  settings.set('shield', '{"salt');
  const shield = open();
  expect(shield.view()).toMatchObject({ isLocked: true, hasPassphrase: true });
  expect((await refusal(shield.unlock(''))).code).toBe('wrong-passphrase');
  expect((await refusal(shield.setPassphrase('', null))).code).toBe('wrong-passphrase');
  forgetPassphrase(ledger);
  expect(open().view()).toMatchObject({ isLocked: false, hasPassphrase: false });
});

describe('wrong tries', () => {
  it('wait longer and longer, up to five minutes, and then nobody is heard', async () => {
    const shield = await locked();
    const waits: (number | null)[] = [];
    for (let n = 0; n < 13; n += 1) {
      const { until } = await wrong(shield);
      waits.push(until === undefined ? null : until - now);
      now = until ?? now;
    }
    const grown = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1000);
    expect(waits).toEqual([null, null, null, ...grown]);
  });

  it('the right one is not heard before the wait is over, and ends the waits', async () => {
    const shield = await locked();
    for (let n = 0; n < 4; n += 1) await wrong(shield);
    const { until } = shield.view();
    expect(until).toBe(now + 2000);
    expect(told.at(-1)?.until).toBe(until);
    now += 1999;
    expect(await refusal(shield.unlock(PASSPHRASE))).toMatchObject({ code: 'wrong-passphrase', until });
    now += 1;
    expect(await shield.unlock(PASSPHRASE)).toMatchObject({ isLocked: false, until: null });
    shield.lock();
    expect((await wrong(shield)).until).toBeUndefined();
  });

  it('made side by side are heard one after the other, and wait as well', async () => {
    const shield = await locked();
    const tries = [...Array.from({ length: 6 }, () => 'not the passphrase'), PASSPHRASE];
    const answers = await Promise.allSettled(tries.map((each) => shield.unlock(each)));
    expect(answers.map(({ status }) => status)).toEqual(tries.map(() => 'rejected'));
    expect(shield.view()).toMatchObject({ isLocked: true, until: now + 2000 });
  });

  it('of the current passphrase count too', async () => {
    const shield = await locked();
    await shield.unlock(PASSPHRASE);
    for (let n = 0; n < 4; n += 1) await refusal(shield.setPassphrase('not the passphrase', null));
    const { until } = await refusal(shield.setPassphrase(PASSPHRASE, null));
    expect(until).toBe(now + 2000);
    expect(shield.view().hasPassphrase).toBe(true);
  });
});

describe('the system', () => {
  it('opens the lock where it can tell who sits here', async () => {
    await locked();
    const shield = open({ askSystem: async () => true });
    expect(shield.view().system).toBe(true);
    expect(await shield.unlock(null)).toMatchObject({ isLocked: false });
  });

  it.each([
    ['somebody else sits here', async () => false],
    ['it fails', () => Promise.reject(new Error('no sensor'))],
    ['there is none', undefined],
  ])('leaves it closed when %s', async (_what, askSystem) => {
    await locked();
    const shield = open({ askSystem });
    expect(await refusal(shield.unlock(null))).toMatchObject({ code: 'wrong-passphrase' });
    expect(shield.view().isLocked).toBe(true);
  });

  it('is not offered before there is a passphrase', () => {
    expect(open({ askSystem: async () => true }).view().system).toBe(false);
  });
});
