import { expect, it } from 'vitest';
import { Attempts } from '../../../electron/handout/attempts.ts';

const SHOP = 'wx00000000000000a1';

it('keeps what was counted until there are metrics, and leaves out who only looked', () => {
  const attempts = new Attempts();
  const granted = { appId: SHOP, trigger: 'schedule', outcome: 'granted', errcode: null } as const;
  attempts.note(granted);
  attempts.note(granted);
  attempts.note({ ...granted, trigger: 'retry', outcome: 'refused', errcode: 40164 });
  attempts.note({ ...granted, trigger: 'copy' });
  const told: unknown[][] = [];
  attempts.handTo({ attempt: (...of) => void told.push(of) });
  attempts.note({ ...granted, trigger: 'reveal' });
  attempts.note({ ...granted, trigger: 'passive' });
  expect(told).toEqual([
    [SHOP, 'schedule', 'granted', null],
    [SHOP, 'schedule', 'granted', null],
    [SHOP, 'retry', 'refused', 40164],
    [SHOP, 'passive', 'granted', null],
  ]);
});
