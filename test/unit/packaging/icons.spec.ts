import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { icns, ico } from '../../../scripts/icon-files.ts';
import { FOLDER, fingerprint, ICON_FILES, RECORD, SOURCE } from '../../../scripts/icons.ts';

const record: Record<string, string> = JSON.parse(readFileSync(join(FOLDER, RECORD), 'utf8'));
const read = (name: string) => readFileSync(join(FOLDER, name));

/** Width and height as a PNG's first chunk has them. */
const sizeOf = (png: Buffer) => {
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};

describe('the committed icons', () => {
  it('are made from the drawing as it is now; if not: npm run icons', () => {
    expect(record['icon.svg']).toBe(fingerprint(readFileSync(SOURCE)));
    expect(Object.keys(record).sort()).toEqual(['icon.svg', ...ICON_FILES].sort());
  });

  it.each(ICON_FILES)('%s was not changed by hand', (name) => {
    expect(fingerprint(read(name))).toBe(record[name]);
  });

  it.each(ICON_FILES.filter((name) => name.startsWith('linux/')))('%s has the size of its name', (name) => {
    const side = Number(/(\d+)x/.exec(name)?.[1]);
    expect(sizeOf(read(name))).toEqual([side, side]);
  });

  it('of the tray are 16 pixels, and 32 where the screen is finer or the system is not macOS', () => {
    expect(sizeOf(read('tray/trayTemplate.png'))).toEqual([16, 16]);
    for (const name of ['trayTemplate@2x', 'tray-ok', 'tray-attention']) {
      expect(sizeOf(read(`tray/${name}.png`))).toEqual([32, 32]);
    }
    expect(read('tray/tray-ok.png')).not.toEqual(read('tray/tray-attention.png'));
  });

  it('of Windows holds a PNG of each size', () => {
    const file = read('icon.ico');
    const sizes = Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
      const entry = 6 + 16 * index;
      const at = file.readUInt32LE(entry + 12);
      const [side] = sizeOf(file.subarray(at, at + file.readUInt32LE(entry + 8)));
      expect((side ?? 0) % 256).toBe(file[entry]);
      return side;
    });
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  it('of macOS holds a PNG of each size, up to its last byte', () => {
    const file = read('icon.icns');
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length]);
    const found: Record<string, number | undefined> = {};
    let at = 8;
    while (at < file.length) {
      found[file.toString('latin1', at, at + 4)] = sizeOf(file.subarray(at + 8))[0];
      at += file.readUInt32BE(at + 4);
    }
    expect(at).toBe(file.length);
    const named = { ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 };
    expect(found).toEqual(named);
  });
});

it('a size that macOS has no name for is refused', () => {
  expect(() => icns([{ size: 48, png: Buffer.alloc(1) }])).toThrow('48');
  expect(ico([{ size: 48, png: Buffer.from('x') }])).toHaveLength(6 + 16 + 1);
});
