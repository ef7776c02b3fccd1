/** Which machine a native file is for, as its header says: ELF (Linux), Mach-O (macOS) or PE (Windows). */

export interface Machine {
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** More than one only in a universal file of macOS. */
  readonly archs: readonly string[];
}

const ELF: Readonly<Record<number, string>> = { 62: 'x64', 183: 'arm64', 3: 'ia32', 40: 'armv7l' };
const PE: Readonly<Record<number, string>> = { 34404: 'x64', 43620: 'arm64', 332: 'ia32' };
const MACH_O: Readonly<Record<number, string>> = { 16777223: 'x64', 16777228: 'arm64' };

/** null: none of the three, or cut short. */
export function machineOf(bytes: Buffer): Machine | null {
  try {
    return elf(bytes) ?? machO(bytes) ?? universal(bytes) ?? pe(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const named = (names: Readonly<Record<number, string>>, code: number): string =>
  names[code] ?? `unknown (${code})`;

function elf(bytes: Buffer): Machine | null {
  if (bytes.readUInt32BE(0) !== 0x7f454c46) return null;
  return { platform: 'linux', archs: [named(ELF, bytes.readUInt16LE(18))] };
}

function machO(bytes: Buffer): Machine | null {
  if (bytes.readUInt32LE(0) !== 0xfeedfacf) return null;
  return { platform: 'darwin', archs: [named(MACH_O, bytes.readUInt32LE(4))] };
}

function universal(bytes: Buffer): Machine | null {
  if (bytes.readUInt32BE(0) !== 0xcafebabe) return null;
  const parts = Array.from({ length: bytes.readUInt32BE(4) }, (_, part) => bytes.readUInt32BE(8 + 20 * part));
  return { platform: 'darwin', archs: parts.map((code) => named(MACH_O, code)) };
}

function pe(bytes: Buffer): Machine | null {
  if (bytes.toString('latin1', 0, 2) !== 'MZ') return null;
  const at = bytes.readUInt32LE(0x3c);
  if (bytes.readUInt32BE(at) !== 0x50450000) return null;
  return { platform: 'win32', archs: [named(PE, bytes.readUInt16LE(at + 4))] };
}
