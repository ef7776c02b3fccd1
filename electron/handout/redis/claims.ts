/** Who writes which key: two targets on one key would overwrite each other for ever, each taking the other for foreign. */

/** The lease's own keys (lease.ts): a token written over one of them would take the lease away. */
const RESERVED = 'wtc:';

export interface Claims {
  /** Takes the keys for `owner` in place of those it had; false, and none taken, when another has one of them. */
  take(owner: string, keys: readonly string[]): boolean;
  release(owner: string): void;
  isTaken(key: string): boolean;
}

export function createClaims(): Claims {
  const owners = new Map<string, string>();
  const taken = new Map<string, readonly string[]>();

  const release = (owner: string) => {
    for (const key of taken.get(owner) ?? []) owners.delete(key);
    taken.delete(owner);
  };
  return {
    release,
    isTaken: (key) => owners.has(key),
    take: (owner, keys) => {
      const before = taken.get(owner) ?? [];
      if (before.length === keys.length && keys.every((key, index) => key === before[index])) return true;
      release(owner);
      if (keys.some((key) => key.startsWith(RESERVED) || owners.has(key))) return false;
      for (const key of keys) owners.set(key, owner);
      taken.set(owner, keys);
      return true;
    },
  };
}
