/** Taking accounts to another machine: a file without AppSecrets, or one sealed with a passphrase that has them. */
import { z } from 'zod';
import { tidyName } from '../contract/text-rules.ts';
import type { AccountRow } from '../ledger/ledger.ts';
import { CostlyParcelError, isParcel, openParcel, sealParcel } from '../vault/parcel.ts';
import { addRow } from './account-commands.ts';
import type { Application } from './application.ts';
import { type CommandValue, commands, MOST_ACCOUNTS } from './contract.ts';
import { isWechatsOwn } from './destination.ts';
import type { Checked } from './handlers.ts';
import { Refusal } from './refusal.ts';

const FORMAT = 'wechat-token-console/accounts';
const { secret, ...addInput } = commands['accounts.add'].input.shape;
/** A name is taken as it comes and put right: what the console has written, it reads. */
const packedAccount = z.object({
  ...addInput,
  name: z.string().max(4096),
  paused: z.boolean().optional(),
  secret: secret.optional(),
});
const packed = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  accounts: z.array(packedAccount).max(MOST_ACCOUNTS),
});
const newer = z.object({ format: z.literal(FORMAT), version: z.int().min(2) });
type PackedAccount = z.infer<typeof packedAccount>;

export async function exportAccounts(
  app: Application,
  { passphrase }: Checked<'accounts.export'>,
): Promise<CommandValue<'accounts.export'>> {
  const { saveFile } = app.parts.host;
  if (!saveFile) throw new Refusal('not-on-this-host', 'This host cannot save files.');
  const isSealed = passphrase !== undefined;
  const locked = [...app.accounts.values()].filter(({ secretState }) => secretState === 'locked');
  if (isSealed && locked.length > 0) {
    throw new Refusal(
      'secret-locked',
      'The vault is locked: the file would lack AppSecrets. Unlock it first.',
    );
  }
  const accounts = [...app.accounts.values()].map(({ row }) => packedOf(app, row, isSealed));
  const text = JSON.stringify({ format: FORMAT, version: 1, accounts }, null, isSealed ? 0 : 2);
  const day = new Date(app.parts.clock().wall).toISOString().slice(0, 10);
  const name = `wechat-accounts-${day}.${isSealed ? 'age' : 'json'}`;
  const path = await saveFile(name, isSealed ? await sealParcel(text, passphrase) : `${text}\n`).catch(
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Refusal('storage-failed', `The file could not be written. ${reason}`);
    },
  );
  return { path, accounts: path === null ? 0 : accounts.length };
}

function packedOf(app: Application, row: AccountRow, withSecret: boolean): PackedAccount {
  const { appId, name, kind, line, apiBase, leadSeconds, checkMinutes, paused } = row;
  const held = withSecret ? app.safe.secretFor(appId, apiBase) : null;
  const facts = { appId, name, kind, line, apiBase, leadSeconds, checkMinutes, paused };
  return held === null ? facts : { ...facts, secret: held };
}

/** One account after the other; a fault of the ledger ends it, and those before it stay. */
export async function importAccounts(
  app: Application,
  { text, passphrase }: Checked<'accounts.import'>,
): Promise<CommandValue<'accounts.import'>> {
  const { accounts } = await unpacked(text, passphrase);
  const added: CommandValue<'accounts.import'>['added'] = [];
  const skipped: CommandValue<'accounts.import'>['skipped'] = [];
  for (const { secret: held, ...given } of accounts) {
    const { appId } = given;
    const name = tidyName(given.name, appId);
    const account = { ...given, name };
    if (app.parts.ledger.hasAccount(appId)) {
      skipped.push({ appId, name });
      continue;
    }
    // On the standard line the machine they came from may still refresh: two would overwrite each other.
    const paused = account.paused || (held !== undefined && account.line === 'standard');
    const { apiBase } = await addRow(app, { ...account, paused }, held ?? null);
    const foreignApiBase = isWechatsOwn(apiBase) ? null : apiBase;
    added.push({ appId, name, hasSecret: held !== undefined, foreignApiBase });
  }
  return { added, skipped };
}

async function unpacked(text: string, passphrase: string | undefined): Promise<z.infer<typeof packed>> {
  let plain: string | null = text;
  if (isParcel(text)) {
    if (!passphrase) throw new Refusal('wrong-passphrase', 'This file is sealed; give its passphrase.');
    plain = await openParcel(text, passphrase).catch(refuseCostly);
    if (plain === null)
      throw new Refusal('wrong-passphrase', 'The passphrase does not open this file, or it is damaged.');
  }
  const json = jsonOf(plain);
  const parsed = packed.safeParse(json);
  if (parsed.success) return parsed.data;
  if (newer.safeParse(json).success) {
    throw new Refusal('newer-file', 'A newer console has written this file; take it in with that one.');
  }
  // Paths only: a value that does not fit may be an AppSecret.
  const places = parsed.error.issues.slice(0, 5).map(({ path }) => path.join('.') || 'file');
  throw new Refusal('unreadable-file', `This is not a file of accounts: look at ${places.join(', ')}.`);
}

function refuseCostly(error: unknown): never {
  if (!(error instanceof CostlyParcelError)) throw error;
  throw new Refusal('costly-file', 'Opening this file would take more memory than one of the console’s own.');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
