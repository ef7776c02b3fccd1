import { describe, expect, it } from 'vitest';
import type { AccountView, ConsoleEvent } from '../../../electron/console/contract.ts';
import { type ConsoleState, initialState, reduce } from '../../../renderer/state.ts';
import { emptyState } from '../../support/fake-console.ts';
import { everyPhase, fakeAccount, fakeAppId, fakeHistory } from '../../support/renderer-fake-console.ts';

const A = fakeAppId(0xa1);
const B = fakeAppId(0xa2);
const NOW = 1_800_000_000_000;

function next(state: ConsoleState, event: ConsoleEvent, now = NOW): ConsoleState {
  return reduce(state, [event], now);
}

function stateOf(accounts: readonly AccountView[]): ConsoleState {
  return next(initialState, {
    type: 'state',
    state: { ...emptyState, accounts: [...accounts], version: '1' },
  });
}

describe('a change of one account', () => {
  const before = stateOf([fakeAccount(1), fakeAccount(2)]);

  it('touches that account only', () => {
    const changed = next(before, {
      type: 'account-changed',
      appId: A,
      changes: { callerIp: '198.51.100.1' },
    });
    expect(changed.accounts[A]).toMatchObject({ callerIp: '198.51.100.1', name: '账号 1' });
    expect(changed.accounts[B]).toBe(before.accounts[B]);
    expect(changed.groups).toBe(before.groups);
    expect(changed.runs).toBe(before.runs);
  });

  it('of its phase moves it to the group it belongs to, and is announced', () => {
    const changed = next(before, {
      type: 'account-changed',
      appId: A,
      changes: { phase: 'needs-attention' },
    });
    expect(changed.groups).toEqual([
      { name: 'attention', appIds: [A] },
      { name: 'fine', appIds: [B] },
    ]);
    expect(changed.announcement).toEqual({ appId: A, phase: 'needs-attention' });
  });

  it('that is not known here is left alone', () => {
    const event: ConsoleEvent = { type: 'account-changed', appId: fakeAppId(9), changes: { name: 'x' } };
    expect(reduce(before, [event], NOW)).toEqual(before);
  });
});

describe('an attempt under way', () => {
  it('keeps the phase before it, so that a list does not flicker', () => {
    const before = stateOf([fakeAccount(1, { phase: 'awaiting-admin' })]);
    const asked = next(before, { type: 'account-changed', appId: A, changes: { phase: 'refreshing' } });
    expect(asked.runs[A]).toEqual({ settled: 'awaiting-admin', refreshingSince: NOW });
    expect(asked.groups).toBe(before.groups);
    expect(asked.announcement).toBeNull();
    const event: ConsoleEvent = { type: 'account-changed', appId: A, changes: { phase: 'live' } };
    const done = next(asked, event, NOW + 200);
    expect(done.runs[A]).toEqual({ settled: 'live', refreshingSince: null });
    expect(done.announcement).toEqual({ appId: A, phase: 'live' });
  });

  it('keeps its beginning while more is told about it', () => {
    let state = stateOf([fakeAccount(1, { phase: 'refreshing' })]);
    state = next(state, { type: 'account-changed', appId: A, changes: { callerIp: null } }, NOW + 5000);
    expect(state.runs[A]?.refreshingSince).toBe(NOW);
  });
});

describe('the groups', () => {
  it('put those that need a person first, the worst at their head', () => {
    const { groups, accounts } = stateOf(everyPhase());
    expect(groups.map((group) => group.name)).toEqual(['attention', 'retrying', 'fine', 'paused']);
    const phases = groups[0]?.appIds.map((appId) => accounts[appId]?.phase);
    expect(phases).toEqual([
      'needs-attention',
      'needs-attention',
      'needs-attention',
      'refused',
      'awaiting-admin',
    ]);
  });

  it('count a missing AppSecret as something to do even while the token lives', () => {
    expect(stateOf([fakeAccount(1, { secret: 'locked' })]).groups[0]?.name).toBe('attention');
  });
});

describe('everything else that is told', () => {
  it('a new whole state replaces what was known and counts the times', () => {
    const first = stateOf([fakeAccount(1), fakeAccount(2)]);
    const event: ConsoleEvent = {
      type: 'state',
      state: {
        ...emptyState,
        accounts: [fakeAccount(2)],
        vault: { kind: 'file', status: 'locked', detail: null },
        version: '2',
        notices: [{ id: 'demo', since: 1, detail: null }],
      },
    };
    const second = next({ ...first, link: 'lost' }, event);
    expect(Object.keys(second.accounts)).toEqual([B]);
    expect(second).toMatchObject({ link: 'open', epoch: 2, version: '2' });
  });

  it('accounts come and go', () => {
    const one = stateOf([fakeAccount(1)]);
    const two = next(one, { type: 'account-added', account: fakeAccount(2) });
    expect(Object.keys(two.accounts)).toEqual([A, B]);
    const gone = next(two, { type: 'account-removed', appId: A });
    expect(Object.keys(gone.accounts)).toEqual([B]);
    expect(Object.keys(gone.runs)).toEqual([B]);
    expect(gone.groups).toEqual([{ name: 'fine', appIds: [B] }]);
  });

  it('history rows stand newest first and do not pile up without end', () => {
    const [row] = fakeHistory(A, 1);
    if (!row) throw new Error('no row');
    let state = stateOf([]);
    for (let id = 1; id <= 600; id += 1) state = next(state, { type: 'history-added', row: { ...row, id } });
    expect(state.liveRows[0]?.id).toBe(600);
    expect(state.liveRows).toHaveLength(500);
  });
});
