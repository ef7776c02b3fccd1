/**
 * Two and three consoles on one real Redis through random faults: never two that ask while their tokens live, and when
 * all is well again one asks and all have the newest token. `WTC_LEASE_SCENARIOS=500` runs more, `WTC_SEED` others.
 */
import { describe, expect, it } from 'vitest';
import { runScenario, type Verdict } from '../support/lease-scenarios.ts';
import { whyNoRedis } from '../support/redis-server.ts';

const COUNT = Number(process.env.WTC_LEASE_SCENARIOS ?? 16);
const SEED = Number(process.env.WTC_SEED ?? Math.floor(Math.random() * 1e6));
const AT_ONCE = 40;

// Each scenario has a Redis of its own, which goes with this process.
process.setMaxListeners(0);

describe.skipIf(whyNoRedis() !== null)('several consoles', () => {
  it(`through ${COUNT} random scenarios (seed ${SEED})`, async () => {
    const verdicts: Verdict[] = [];
    let next = 0;
    const worker = async () => {
      while (next < COUNT) {
        next += 1;
        verdicts.push(await runScenario(SEED + next));
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, COUNT) }, worker));
    const fallen = verdicts.filter(({ twoAsked, after }) => twoAsked > 0 || after !== null);
    console.log(
      `${verdicts.length} scenarios, ${verdicts.flatMap(({ faults }) => faults).length} faults, ${fallen.length} fell`,
    );
    expect(fallen).toEqual([]);
  }, 7_200_000);
});
