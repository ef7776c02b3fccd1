/** The risk confirmation (风险调用确认) as this console met it, reply by reply (wechat-facts.md 5a). Pure. */
import type { Attempt, ConsentStep } from './life.ts';
import { REFUSED_TWICE } from './schedule.ts';

/** WeChat asked the administrator because of this very call; its neighbours say that it has asked before. */
const ASKED = 89503;
/** More refusals than fit in here would be a dispute, not a history. */
const KEPT = 20;

type Answered = Pick<Attempt, 'at' | 'errcode' | 'ip'>;

/** The steps after a call was answered that it needs the administrator's word. */
export function afterAwaiting(steps: readonly ConsentStep[], answered: Answered): readonly ConsentStep[] {
  const last = steps.at(-1);
  const isOpen = last?.step === 'asked' || last?.step === 'waiting';
  if (last?.step === 'waiting') return [...steps.slice(0, -1), { ...again(last), at: answered.at }];
  const step = !isOpen && answered.errcode === ASKED ? 'asked' : 'waiting';
  return begun(steps, stepOf(step, answered));
}

/** The steps after a call was answered that the administrator refused. The same refusal met again is one step. */
export function afterRefusal(steps: readonly ConsentStep[], answered: Answered): readonly ConsentStep[] {
  const step = answered.errcode === REFUSED_TWICE ? 'refused-twice' : 'refused-once';
  const last = steps.at(-1);
  if (last?.step === step) return [...steps.slice(0, -1), again(last)];
  return begun(steps, stepOf(step, answered));
}

/** The steps after a grant: whoever was asked has agreed. */
export function afterConsent(steps: readonly ConsentStep[], at: number): readonly ConsentStep[] {
  const last = steps.at(-1);
  if (!last || last.step === 'confirmed') return steps;
  return [...steps, stepOf('confirmed', { at, errcode: null, ip: last.ip })];
}

/** A question after a confirmation begins a new round; without one the older steps still matter. */
function begun(steps: readonly ConsentStep[], next: ConsentStep): readonly ConsentStep[] {
  return steps.at(-1)?.step === 'confirmed' ? [next] : [...steps, next].slice(-KEPT);
}

function again(step: ConsentStep): ConsentStep {
  return { ...step, times: step.times + 1 };
}

function stepOf(step: ConsentStep['step'], { at, errcode, ip }: Answered): ConsentStep {
  return { step, at, times: 1, errcode, ip };
}
