/** Two built consoles on one Redis, the one that leads killed with -9; 50 times: two-consoles-kills.ts by itself. */
import { describe, expect, it } from 'vitest';
import { whyNoRedis } from '../support/redis-server.ts';
import { runKills } from '../support/two-consoles-kills.ts';

const KILLS = 3;

describe.skipIf(whyNoRedis() !== null)('two consoles, the owner killed at random moments', () => {
  it('no renewal is asked for twice, no dead token is handed out', { timeout: 300_000 }, async () => {
    const report = await runKills(KILLS);
    expect(report.superfluous).toEqual([]);
    expect(report.dead).toEqual([]);
    expect(report.refused).toEqual([]);
    expect(report.slowestTakeOver).toBeLessThan(15_000);
    expect(report.excused).toBeLessThanOrEqual(3 * KILLS);
    expect(report.calls).toBeGreaterThan(2 * KILLS);
    expect(report.handedOut).toBeGreaterThan(1000);
  });
});
