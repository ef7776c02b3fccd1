/** What a command's handler is, and what most of them begin with. */
import type { z } from 'zod';
import type { Account } from './account.ts';
import type { Application } from './application.ts';
import type { CommandName, CommandValue, commands } from './contract.ts';
import { Refusal } from './refusal.ts';

export type Checked<C extends CommandName> = z.output<(typeof commands)[C]['input']>;
export type Handlers = {
  readonly [C in CommandName]: (
    app: Application,
    input: Checked<C>,
  ) => CommandValue<C> | Promise<CommandValue<C>>;
};

/** The account of that AppID, once its keeper runs. Throws Refusal `unknown-account`. */
export async function known(app: Application, appId: string): Promise<Account> {
  const account = app.accounts.get(appId);
  if (!account) throw new Refusal('unknown-account', `There is no account ${appId} in this console.`);
  await account.ready;
  return account;
}
