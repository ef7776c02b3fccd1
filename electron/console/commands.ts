/** Every command of the contract, carried out. Input is checked against the contract before anything changes. */
import type { z } from 'zod';
import { blockedUntil } from '../keeper/budget.ts';
import type { Keeper } from '../keeper/keeper.ts';
import { lives } from '../keeper/life.ts';
import { LedgerFault } from '../ledger/ledger.ts';
import { catalogue } from '../wechat/catalogue.ts';
import type { Account } from './account.ts';
import { addAccount, removeAccount, updateAccount } from './account-commands.ts';
import type { Application } from './application.ts';
import {
  type AccountView,
  type Answer,
  type CommandError,
  type CommandName,
  type CommandValue,
  commands,
} from './contract.ts';
import { type Checked, type Handlers, known } from './handlers.ts';
import { handoutHandlers } from './handout-commands.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { changeSecret } from './secret-change.ts';
import { settingsHandlers } from './settings-commands.ts';

const handlers: Handlers = {
  'state.get': (app) => app.state(),
  'accounts.add': addAccount,
  'accounts.update': updateAccount,
  'accounts.setSecret': async (app, { appId, secret, apiBase, untested = false }) => {
    const account = await known(app, appId);
    await changeSecret(app, account, secret, { apiBase, untested });
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
  'tokens.copy': copyToken,
  'tokens.verify': verifyToken,
  'tokens.drill': drill,
  'history.query': (app, query) => app.parts.ledger.history(query),
  ...handoutHandlers,
  ...settingsHandlers,
  'demo.open': async ({ parts: { host } }) => {
    const { showDemo } = host;
    if (!showDemo) throw new Refusal('unknown-command', 'This console is the demo.');
    return { url: await showDemo() };
  },
  'errors.list': () => ({ entries: [...catalogue()] }),
};

/** Commands whose answer says that something is kept: it is on disk before. The others wait for no disk. */
const KEPT: ReadonlySet<CommandName> = new Set([
  'accounts.add',
  'accounts.update',
  'accounts.setSecret',
  'accounts.remove',
  'accounts.import',
  'clients.create',
  'clients.revoke',
  'handout.setGateway',
  'handout.setRedis',
  'handout.setAccount',
  'preferences.set',
  'network.setProxy',
  'shield.setPassphrase',
  'notices.takeNote',
]);

/** Carries out one command. Never throws: what goes wrong comes back as an error of the contract. */
export async function execute(app: Application, name: string, input: unknown): Promise<Answer<unknown>> {
  if (!Object.hasOwn(handlers, name))
    return failure('unknown-command', `There is no command ${JSON.stringify(name)}.`);
  const command = name as CommandName;
  const checked = commands[command].input.safeParse(input);
  if (!checked.success) return invalid(checked.error);
  try {
    app.shield.admit(command);
    const handle = handlers[command] as (app: Application, input: unknown) => unknown;
    const value = await handle(app, checked.data);
    if (KEPT.has(command)) await app.parts.ledger.durable();
    return { ok: true, value };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.error };
    if (error instanceof LedgerFault) return failure('storage-failed', error.message);
    app.parts.log.error({ command, fault: String(error) }, 'a command failed');
    return failure('internal', 'The console met a fault of its own; its log says which.');
  }
}

async function copyToken(
  app: Application,
  { appId }: Checked<'tokens.copy'>,
): Promise<CommandValue<'tokens.copy'>> {
  const account = await known(app, appId);
  const { accessToken } = liveToken(app, account);
  const { host, clock } = app.parts;
  const seconds = app.preferences.values.clipboardSeconds;
  const copied = (await host.copyToken?.(accessToken, seconds)) ?? null;
  account.note({ trigger: 'copy', outcome: 'granted' });
  if (copied) return { copied: true, ...copied };
  const clearsAt = seconds === null ? null : clock().wall + seconds * 1000;
  return { copied: false, accessToken, clearsAt };
}

async function refreshToken(app: Application, input: Checked<'tokens.refresh'>): Promise<AccountView> {
  const account = await known(app, input.appId);
  if (account.secretState === 'locked') await app.tryAgain();
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
  const until = blockedUntil(keeperOf(account).life, app.parts.clock());
  if (until !== null) throw refusalOf({ code: 'blocked-by-refusal', until });
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

function invalid(error: z.ZodError): Answer<never> {
  const faults = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const list = faults.map(({ path, message }) => `${path || 'input'} ${message}`).join('; ');
  return { ok: false, error: { code: 'invalid-input', message: `The input does not fit: ${list}.`, faults } };
}

function failure(code: CommandError['code'], message: string): Answer<never> {
  return { ok: false, error: { code, message } };
}
