/**
 * A new AppSecret in place of the old one. It is tried first, on the stable line in normal mode: that call kills no
 * token, whichever line the account is on (wechat-facts.md 2, "Isolation"). Until it has passed, nothing changes.
 */
import { blockedUntil } from '../keeper/budget.ts';
import type { TokenReply } from '../wechat/wechat.ts';
import type { Account } from './account.ts';
import type { Application } from './application.ts';
import type { CommandError } from './contract.ts';
import { Refusal, refusalOf } from './refusal.ts';

/** The answers that say the secret is wrong; any other refusal says nothing of it, a frozen one (40243) included. */
const WRONG: ReadonlySet<number> = new Set([40001, 40125, 41004]);

/**
 * Throws Refusal `secret-rejected` or `secret-untested` with the attempt, or `blocked-by-refusal` without a call;
 * the account is then as it was. `untested` leaves the trial out.
 */
export async function changeSecret(
  app: Application,
  account: Account,
  secret: string,
  untested: boolean,
): Promise<void> {
  if (!untested) await passTrial(app, account, secret);
  await app.safe.setSecret(account.row.appId, secret);
  await account.obey('secret-changed');
}

async function passTrial(app: Application, account: Account, secret: string): Promise<void> {
  await account.keeper?.settled();
  const until = account.keeper ? blockedUntil(account.keeper.life, app.parts.clock()) : null;
  if (until !== null) throw refusalOf({ code: 'blocked-by-refusal', until });
  const reply = await account.trySecret(secret);
  if (reply.outcome === 'granted') return;
  const isWrong = reply.outcome === 'refused' && WRONG.has(reply.errcode);
  throw isWrong
    ? new Refusal('secret-rejected', 'WeChat does not accept this AppSecret; nothing was changed.', {
        attempt: attemptOf(reply),
      })
    : new Refusal('secret-untested', 'The AppSecret could not be tried; nothing was changed.', {
        attempt: attemptOf(reply),
      });
}

function attemptOf(reply: Exclude<TokenReply, { outcome: 'granted' }>): NonNullable<CommandError['attempt']> {
  const refused = reply.outcome === 'refused' ? reply : null;
  return {
    ...{ at: reply.askedAt, trigger: 'secret-changed', outcome: reply.outcome, errmsg: reply.errmsg },
    ...{ errcode: refused?.errcode ?? null, rid: refused?.rid ?? null, ip: refused?.ip ?? null },
    durationMs: reply.durationMs,
  };
}
