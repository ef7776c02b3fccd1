/** A file of accounts as the person chose it, before it goes to the console. */

/** What begins a file that is sealed with a passphrase (age, ASCII-armored). */
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';
/** The console takes in 32 MiB at once; some of it goes to the command's own wrapping. */
const LARGEST_BYTES = 32 * 1024 * 1024 - 4096;

export interface AccountsFile {
  readonly name: string;
  readonly text: string;
  /** Whether its passphrase has to be asked for. */
  readonly isSealed: boolean;
}

export type FileFault = 'tooLarge' | 'unread';

/** How long `text` is on its way, where each quotation mark and line break of a JSON file is escaped. */
const sentBytes = (text: string): number => new Blob([JSON.stringify(text)]).size;

/** The file's text, or why it cannot be taken in. */
export async function readAccountsFile(file: File): Promise<AccountsFile | FileFault> {
  if (file.size > LARGEST_BYTES) return 'tooLarge';
  const text = await file.text().catch(() => null);
  if (text === null) return 'unread';
  if (sentBytes(text) > LARGEST_BYTES) return 'tooLarge';
  return { name: file.name, text, isSealed: text.trimStart().startsWith(ARMOR) };
}
