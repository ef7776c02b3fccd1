/**
 * npm run soak -- --faults N --minutes M --seed S: a built console through N random faults over M minutes, each drawn
 * from the seed that is printed, with what it acknowledged and what WeChat saw of it compared all the time; and beside it several consoles
 * on one Redis. Ends with a table, and with 1 when anything was not as it should be.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startSandbox } from '../electron/sandbox/server.ts';
import { SoakConsole } from '../test/soak/console.ts';
import { draw, STEPS, type Stage } from '../test/soak/faults.ts';
import { Model } from '../test/soak/model.ts';
import { chanceFrom, runScenario, type Verdict } from '../test/support/lease-scenarios.ts';
import { whyNoRedis } from '../test/support/redis-server.ts';
import { ensureBuilt } from './build.ts';

const { values } = parseArgs({
  options: {
    faults: { type: 'string', default: '10000' },
    minutes: { type: 'string', default: '25' },
    seed: { type: 'string', default: `${Math.floor(Math.random() * 1e9)}` },
    scenarios: { type: 'string', default: '4' },
  },
});
const [most, seed] = [Number(values.faults), Number(values.seed)];
const began = performance.now();
const lasts = Number(values.minutes) * 60_000;
const ends = began + lasts;
/** How often all of it is compared; after each start as well. */
const CHECK_EVERY = 40;

const wrong = new Map<string, number>();
let step = 0;
/** The last steps, the newest last. */
const recent: string[] = [];
const report = (rule: string, detail: string) => {
  wrong.set(rule, (wrong.get(rule) ?? 0) + 1);
  console.log(`WRONG at step ${step} of seed ${seed} (${recent.join(', ')}): ${rule}: ${detail}`);
};

await ensureBuilt();
console.log(`soak: ${most} faults or ${values.minutes} min, --seed ${seed}`);
process.setMaxListeners(0);
// Short lives, so that the plan has something to do.
const sandbox = await startSandbox({ lifeSeconds: 300 });
const subject = new SoakConsole(report);
if (typeof subject.disk === 'string') console.log(`no full disk: ${subject.disk}`);
await subject.start();
const model = new Model(report, sandbox);
const stage: Stage = { console: subject, model, sandbox, chance: chanceFrom(seed), report };

const verdicts: Verdict[] = [];
async function severalConsoles(lane: number): Promise<void> {
  for (let n = 0; performance.now() < ends && step < most; n += 1) {
    const verdict = await runScenario(seed + lane * 10_000 + n);
    verdicts.push(verdict);
    if (verdict.twoAsked > 0) report('two consoles asked', JSON.stringify(verdict));
    if (verdict.after !== null) report('consoles not agreed', JSON.stringify(verdict));
  }
}
const isShort = Number(values.minutes) < 2;
const lanes = whyNoRedis() === null && !isShort ? Number(values.scenarios) : 0;
const beside = Promise.all(Array.from({ length: lanes }, (_, lane) => severalConsoles(lane)));

const counts = new Map<string, number>(STEPS.map(([name]) => [name, 0]));
const before = sandbox.world.counters().calls;
while (step < most && performance.now() < ends) {
  step += 1;
  // Spread over the whole time: what the console plans, it plans by minutes.
  const early = began + (lasts / most) * step - performance.now();
  if (early > 1) await wait(early);
  const [name, , take] = draw(stage);
  recent.push(name);
  if (recent.length > 60) recent.shift();
  counts.set(name, (counts.get(name) ?? 0) + 1);
  await take(stage).catch((error: unknown) => report('step failed', String(error)));
  const isRestarted = /kill|start|damaged/.test(name);
  model.checkCalls();
  if (isRestarted || step % CHECK_EVERY === 0) {
    await model.checkState(subject).catch((error: unknown) => report('step failed', String(error)));
    model.checkLeaks(subject);
  }
}
await beside;
await subject.end();
await sandbox.close();

console.log('\n| what was done | times |\n| --- | --- |');
for (const [name, times] of counts) console.log(`| ${name} | ${times} |`);
console.log(
  `| several consoles on one Redis | ${verdicts.length} scenarios, ${verdicts.flatMap(({ faults }) => faults).length} faults |`,
);
console.log(`| calls to WeChat | ${sandbox.world.counters().calls - before} |`);
console.log(`\n${step} faults, ${[...wrong.values()].reduce((sum, n) => sum + n, 0)} wrong`);
for (const [rule, times] of wrong) console.log(`wrong — ${rule}: ${times}`);
if (wrong.size === 0) subject.remove();
else console.log(`the data folder is left in ${subject.root}`);
process.exit(wrong.size === 0 ? 0 : 1);
