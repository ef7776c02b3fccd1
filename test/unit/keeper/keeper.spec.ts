import { describe, expect, it, vi } from 'vitest';
import { Keeper, type KeeperPorts } from '../../../electron/keeper/keeper.ts';
import type { Call, Terms } from '../../../electron/keeper/life.ts';
import type { Found } from '../../../electron/keeper/lifecycle.ts';
import type { TokenReply } from '../../../electron/wechat/wechat.ts';
import {
  checkReply,
  grant,
  NOTHING,
  noAnswer,
  refusal,
  reply,
  START,
  terms,
} from '../../support/keeper-lives.ts';

interface Asked {
  call: Call;
  signal: AbortSignal;
  answer: (reply: TokenReply) => void;
  fail: (error: Error) => void;
}

function build(found: Found = NOTHING, changes: Partial<KeeperPorts> = {}, set: Partial<Terms> = {}) {
  const asked: Asked[] = [];
  const order: string[] = [];
  const faults: unknown[] = [];
  const ports: KeeperPorts = {
    clock: () => START,
    chance: () => 0,
    gate: (run) => run(),
    ask: (call, signal) =>
      new Promise((answer, fail) => {
        asked.push({ call, signal, answer, fail });
      }),
    check: () => Promise.reject(new Error('not asked in this test')),
    noteAsking: async () => void order.push('note'),
    keep: async () => void order.push('keep'),
    record: () => order.push('record'),
    note: () => order.push('note-check'),
    announce: () => order.push('announce'),
    setAlarm: () => undefined,
    fault: (error) => faults.push(error),
    ...changes,
  };
  const keeper = new Keeper(terms(set), found, ports);
  const call = (n: number) => vi.waitUntil(() => asked[n]);
  return { keeper, asked, order, faults, call };
}

const manual = { trigger: 'manual', actor: 'admin', force: false } as const;

describe('a keeper', () => {
  it('notes a call before it leaves; a grant goes to the vault, then the ledger, then the listeners', async () => {
    const { keeper, order, call } = build();
    (await call(0)).answer(reply(grant('one')));
    await keeper.settled();
    expect(order).toEqual(['announce', 'note', 'keep', 'record', 'announce']);
  });

  it('lets a forced question wait for the call under way, whose answer is not what was asked for', async () => {
    const { keeper, asked, call } = build(NOTHING, {}, { line: 'stable' });
    const first = await call(0);
    const forced = keeper.ask({ ...manual, force: true });
    first.answer(reply(grant('one')));
    (await call(1)).answer(reply(grant('two')));
    expect(await forced).toBeNull();
    expect(asked.map(({ call: { force } }) => force)).toEqual([false, true]);
    expect(keeper.life.token?.accessToken).toBe('two');
  });

  it('checks a token and takes what is said; a fault of ours is no answer', async () => {
    const checked = vi.fn<KeeperPorts['check']>(async () => checkReply(40001));
    const { keeper, order, faults, call } = build(NOTHING, { check: checked });
    (await call(0)).answer(reply(grant('one')));
    await keeper.settled();
    await keeper.check('one', 'admin');
    expect(order.filter((name) => name === 'note-check')).toHaveLength(1);
    (await call(1)).answer(reply(grant('two')));
    await keeper.settled();
    checked.mockRejectedValueOnce(new Error('broken'));
    expect(await keeper.check('two', 'admin')).toMatchObject({ outcome: 'failed' });
    expect(faults).toHaveLength(1);
    expect(keeper.life).toMatchObject({ token: { accessToken: 'two' }, lastCheck: { result: 'unknown' } });
  });

  it('gives everyone who asks meanwhile the answer to the one call', async () => {
    const { keeper, asked, call } = build();
    const first = await call(0);
    let ended = 0;
    const ask = () => keeper.ask(manual).finally(() => ended++);
    const all = Promise.all([ask(), ask(), ask()]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(0);
    first.answer(reply(grant('one')));
    expect(await all).toEqual([null, null, null]);
    expect(asked).toHaveLength(1);
    expect(keeper.life.token?.accessToken).toBe('one');
  });

  it('hands the old token out until the new one is safe', async () => {
    const safe = Promise.withResolvers<void>();
    const keep = () => safe.promise;
    const token = {
      accessToken: 'old',
      obtainedAt: START.wall,
      expiresAt: START.wall + 7_200_000,
      line: 'standard',
    } as const;
    const { keeper, call } = build({ ...NOTHING, token }, { keep });
    const asking = keeper.ask(manual);
    (await call(0)).answer(reply(grant('new')));
    await new Promise((resolve) => setImmediate(resolve));
    expect(keeper.life.token?.accessToken).toBe('old');
    safe.resolve();
    await asking;
    expect(keeper.life.token?.accessToken).toBe('new');
  });

  it('says why a question was declined', async () => {
    const { keeper, call } = build();
    (await call(0)).answer(reply(refusal(89507, 'refused')));
    await keeper.settled();
    expect(await keeper.ask(manual)).toEqual({ code: 'blocked-by-refusal', until: START.wall + 3_600_000 });
  });

  it('waits for the call that follows when the secret changed meanwhile', async () => {
    const { keeper, asked, call } = build();
    await keeper.post({ type: 'terms', terms: terms(), because: 'secret-changed' });
    const settled = keeper.settled();
    (await call(0)).answer(reply(noAnswer));
    (await call(1)).answer(reply(grant('one')));
    await settled;
    expect(asked.map(({ call }) => call.trigger)).toEqual(['startup', 'secret-changed']);
  });

  it('turns a fault of ours into a failed attempt, so that the account does not wait for ever', async () => {
    const { keeper, faults, call } = build();
    (await call(0)).fail(new Error('a bug'));
    await keeper.settled();
    expect(faults).toHaveLength(1);
    expect(keeper.life).toMatchObject({ call: null, trouble: { class: 'transient' } });
    expect(keeper.life.next).not.toBeNull();
  });

  it('goes on after a fault of ours in a step', async () => {
    const { keeper, faults, call } = build(NOTHING, {
      record: () => {
        throw new Error('a bug');
      },
    });
    (await call(0)).answer(reply(grant('one')));
    await keeper.settled();
    expect(faults).toHaveLength(1);
    expect(keeper.life).toMatchObject({ call: null, token: { accessToken: 'one' } });
  });

  it('cuts its call off when stopped and takes nothing any more', async () => {
    const { keeper, order, call } = build();
    const first = await call(0);
    keeper.stop();
    expect(first.signal.aborted).toBe(true);
    first.answer(reply(grant('one')));
    await keeper.settled();
    expect(keeper.life.token).toBeNull();
    expect(order).not.toContain('record');
  });
});
