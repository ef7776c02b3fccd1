/**
 * A new AppSecret in place of the old one. It is tried first, on the stable line in normal mode: that call kills no
 * token, whichever line the account is on (wechat-facts.md 2, "Isolation"). Until it has passed, nothing changes.
 */
import { blockedUntil } from '../keeper/budget.ts';
import type { TokenReply } from '../wechat/wechat.ts';
import type { Account } from './account.ts';
import type { Application } from './application.ts';
import type { CommandError } from './contract.ts';
import { isWechatsOwn } from './destination.ts';
import { Refusal, refusalOf } from './refusal.ts';

/** The answers that say the secret is wrong; any other refusal says nothing of it, a frozen one (40243) included. */
const WRONG: ReadonlySet<number> = new Set([40001, 40125, 41004]);

/**
 * `apiBase`: where it is to be sent, needed where that is not WeChat and no AppSecret was given for it before; else
 * Refusal `address-needed`.
 * Throws Refusal `secret-rejected` or `secret-untested` with the attempt, or `blocked-by-refusal` without a call;
 * the account is then as it was. `untested` leaves the trial out.
 */
export async function changeSecret(
  app: Application,
  account: Account,
  secret: string,
  { apiBase, untested }: { readonly apiBase: string | undefined; readonly untested: boolean },
): Promise<void> {
  const { row } = account;
  const isAgreed = apiBase === row.apiBase || app.safe.goesTo(row.appId, row.apiBase);
  if (!isWechatsOwn(row.apiBase) && !isAgreed) {
    const message = `The AppSecret would be sent to ${row.apiBase}, which is not WeChat; name that address with it.`;
    throw new Refusal('address-needed', message);
  }
  if (!untested) await passTrial(app, account, secret);
  if (app.accounts.get(row.appId) !== account)
    throw new Refusal('unknown-account', `The account ${row.appId} was removed meanwhile; nothing was kept.`);
  await app.safe.setSecret(row.appId, secret, row.apiBase);
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
