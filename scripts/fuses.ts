/** The fuse wire inside an Electron binary, read back: electron's docs/tutorial/fuses.md, "The quick technical details". */

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const VERSION = 1;

/** In the wire's order, by electron-builder's names. */
export const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  // electron-builder 26 cannot set it, and it needs no setting: it only makes WebAssembly quicker.
  'wasmTrapHandlers',
] as const;

export type FuseName = (typeof FUSES)[number];
export type FuseState = 'on' | 'off' | 'removed' | 'unknown';

const STATES: Readonly<Record<number, FuseState>> = { 48: 'off', 49: 'on', 114: 'removed' };

/**
 * The state of every fuse in each wire of the binary (a universal binary has two).
 * @throws Error when there is no wire, or one with a fuse that nobody here has decided about.
 */
export function readFuses(binary: Buffer): readonly Partial<Record<FuseName, FuseState>>[] {
  const wires = [];
  for (let at = binary.indexOf(SENTINEL); at !== -1; at = binary.indexOf(SENTINEL, at + 1)) {
    wires.push(readWire(binary, at + SENTINEL.length));
  }
  if (wires.length === 0) throw new Error('This is no Electron: it has no fuse wire.');
  return wires;
}

function readWire(binary: Buffer, at: number): Partial<Record<FuseName, FuseState>> {
  const [version, length = 0] = binary.subarray(at, at + 2);
  if (version !== VERSION) throw new Error(`The fuse wire has version ${version}; only 1 is known.`);
  if (length > FUSES.length) {
    throw new Error(
      `This Electron has ${length} fuses, and ${FUSES.length} are decided in scripts/fuses.ts.`,
    );
  }
  const states = [...binary.subarray(at + 2, at + 2 + length)].map((code) => STATES[code] ?? 'unknown');
  return Object.fromEntries(states.map((state, index) => [FUSES[index], state]));
}

/** What differs from the decisions, as `name: is off, should be on`; a fuse that Electron has removed cannot differ. */
export function wrongFuses(
  found: Partial<Record<FuseName, FuseState>>,
  decided: Partial<Record<FuseName, boolean>>,
): readonly string[] {
  return FUSES.flatMap((name) => {
    const should = decided[name];
    const state = found[name] ?? 'missing';
    if (should === undefined || state === 'removed' || state === (should ? 'on' : 'off')) return [];
    return [`${name}: is ${state}, should be ${should ? 'on' : 'off'}`];
  });
}
