import { describe, expect, it } from 'vitest';
import { accountView, changesOf, fingerprint } from '../../../electron/console/view.ts';
import type { Life } from '../../../electron/keeper/life.ts';
import { step } from '../../../electron/keeper/lifecycle.ts';
import type { AccountRow } from '../../../electron/ledger/ledger.ts';
import { asking, grant, later, refusal, reply, START } from '../../support/keeper-lives.ts';

const row: AccountRow = {
  ...{ appId: 'wx00000000000000a1', name: '商城', kind: 'mini', line: 'standard', paused: false, addedAt: 0 },
  ...{ apiBase: 'https://api.weixin.qq.com', leadSeconds: 600, checkMinutes: 5 },
};

function told(outcome: Parameters<typeof reply>[0]): Life {
  const event = { type: 'reply', callId: 1, askedAt: START, reply: reply(outcome) } as const;
  return step(asking(), event, START, 0).life;
}

const live = told(grant('one'));
const view = (life: Life | null, now = START) => accountView(row, life, 'stored', 'alone', now);

describe('the view of an account', () => {
  it('never holds the token, only its fingerprint', () => {
    expect(view(live).token).toEqual({
      fingerprint: fingerprint('one'),
      obtainedAt: START.wall,
      expiresAt: START.wall + 7_200_000,
      expiresIn: 7200,
    });
    expect(fingerprint('one')).toMatch(/^[0-9a-f]{8}$/);
    expect(JSON.stringify(view(live))).not.toContain('"one"');
  });

  it('is new until its keeper has read the vault', () => {
    expect(view(null)).toMatchObject({ phase: 'new', token: null, nextAttemptAt: null, confirmation: null });
  });

  it.each([
    [asking(), 'refreshing'],
    [live, 'live'],
    [{ ...live, paused: true }, 'paused'],
    [{ ...live, secret: 'missing' }, 'needs-attention'],
    [{ ...live, token: null }, 'new'],
    [told(refusal(-1, 'transient')), 'retrying'],
    [told(refusal(45009, 'quota')), 'retrying'],
    [told(refusal(777, 'unknown')), 'retrying'],
    [told(refusal(89503, 'awaiting-admin')), 'awaiting-admin'],
    [told(refusal(89507, 'refused')), 'refused'],
    [told(refusal(40164, 'not-whitelisted')), 'needs-attention'],
    [told(refusal(40125, 'secret')), 'needs-attention'],
    [told(refusal(40013, 'account')), 'needs-attention'],
  ] as [Life, string][])('tells what the console does next: %#', (life, phase) => {
    expect(view(life).phase).toBe(phase);
  });

  it('plans nothing while paused or refreshing', () => {
    expect(view(live).nextAttemptAt).toBe(START.wall + 6_600_000);
    expect(view({ ...live, paused: true }).nextAttemptAt).toBeNull();
    expect(view(asking()).nextAttemptAt).toBeNull();
  });

  it('shows how a confirmation stands', () => {
    expect(view(told(refusal(89503, 'awaiting-admin', '203.0.113.7'))).confirmation).toEqual({
      ...{ state: 'awaiting', ip: '203.0.113.7', since: START.wall, until: null },
      nextProbeAt: START.wall + 300_000,
      probesLeft: 12,
    });
    expect(view(told(refusal(89506, 'refused'))).confirmation).toMatchObject({
      ...{ state: 'refused-twice', until: START.wall + 86_400_000, nextProbeAt: null, probesLeft: 0 },
    });
  });

  it('tells the steps of the confirmation, the trouble and the addresses', () => {
    expect(view(told(refusal(89503, 'awaiting-admin', '203.0.113.7')))).toMatchObject({
      trouble: { class: 'awaiting-admin', errcode: 89503, since: START.wall },
      confirmationSteps: [{ step: 'asked', at: START.wall, times: 1, errcode: 89503, ip: '203.0.113.7' }],
      addresses: [{ ip: '203.0.113.7', firstSeenAt: START.wall, lastSeenAt: START.wall, workedAt: null }],
    });
    expect(view(live)).toMatchObject({ trouble: null, confirmationSteps: [], addresses: [] });
  });

  it('counts the probes that are left down to none', () => {
    const life = told(refusal(89503, 'awaiting-admin'));
    const after = (probes: number) =>
      view({ ...life, trouble: life.trouble && { ...life.trouble, probes } }).confirmation?.probesLeft;
    expect([0, 3, 12, 13].map(after)).toEqual([12, 9, 0, 0]);
  });

  it('shows the forced refreshes of the last day, on the stable line only', () => {
    const hour = 3_600_000;
    const used = { ...live, forcedAt: [START.wall - 25 * hour, START.wall - hour] };
    expect(view(used).force).toBeNull();
    expect(accountView({ ...row, line: 'stable' }, used, 'stored', 'alone', START).force).toEqual({
      ...{ usedAt: [START.wall - hour], perDay: 20, gapSeconds: 30 },
    });
    expect(accountView({ ...row, line: 'stable' }, null, 'stored', 'alone', START).force?.usedAt).toEqual([]);
  });

  it('shows a leak drill, with the time of its second call while it waits', () => {
    const at = later(START, 31_000);
    const drill = { state: 'waiting', since: START.wall, actor: 'admin', at, callId: null } as const;
    expect(view({ ...live, drill }).drill).toEqual({ state: 'waiting', since: START.wall, nextAt: at.wall });
    expect(view({ ...live, drill: { ...drill, state: 'first' } }).drill?.nextAt).toBeNull();
    expect(view(live).drill).toBeNull();
  });

  it('gives times of the clock the reader has now, when that clock was set back', () => {
    const now = { ...later(START, 60_000), wall: START.wall - 3_600_000 };
    const left = (view(live, now).token?.expiresAt ?? 0) - now.wall;
    expect(Math.abs(left - 7_140_000)).toBeLessThanOrEqual(1000);
  });
});

describe('changes', () => {
  it('are the fields that differ, and nothing when none does', () => {
    expect(changesOf(view(live), view(live))).toBeNull();
    expect(changesOf(view(live), { ...view(live), name: '官网' })).toEqual({ name: '官网' });
  });
});
