/** Every command of the contract, carried out. Input is checked against the contract before anything changes. */
import type { z } from 'zod';
import type { Keeper } from '../keeper/keeper.ts';
import { lives } from '../keeper/life.ts';
import { catalogue } from '../wechat/catalogue.ts';
import type { Account } from './account.ts';
import type { Application } from './application.ts';
import {
  type AccountView,
  type Answer,
  type CommandError,
  type CommandName,
  type CommandValue,
  commands,
  DEFAULT_API_BASE,
  DEFAULT_CHECK_MINUTES,
  DEFAULT_LEAD_SECONDS,
} from './contract.ts';
import { type Checked, type Handlers, known } from './handlers.ts';
import { handoutHandlers } from './handout-commands.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { changeSecret } from './secret-change.ts';

/** How long a copied token stays on a clipboard, in milliseconds. */
const CLIPBOARD_MS = 30_000;

const handlers: Handlers = {
  'state.get': (app) => app.state(),
  'accounts.add': addAccount,
  'accounts.update': updateAccount,
  'accounts.setSecret': async (app, { appId, secret, untested = false }) => {
    const account = await known(app, appId);
    await changeSecret(app, account, secret, untested);
    return account.shown;
  },
  'accounts.remove': removeAccount,
  'tokens.refresh': refreshToken,
  'tokens.reveal': async (app, { appId }) => {
    const account = await known(app, appId);
    const { accessToken } = liveToken(app, account);
    account.note({ trigger: 'reveal', outcome: 'granted' });
    return { accessToken, expiresAt: account.shown.token?.expiresAt ?? app.parts.clock().wall };
  },
  'tokens.copy': async (app, { appId }) => {
    const account = await known(app, appId);
    const { accessToken } = liveToken(app, account);
    const { copyToken, clock } = app.parts;
    const copied = copyToken ? { copied: true as const, ...(await copyToken(accessToken)) } : null;
    account.note({ trigger: 'copy', outcome: 'granted' });
    return copied ?? { copied: false, accessToken, clearsAt: clock().wall + CLIPBOARD_MS };
  },
  'tokens.verify': verifyToken,
  'tokens.drill': drill,
  'history.query': (app, query) => app.parts.ledger.history(query),
  ...handoutHandlers,
  'demo.open': async ({ parts: { showDemo } }) => {
    if (!showDemo) throw new Refusal('unknown-command', 'This console is the demo.');
    return { url: await showDemo() };
  },
  'errors.list': () => ({ entries: [...catalogue()] }),
};

/** Carries out one command. Never throws: what goes wrong comes back as an error of the contract. */
export async function execute(app: Application, name: string, input: unknown): Promise<Answer<unknown>> {
  if (!Object.hasOwn(handlers, name))
    return failure('unknown-command', `There is no command ${JSON.stringify(name)}.`);
  const command = name as CommandName;
  const checked = commands[command].input.safeParse(input);
  if (!checked.success) return invalid(checked.error);
  try {
    const handle = handlers[command] as (app: Application, input: unknown) => unknown;
    return { ok: true, value: await handle(app, checked.data) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.error };
    app.parts.log.error({ command, fault: String(error) }, 'a command failed');
    return failure('internal', 'The console met a fault of its own; its log says which.');
  }
}

async function addAccount(app: Application, input: Checked<'accounts.add'>): Promise<AccountView> {
  const { appId, name, kind, line, secret } = input;
  // The ledger knows of one whose secret is only just on its way into the vault.
  if (app.parts.ledger.accounts().some((row) => row.appId === appId)) {
    const faults = [{ path: 'appId', message: 'is in this console already' }];
    throw new Refusal('duplicate-account', `The account ${appId} is in this console already.`, { faults });
  }
  const row = {
    ...{ appId, name, kind, line },
    apiBase: originOf(input.apiBase ?? DEFAULT_API_BASE),
    leadSeconds: input.leadSeconds ?? DEFAULT_LEAD_SECONDS,
    checkMinutes: input.checkMinutes ?? DEFAULT_CHECK_MINUTES,
    paused: false,
    addedAt: app.parts.clock().wall,
  };
  stored(NOTHING_CHANGED, () => app.parts.ledger.addAccount(row));
  await app.safe.setSecret(appId, secret);
  const account = app.add(row);
  await account.ready;
  return account.shown;
}

async function updateAccount(app: Application, input: Checked<'accounts.update'>): Promise<AccountView> {
  const account = await known(app, input.appId);
  const { name, line, leadSeconds, checkMinutes, paused } = { ...account.row, ...defined(input.changes) };
  const apiBase = originOf(input.changes.apiBase ?? account.row.apiBase);
  const moved = apiBase !== account.row.apiBase;
  const row = { ...account.row, name, line, leadSeconds, checkMinutes, paused, apiBase };
  stored(NOTHING_CHANGED, () => app.parts.ledger.updateAccount(row));
  account.row = row;
  await account.obey(moved ? 'api-base' : null);
  return account.shown;
}

async function removeAccount(
  app: Application,
  input: Checked<'accounts.remove'>,
): Promise<{ removed: true }> {
  const account = await known(app, input.appId);
  account.halt();
  try {
    const gone = await app.safe.forget(input.appId);
    if (gone.result !== 'done') throw new Refusal('storage-failed', `${STAYS_WITH_SECRET} ${gone.detail}`);
    const forget = input.forgetHistory ?? false;
    stored(STAYS_WITHOUT_SECRET, () => app.parts.ledger.removeAccount(input.appId, forget));
  } catch (error) {
    await account.wakeAfter(Promise.resolve());
    throw error;
  }
  app.drop(input.appId);
  return { removed: true };
}

async function refreshToken(app: Application, input: Checked<'tokens.refresh'>): Promise<AccountView> {
  const account = await known(app, input.appId);
  if (app.safe.stateOf(input.appId) === 'locked') await app.tryAgain();
  const question = { trigger: 'manual', actor: 'admin', force: input.force ?? false } as const;
  const declined = await keeperOf(account).ask(question);
  if (declined) throw refusalOf(declined);
  return account.shown;
}

async function verifyToken(
  app: Application,
  { appId }: Checked<'tokens.verify'>,
): Promise<CommandValue<'tokens.verify'>> {
  const account = await known(app, appId);
  const { accessToken } = liveToken(app, account);
  const reply = await keeperOf(account).check(accessToken, 'admin');
  if (reply.outcome === 'valid') return { valid: true, errcode: null, rid: null };
  if (reply.outcome === 'refused') return { valid: false, errcode: reply.errcode, rid: reply.rid };
  throw new Refusal('no-answer', `WeChat did not answer, so nothing is known of the token. ${reply.errmsg}`);
}

async function drill(app: Application, { appId }: Checked<'tokens.drill'>): Promise<AccountView> {
  const account = await known(app, appId);
  const declined = await keeperOf(account).drill('admin');
  if (declined) throw refusalOf(declined);
  return account.shown;
}

/** An account is ready once its keeper runs; without one it is just being removed. */
function keeperOf(account: Account): Keeper {
  if (!account.keeper) {
    throw new Refusal('unknown-account', `The account ${account.row.appId} is being removed.`);
  }
  return account.keeper;
}

function liveToken(app: Application, account: Account) {
  const token = account.keeper?.life.token ?? null;
  if (!lives(token, app.parts.clock())) {
    throw new Refusal('no-token', 'This account has no live token at the moment.');
  }
  return token;
}

const NOTHING_CHANGED = 'Nothing was changed: the ledger could not be written.';
const STAYS_WITH_SECRET = 'The account stays: its secret could not be taken out of the vault.';
const STAYS_WITHOUT_SECRET =
  'Secret and token have left the vault, but the account stays: the ledger could not be written. Remove it again.';

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

function invalid(error: z.ZodError): Answer<never> {
  const faults = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const list = faults.map(({ path, message }) => `${path || 'input'} ${message}`).join('; ');
  return { ok: false, error: { code: 'invalid-input', message: `The input does not fit: ${list}.`, faults } };
}

function failure(code: CommandError['code'], message: string): Answer<never> {
  return { ok: false, error: { code, message } };
}
