/** `/readyz`: whether business servers can count on every account that is not paused. */
import type { TokenDesk } from '../../console/handout.ts';
import { type Answer, json, text } from './answers.ts';

export const ALIVE: Answer = text(200, 'ok\n');

/** Numbers only: whoever asks needs no key. */
export function readiness(desk: TokenDesk): Answer {
  const appIds = desk.appIds();
  const without = appIds.filter((appId) => !desk.token(appId) && desk.view(appId)?.phase !== 'paused').length;
  const body = { ready: without === 0, accounts: appIds.length, without_token: without };
  return json(without === 0 ? 200 : 503, JSON.stringify(body));
}
