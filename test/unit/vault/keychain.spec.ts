import { afterEach, describe, expect, it, vi } from 'vitest';
import { keychainVault } from '../../../electron/vault/keychain.ts';
import { itBehavesAsAVault } from '../../support/vault-behaviour.ts';
import { absent, done, found, marksInMemory, OTHER, SECRET, TOKEN } from '../../support/vault-values.ts';

/** Keytar as it was seen to behave; the real one is under test in integration/vault-keychain.spec.ts. */
function keytar() {
  const entries = new Map<string, string>();
  const state = { locked: false, underWay: 0, mostUnderWay: 0 };
  async function busy<Value>(work: () => Value): Promise<Value> {
    state.underWay += 1;
    state.mostUnderWay = Math.max(state.mostUnderWay, state.underWay);
    await Promise.resolve();
    state.underWay -= 1;
    return work();
  }
  const calls = {
    getPassword: vi.fn((_: string, name: string) =>
      busy(() => (state.locked ? null : (entries.get(name) ?? null))),
    ),
    setPassword: vi.fn((_: string, name: string, value: string) =>
      busy(() => {
        if (state.locked) throw new Error('Cannot create an item in a locked collection');
        entries.set(name, value);
      }),
    ),
    deletePassword: vi.fn((_: string, name: string) => busy(() => !state.locked && entries.delete(name))),
  };
  return { entries, state, calls };
}

function vaultOn(fake: ReturnType<typeof keytar>, marks = marksInMemory()) {
  return keychainVault({ service: 'test', marks, callTimeoutMs: 5000, load: async () => fake.calls });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the keychain vault', () => {
  itBehavesAsAVault(() => vaultOn(keytar()));

  it('names its entries by AppID and part, and marks what it kept', async () => {
    const [fake, marks] = [keytar(), marksInMemory()];
    const vault = vaultOn(fake, marks);
    await vault.keep(SECRET, 'one');
    expect([...fake.entries]).toEqual([['wx00000000000000a1/secret', 'one']]);
    expect([marks.has(SECRET), marks.has(TOKEN)]).toEqual([true, false]);
    await vault.forget(SECRET);
    expect(marks.has(SECRET)).toBe(false);
    await vault.probe();
    expect(fake.entries.size).toBe(0);
  });

  it('says in plain words that keytar is not installed, and names the way round', async () => {
    const missing = 'keytar-that-nobody-installed';
    const load = () => import(/* @vite-ignore */ missing);
    const vault = keychainVault({ service: 'test', marks: marksInMemory(), callTimeoutMs: 5000, load });
    const trouble = { result: 'unavailable', detail: expect.stringMatching(/not installed.*--vault file/) };
    expect(await vault.read(SECRET)).toEqual(trouble);
    expect(await vault.keep(SECRET, 'one')).toEqual(trouble);
    expect(await vault.probe()).toMatchObject({ kind: 'keychain', status: 'unavailable' });
  });

  it('tells a locked keychain from an empty one once it was found locked', async () => {
    const fake = keytar();
    const vault = vaultOn(fake, marksInMemory(SECRET));
    fake.entries.set('wx00000000000000a1/secret', 'one');
    fake.state.locked = true;
    expect(await vault.read(OTHER)).toEqual(absent);
    expect(await vault.read(SECRET)).toMatchObject({ result: 'locked' });
    expect(await vault.read(OTHER)).toMatchObject({ result: 'locked' });
    expect(await vault.forget(SECRET)).toMatchObject({ result: 'locked' });
    expect(await vault.probe()).toMatchObject({ status: 'locked' });
    fake.state.locked = false;
    expect(await vault.probe()).toMatchObject({ status: 'ready' });
    expect(await vault.read(SECRET)).toEqual(found('one'));
    expect(await vault.read(OTHER)).toEqual(absent);
  });

  it('leaves a locked keychain alone for 3 s: each call may ask the person again', async () => {
    vi.useFakeTimers();
    const fake = keytar();
    const marks = marksInMemory(SECRET);
    const vault = vaultOn(fake, marks);
    fake.entries.set('wx00000000000000a1/secret', 'one');
    fake.state.locked = true;
    await vault.read(SECRET);
    const before = fake.calls.getPassword.mock.calls.length;
    const readings = await Promise.all(Array.from({ length: 200 }, () => vault.read(SECRET)));
    expect(new Set(readings.map(({ result }) => result))).toEqual(new Set(['locked']));
    expect(fake.calls.getPassword.mock.calls.length).toBe(before);
    fake.state.locked = false;
    await vi.advanceTimersByTimeAsync(3000);
    expect(await vault.read(SECRET)).toEqual(found('one'));
  });

  it('says that an entry was lost when the keychain is open and the mark says it was kept', async () => {
    const fake = keytar();
    const marks = marksInMemory(SECRET);
    const vault = vaultOn(fake, marks);
    expect(await vault.read(SECRET)).toEqual({ result: 'locked', detail: expect.stringMatching(/gone/) });
    expect(await vault.read(OTHER)).toEqual(absent);
    expect(await vault.forget(SECRET)).toEqual(done);
    expect(await vault.read(SECRET)).toEqual(absent);
  });

  it('has not kept what the keychain does not give back', async () => {
    const [fake, marks] = [keytar(), marksInMemory()];
    fake.calls.getPassword.mockResolvedValue('something else');
    const vault = vaultOn(fake, marks);
    expect(await vault.keep(SECRET, 'one')).toMatchObject({ result: 'unavailable' });
    expect(await vault.probe()).toMatchObject({ status: 'unavailable' });
    expect(marks.has(SECRET)).toBe(false);
  });

  it('makes one call at a time, however many ask', async () => {
    const fake = keytar();
    const vault = vaultOn(fake);
    const entries = Array.from({ length: 200 }, (_, index) => ({ ...SECRET, appId: `wx${index}` }));
    await Promise.all(entries.map((entry) => vault.keep(entry, entry.appId)));
    expect(fake.entries.size).toBe(200);
    expect(fake.state.mostUnderWay).toBe(1);
  });

  it('gives up after 5 s, and marks what was kept after all', async () => {
    vi.useFakeTimers();
    const [fake, marks] = [keytar(), marksInMemory()];
    const { promise, resolve } = Promise.withResolvers<void>();
    fake.calls.setPassword.mockImplementationOnce(async (_, name, value) => {
      await promise;
      fake.entries.set(name, value);
    });
    const vault = vaultOn(fake, marks);
    const keeping = vault.keep(SECRET, 'one');
    await vi.advanceTimersByTimeAsync(5000);
    expect(await keeping).toEqual({ result: 'unavailable', detail: expect.stringMatching(/within 5 s/) });
    expect(await vault.read(SECRET)).toMatchObject({ result: 'unavailable' });
    expect(marks.has(SECRET)).toBe(false);
    resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(marks.has(SECRET)).toBe(true);
    expect(await vault.read(SECRET)).toEqual(found('one'));
  });

  it("tells the ledger's failure from its own, and takes it for a mark when it reads", async () => {
    const broken = () => {
      throw new Error('The ledger failed: database is locked.');
    };
    const fake = keytar();
    const vault = vaultOn(fake, { has: broken, set: broken, clear: broken, known: broken });
    expect(await vault.keep(SECRET, 'one')).toEqual({
      result: 'unavailable',
      detail:
        'The keychain did as asked, but that could not be noted: The ledger failed: database is locked.',
    });
    expect(await vault.read(SECRET)).toEqual(found('one'));
    expect(await vault.read(OTHER)).toMatchObject({ result: 'locked' });
  });

  it('never tells a value in what it says of trouble', async () => {
    const fake = keytar();
    fake.state.locked = true;
    const said = await vaultOn(fake).keep(SECRET, 'sandbox-secret-of-shop');
    expect(JSON.stringify(said)).not.toContain('sandbox-secret-of-shop');
  });
});
