/** A vault in a folder that may be replaced under it: in another folder of that name nothing is kept. */
import { unavailable } from './entry.ts';
import type { Vault } from './vault.ts';

const GONE = unavailable(
  'The data folder was removed or replaced while the console runs; nothing is kept in another.',
);

/** The same vault, which writes only while `isInPlace`. */
export function keptInPlace(vault: Vault, isInPlace: () => boolean): Vault {
  return {
    ...vault,
    keep: async (entry, value) => (isInPlace() ? vault.keep(entry, value) : GONE),
    probe: async () =>
      isInPlace() ? vault.probe() : { kind: vault.kind, status: 'unavailable', detail: GONE.detail },
  };
}
