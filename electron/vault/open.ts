/** Opens the vault a console was told to use. */
import { fileVault } from './file.ts';
import { defaultKeyFile } from './key-file.ts';
import { keychainVault } from './keychain.ts';
import { memoryVault } from './memory.ts';
import type { Marks, Vault, VaultKind } from './vault.ts';

export interface VaultOptions {
  /** Where the file vault keeps `vault.age`. */
  readonly dataDir: string;
  /** The file vault's key; without it a place in the user's configuration folder. */
  readonly keyFile?: string | undefined;
  readonly marks: Marks;
  /** After how many milliseconds an operation on the vault is given up; 5000 unless told. */
  readonly callTimeoutMs?: number | undefined;
  /** The name of everything this console keeps in the keychain. */
  readonly service?: string | undefined;
}

/** Nothing is touched or loaded before the vault's first use; whether it works is for `probe` to say. */
export function openVault(kind: VaultKind, options: VaultOptions): Vault {
  const { dataDir, marks, keyFile = defaultKeyFile() } = options;
  const { callTimeoutMs = 5000, service = 'wechat-token-console' } = options;
  switch (kind) {
    case 'keychain':
      return keychainVault({ service, marks, callTimeoutMs });
    case 'file':
      return fileVault({ dataDir, keyFile, callTimeoutMs });
    case 'memory':
      return memoryVault();
  }
}
