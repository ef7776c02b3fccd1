import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TokenLine } from '../../../electron/console/contract.ts';
import { HOUR, newHands, type Reply, SECOND, SHOP } from './hands.ts';

type Hands = ReturnType<typeof newHands>;
type Step = (hands: Hands) => void;

const LINES: readonly TokenLine[] = ['standard', 'stable'];
const ask: Readonly<Record<TokenLine, (hands: Hands) => Reply>> = {
  standard: (hands) => hands.standard(),
  stable: (hands) => hands.stable(),
};

const waiting = fc.oneof(fc.integer({ min: 0, max: 40 * SECOND }), fc.integer({ min: 0, max: 2 * HOUR })).map(
  (ms): Step =>
    (hands) =>
      hands.wait(ms),
);
const onStandard = fc.constantFrom<Step>(
  (hands) => hands.standard(),
  (hands) => hands.world.mintElsewhere(SHOP),
);
const onStable = fc.boolean().map(
  (force_refresh): Step =>
    (hands) =>
      hands.stable({ force_refresh }),
);
const anything = fc.array(fc.oneof(waiting, onStandard, onStable), { maxLength: 60 });

const usable = (hands: Hands, line: TokenLine) =>
  hands.world.usableTokens(SHOP, line).map(({ accessToken }) => accessToken);

test('two tokens of a line work at most, the last one granted among them while it lives', () => {
  fc.assert(
    fc.property(anything, fc.constantFrom(...LINES), (steps, line) => {
      const hands = newHands();
      for (const step of steps) {
        step(hands);
        expect(usable(hands, line).length).toBeLessThanOrEqual(2);
      }
      const { access_token = '' } = ask[line](hands);
      expect(usable(hands, line)[0]).toBe(access_token);
      expect(hands.check(access_token)).toHaveProperty('ip_list');
    }),
  );
});

test('what happens on one line changes nothing on the other', () => {
  fc.assert(
    fc.property(
      fc.array(onStandard, { maxLength: 20 }),
      fc.array(onStable, { maxLength: 20 }),
      (some, others) => {
        const hands = newHands();
        hands.standard();
        hands.stable();
        for (const [steps, other] of [
          [some, 'stable'],
          [others, 'standard'],
        ] as const) {
          const before = usable(hands, other);
          for (const step of steps) step(hands);
          expect(usable(hands, other)).toEqual(before);
        }
      },
    ),
  );
});

test('the stable line never grants less than 300 s, and its token works that long', () => {
  fc.assert(
    fc.property(anything, (steps) => {
      const hands = newHands();
      for (const step of steps) step(hands);
      const { access_token, expires_in = 0 } = hands.stable();
      expect(expires_in).toBeGreaterThanOrEqual(300);
      expect(expires_in).toBeLessThanOrEqual(7200);
      hands.wait(expires_in * SECOND - 1);
      expect(hands.check(access_token)).toHaveProperty('ip_list');
    }),
  );
});

test('a replaced token works for five minutes or to its own end, unless it is replaced again', () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 0, max: 7199 }), (steps, age) => {
      const hands = newHands();
      for (const step of steps) step(hands);
      const { access_token } = hands.standard();
      hands.wait(age * SECOND);
      hands.world.mintElsewhere(SHOP);
      const left = Math.min(300, 7200 - age) * SECOND;
      hands.wait(left - 1);
      expect(hands.check(access_token)).toHaveProperty('ip_list');
      hands.wait(1);
      expect([40001, 42001]).toContain(hands.check(access_token).errcode);
    }),
  );
});

test('an IP is granted a token exactly when the administrator’s last word was yes', () => {
  const word = fc.constantFrom('confirm', 'refuse', 'nothing' as const);
  const ip = fc.constantFrom('203.0.113.7', '203.0.113.8');
  fc.assert(
    fc.property(fc.array(fc.record({ word, ip, wait: fc.nat(30 * HOUR) }), { maxLength: 40 }), (steps) => {
      const hands = newHands();
      hands.world.change(SHOP, { confirmation: true });
      const allowed = new Map<string, boolean>();
      for (const step of steps) {
        if (step.word !== 'nothing') {
          hands.world[step.word](SHOP, step.ip);
          allowed.set(step.ip, step.word === 'confirm');
        }
        hands.wait(step.wait);
        hands.world.setCallerIp(step.ip);
        const reply = hands.standard();
        expect('access_token' in reply).toBe(allowed.get(step.ip) === true);
        const [last] = hands.world.calls(SHOP).slice(-1);
        expect(last?.duringBlock).toBe(reply.errcode === 89506 || reply.errcode === 89507);
      }
    }),
  );
});
