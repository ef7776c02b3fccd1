/** The commands that add, change and remove accounts. */
import type { Account } from './account.ts';
import type { Application } from './application.ts';
import {
  type AccountView,
  DEFAULT_API_BASE,
  DEFAULT_CHECK_MINUTES,
  DEFAULT_LEAD_SECONDS,
  MOST_ACCOUNTS,
} from './contract.ts';
import { isWechatsOwn } from './destination.ts';
import { type Checked, known } from './handlers.ts';
import { Refusal } from './refusal.ts';

export async function addAccount(app: Application, input: Checked<'accounts.add'>): Promise<AccountView> {
  const { appId } = input;
  // The ledger knows of one whose secret is only just on its way into the vault.
  if (app.parts.ledger.hasAccount(appId)) {
    const faults = [{ path: 'appId', message: 'is in this console already' }];
    throw new Refusal('duplicate-account', `The account ${appId} is in this console already.`, { faults });
  }
  const { secret, ...facts } = input;
  return addRow(app, facts, secret);
}

type Facts = Omit<Checked<'accounts.add'>, 'secret'> & { readonly paused?: boolean | undefined };

/**
 * Adds an account that is not here yet, with its AppSecret or without one. Throws Refusal `storage-failed`, or
 * `too-many-accounts`: what comes in can be exported and taken back.
 */
export async function addRow(app: Application, facts: Facts, secret: string | null): Promise<AccountView> {
  if (app.accounts.size >= MOST_ACCOUNTS) {
    throw new Refusal('too-many-accounts', `This console keeps ${MOST_ACCOUNTS} accounts at most.`);
  }
  const { appId, name, kind, line } = facts;
  const row = {
    ...{ appId, name, kind, line },
    apiBase: originOf(facts.apiBase ?? DEFAULT_API_BASE),
    leadSeconds: facts.leadSeconds ?? DEFAULT_LEAD_SECONDS,
    checkMinutes: facts.checkMinutes ?? DEFAULT_CHECK_MINUTES,
    paused: facts.paused ?? false,
    addedAt: app.parts.clock().wall,
  };
  stored(NOTHING_CHANGED, () => app.parts.ledger.addAccount(row));
  if (secret === null) app.safe.expect(appId);
  else await app.safe.setSecret(appId, secret, row.apiBase);
  const account = app.add(row);
  await account.ready;
  return account.shown;
}

export async function updateAccount(
  app: Application,
  input: Checked<'accounts.update'>,
): Promise<AccountView> {
  const account = await known(app, input.appId);
  const { name, line, leadSeconds, checkMinutes, paused } = { ...account.row, ...defined(input.changes) };
  const apiBase = originOf(input.changes.apiBase ?? account.row.apiBase);
  const moved = apiBase !== account.row.apiBase;
  const secret = moved ? secretFor(app, account, apiBase, input.secret) : null;
  const row = { ...account.row, name, line, leadSeconds, checkMinutes, paused, apiBase };
  stored(NOTHING_CHANGED, () => app.parts.ledger.updateAccount(row));
  account.row = row;
  if (secret !== null) await app.safe.setSecret(row.appId, secret, apiBase);
  await account.obey(moved ? 'api-base' : null);
  return account.shown;
}

/**
 * The AppSecret that is given for an address which is not WeChat's; null where none is needed. Throws `secret-needed`
 * without it, and `secret-locked` where it cannot be told whether it is the one.
 */
function secretFor(
  app: Application,
  { row: { appId, apiBase: now }, secretState, keeper }: Account,
  apiBase: string,
  secret: string | undefined,
): string | null {
  if (isWechatsOwn(apiBase)) return null;
  if (secretState === 'locked') throw new Refusal('secret-locked', 'The vault is locked; unlock it first.');
  const held = app.safe.secretFor(appId, now);
  if (secret !== undefined && secret === held) return secret;
  // Without an AppSecret there is nothing that could be sent, unless it has left a token behind.
  if (secretState === 'missing' && secret === undefined && !keeper?.life.token) return null;
  const message = 'This is not an address of WeChat’s; give the AppSecret that is to be sent there.';
  throw new Refusal('secret-needed', message, secret === undefined ? {} : { faults: WRONG_SECRET });
}

const WRONG_SECRET = [{ path: 'secret', message: 'is not the AppSecret of this account' }];

export async function removeAccount(
  app: Application,
  input: Checked<'accounts.remove'>,
): Promise<{ removed: true }> {
  const account = await known(app, input.appId);
  const token = account.halt();
  try {
    const gone = await app.safe.forget(input.appId);
    if (gone.result !== 'done') throw new Refusal('storage-failed', `${STAYS} ${gone.detail}`);
    const forget = input.forgetHistory ?? false;
    stored(STAYS, () => app.parts.ledger.removeAccount(input.appId, forget));
  } catch (error) {
    await app.safe.takeBack(input.appId, token);
    await account.begin(token);
    throw error;
  }
  // A disk that does not take it is told by the command; the account is gone all the same.
  await app.parts.ledger.durable().catch(() => undefined);
  app.drop(input.appId);
  return { removed: true };
}

const NOTHING_CHANGED = 'Nothing was changed: the ledger could not be written.';
const STAYS = 'The account stays, with its AppSecret and its token: it could not be removed.';

/** Writes to the ledger; `outcome` tells what a failure leaves behind. */
function stored(outcome: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal('storage-failed', `${outcome} ${reason}`);
  }
}

function originOf(apiBase: string): string {
  return new URL(apiBase).origin;
}

function defined<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
