/** Icon files of Windows and macOS around PNGs, which both may hold as they are. */

export interface Picture {
  /** Pixels along each side. */
  readonly size: number;
  readonly png: Buffer;
}

/** By pixels: what macOS calls a picture of that size (1x and 2x of half of it). The 16-pixel one it makes by itself. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** A Windows icon; pictures of at most 256 pixels. */
export function ico(pictures: readonly Picture[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  pictures.forEach(({ size, png }, index) => {
    const entry = 6 + 16 * index;
    head.writeUInt8(size % 256, entry); // 0 stands for 256
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** A macOS icon; a picture of a size that macOS has no name for is an error. */
export function icns(pictures: readonly Picture[]): Buffer {
  const parts = pictures.flatMap(({ size, png }) => {
    const types = ICNS_TYPES[size];
    if (types === undefined) throw new RangeError(`macOS has no icon of ${size} pixels`);
    return types.map((type) => Buffer.concat([Buffer.from(type, 'latin1'), uint32(png.length + 8), png]));
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from('icns', 'latin1'), uint32(body.length + 8), body]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
