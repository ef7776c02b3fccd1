import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../electron/handout/metrics.ts';
import { fakeDesk } from '../../support/gateway-desk.ts';

const SHOP = 'wx00000000000000a1';
const NEWS = 'wx00000000000000b2';
const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

function measured() {
  const desk = fakeDesk(() => NOW);
  return { desk, metrics: createMetrics(desk, () => NOW) };
}

/** The samples whose name is given: what stands behind it, by its labels. */
async function samples(text: Promise<string>, name: string): Promise<Record<string, number>> {
  const lines = (await text).split('\n').filter((line) => new RegExp(`^${name}[{ ]`).test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(name.length, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('accounts', () => {
  it('are read when somebody asks: seconds left, phase, and how often a token was overwritten in a day', async () => {
    const { desk, metrics } = measured();
    desk.grant(SHOP, 'token-of-the-shop', 90_900);
    desk.grant(NEWS, null);
    desk.show(NEWS, { phase: 'refused', overwrittenAt: [NOW - 25 * HOUR, NOW - HOUR, NOW - 1] });
    expect(
      await samples(
        metrics.text(() => true),
        'wtc_token_seconds_left',
      ),
    ).toEqual({
      [`{app_id="${SHOP}"}`]: 90,
      [`{app_id="${NEWS}"}`]: 0,
    });
    expect(
      await samples(
        metrics.text(() => true),
        'wtc_account_phase',
      ),
    ).toEqual({
      [`{app_id="${SHOP}",phase="live"}`]: 1,
      [`{app_id="${NEWS}",phase="refused"}`]: 1,
    });
    expect(
      await samples(
        metrics.text(() => true),
        'wtc_token_overwritten_last_day',
      ),
    ).toEqual({
      [`{app_id="${SHOP}"}`]: 0,
      [`{app_id="${NEWS}"}`]: 2,
    });
  });

  it('leave no gauge behind when they are removed', async () => {
    const { desk, metrics } = measured();
    desk.grant(SHOP, 'token-of-the-shop');
    expect(await metrics.text(() => true)).toContain(SHOP);
    desk.remove(SHOP);
    expect(await metrics.text(() => true)).not.toContain(SHOP);
  });
});

describe('counters', () => {
  it('add up attempts and passive refreshes by how they ended', async () => {
    const { metrics } = measured();
    metrics.attempt(SHOP, 'schedule', 'granted', null);
    metrics.attempt(SHOP, 'schedule', 'granted', null);
    metrics.attempt(SHOP, 'probe', 'refused', 89503);
    metrics.passive(SHOP, 'renewed');
    expect(
      await samples(
        metrics.text(() => true),
        'wtc_attempts_total',
      ),
    ).toEqual({
      [`{app_id="${SHOP}",trigger="schedule",outcome="granted",errcode="none"}`]: 2,
      [`{app_id="${SHOP}",trigger="probe",outcome="refused",errcode="89503"}`]: 1,
    });
    expect(
      await samples(
        metrics.text(() => true),
        'wtc_passive_refreshes_total',
      ),
    ).toEqual({
      [`{app_id="${SHOP}",result="renewed"}`]: 1,
    });
  });

  it('count requests by route and status, and again the same when asked twice', async () => {
    const { metrics } = measured();
    metrics.request('/healthz', 200, 0.05);
    metrics.request('/healthz', 200, 0.3);
    metrics.request('/healthz', 503, 20_000);
    const requests = { '{route="/healthz",status="200"}': 2, '{route="/healthz",status="503"}': 1 };
    expect(
      await samples(
        metrics.text(() => true),
        'wtc_gateway_requests_total',
      ),
    ).toEqual(requests);
    expect(
      await samples(
        metrics.text(() => true),
        'wtc_gateway_requests_total',
      ),
    ).toEqual(requests);
  });

  it('sort latencies into cumulative buckets', async () => {
    const { metrics } = measured();
    for (const ms of [0.05, 0.1, 0.3, 10_000, 20_000]) metrics.request('/healthz', 200, ms);
    const name = 'wtc_gateway_request_duration_seconds';
    const buckets = await samples(
      metrics.text(() => true),
      `${name}_bucket`,
    );
    const of = (le: string) => buckets[`{route="/healthz",le="${le}"}`];
    expect([of('0.0001'), of('0.00025'), of('0.0005'), of('10'), of('+Inf')]).toEqual([2, 2, 3, 4, 5]);
    expect(
      await samples(
        metrics.text(() => true),
        `${name}_count`,
      ),
    ).toEqual({ '{route="/healthz"}': 5 });
    expect(
      (
        await samples(
          metrics.text(() => true),
          `${name}_sum`,
        )
      )['{route="/healthz"}'],
    ).toBeCloseTo(30.00045);
    expect(await metrics.text(() => true)).toContain(`# TYPE ${name} histogram`);
  });

  it('keep nothing of one console in another', async () => {
    const first = measured();
    first.metrics.passive(SHOP, 'renewed');
    expect(await measured().metrics.text(() => true)).not.toContain(SHOP);
  });
});
