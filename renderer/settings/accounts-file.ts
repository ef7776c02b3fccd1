/** A file of accounts as the person chose it, before it goes to the console. */

/** What begins a file that is sealed with a passphrase (age, ASCII-armored). */
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';
const FORMAT = 'wechat-token-console/accounts';
const VERSION = 1;
/** The console takes in 32 MiB at once; some of it goes to the command's own wrapping. */
const LARGEST_BYTES = 32 * 1024 * 1024 - 4096;

export interface AccountsFile {
  readonly name: string;
  readonly text: string;
  /** Whether its passphrase has to be asked for. */
  readonly isSealed: boolean;
  /** How many AppSecrets anybody could read in it. */
  readonly openSecrets: number;
}

export type FileFault = 'tooLarge' | 'unread' | 'notAnExport' | 'newerFile';

/** How long `text` is on its way, where each quotation mark and line break of a JSON file is escaped. */
const sentBytes = (text: string): number => new Blob([JSON.stringify(text)]).size;

/** The file's text, or why it cannot be taken in. */
export async function readAccountsFile(file: File): Promise<AccountsFile | FileFault> {
  if (file.size > LARGEST_BYTES) return 'tooLarge';
  const text = await file.text().catch(() => null);
  if (text === null) return 'unread';
  if (sentBytes(text) > LARGEST_BYTES) return 'tooLarge';
  if (text.trimStart().startsWith(ARMOR)) return { name: file.name, text, isSealed: true, openSecrets: 0 };
  const openSecrets = secretsIn(text);
  return typeof openSecrets === 'string'
    ? openSecrets
    : { name: file.name, text, isSealed: false, openSecrets };
}

/** What the console would say of a file that is not sealed, before anything is claimed of it. */
function secretsIn(text: string): number | FileFault {
  const { format, version, accounts } = objectIn(text);
  if (format !== FORMAT || !Array.isArray(accounts)) return 'notAnExport';
  if (typeof version === 'number' && version > VERSION) return 'newerFile';
  return accounts.filter((account) => typeof account?.secret === 'string').length;
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}
