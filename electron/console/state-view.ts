/** The state of the whole console, as a schema. Part of the contract (contract.ts), and read through it. */
import { z } from 'zod';
import { ability, preferencesView, shieldView, updateView } from './preference-views.ts';
import { accountView, time, vaultView } from './views.ts';

/**
 * What the whole console has to say, beside its accounts: `ledger-set-aside` (a corrupt database was moved to
 * `detail`, and what could be read of it taken over), `ledger-restored` (the database had lost its last changes and
 * got them back from the copy; both until somebody has taken note), `accounts-missing` (the vault keeps
 * AppSecrets of accounts that the database does not know: `detail` their AppIDs, until somebody has taken note),
 * `folder-gone` (the data folder was deleted, moved or replaced under the running console, which keeps nothing any
 * more), `folder-taken` (and another console runs in the one that is there now; this one asks WeChat for nothing),
 * `ledger-failing` (history cannot be written: `detail`), `vault-failing`
 * (secrets and tokens are held in memory only: `detail`), `clock-off` (this machine's clock is more than a minute
 * off WeChat's: `detail` seconds ahead, negative when behind), `policy-ignored` (the administrators' policy file is
 * there and not followed: `detail`), `token-on-clipboard` (a copied token was due to leave the clipboard and may still
 * be on it: the desktop lets only the active window clear it), `token-off-clipboard` (that one is off now; told for
 * some seconds), `demo` (nothing here is real).
 */
export const notice = z.object({
  id: z.enum([
    'ledger-set-aside',
    'ledger-restored',
    'accounts-missing',
    'folder-gone',
    'folder-taken',
    'ledger-failing',
    'vault-failing',
    'clock-off',
    'policy-ignored',
    'token-on-clipboard',
    'token-off-clipboard',
    'demo',
  ]),
  since: time,
  detail: z.string().nullable(),
});

export const stateView = z.object({
  accounts: z.array(accountView),
  vault: vaultView,
  gateway: z.object({ url: z.string() }).nullable(),
  version: z.string(),
  notices: z.array(notice),
  preferences: preferencesView,
  /** What this host can do beside tokens. */
  abilities: z.array(ability),
  shield: shieldView,
  update: updateView,
});

export type Notice = z.infer<typeof notice>;
export type StateView = z.infer<typeof stateView>;
