/** The way out of a forgotten passphrase: it goes, and every AppSecret and token with it, so that nothing is gained. */
import { forgetPassphrase } from './console/shield.ts';
import { openLedger } from './ledger/open.ts';
import { openVault } from './vault/open.ts';
import type { VaultKind } from './vault/vault.ts';

interface Place {
  readonly dataDir: string;
  readonly vault: VaultKind;
  readonly vaultKeyFile?: string | undefined;
}

/** Accounts and history stay. Rejects, with the passphrase still set, when something could not leave the vault. */
export async function resetLock({ dataDir, vault: kind, vaultKeyFile }: Place): Promise<void> {
  const ledger = openLedger(dataDir);
  try {
    const vault = openVault(kind, { dataDir, keyFile: vaultKeyFile, marks: ledger.marks });
    for (const { appId } of ledger.accounts()) {
      for (const part of ['token', 'secret'] as const) {
        const gone = await vault.forget({ appId, part });
        if (gone.result !== 'done') throw new Error(`The lock stays: ${gone.detail}`);
      }
    }
    forgetPassphrase(ledger);
  } finally {
    ledger.close();
  }
}
