/**
 * npm run icons: every icon of the app from build/icon.svg into build/icons/, drawn by Chromium. The results are
 * committed; made-from.json holds the hashes that a test compares, so that none of them can drift from the drawing.
 */
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import { icns, ico } from './icon-files.ts';
import { CHROMIUM } from './system-packages.ts';

const build = join(import.meta.dirname, '..', 'build');
export const SOURCE = join(build, 'icon.svg');
export const FOLDER = join(build, 'icons');
export const RECORD = 'made-from.json';

interface View {
  /** The part of the drawing that is shown. */
  readonly viewBox: string;
  /** Its groups, by their ids. */
  readonly groups: readonly string[];
  readonly colour: string;
}

/** macOS keeps the drawing's margin; a small icon elsewhere has no pixel to give away. */
const DOCK: View = { viewBox: '0 0 1024 1024', groups: ['plate', 'key'], colour: '#fff' };
const FULL: View = { ...DOCK, viewBox: '84 84 856 856' };
const ATTENTION: View = { ...FULL, viewBox: '84 40 896 896', groups: ['plate', 'key', 'attention'] };
/** macOS takes the shape only and colours it as the menu bar is. */
const TEMPLATE: View = { viewBox: '190 190 644 644', groups: ['key'], colour: '#000' };

/** Everything that is drawn, by its name in build/icons/; those of tray/ go into the app. */
const PNGS: Readonly<Record<string, readonly [View, number]>> = {
  ...Object.fromEntries(
    [16, 24, 32, 48, 64, 128, 256, 512, 1024].map((size) => [`linux/${size}x${size}.png`, [FULL, size]]),
  ),
  'tray/trayTemplate.png': [TEMPLATE, 16],
  'tray/trayTemplate@2x.png': [TEMPLATE, 32],
  'tray/tray-ok.png': [FULL, 32],
  'tray/tray-attention.png': [ATTENTION, 32],
};
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
const ICNS_SIZES = [32, 64, 128, 256, 512, 1024];

export const ICON_FILES: readonly string[] = [...Object.keys(PNGS), 'icon.ico', 'icon.icns'].sort();

/** In base64: a hash in hexadecimal digits looks like a secret to whoever searches for those. */
export function fingerprint(bytes: string | Buffer): string {
  return hash('sha256', bytes, 'base64');
}

type Draw = (view: View, size: number) => Promise<Buffer>;

function drawerOn(page: Page): Draw {
  return async ({ viewBox, groups, colour }, size) => {
    await page.setViewportSize({ width: size, height: size });
    await page.evaluate(
      ({ box, shown, fill, pixels }) => {
        const drawing = document.querySelector('svg');
        drawing?.setAttribute('viewBox', box);
        drawing?.setAttribute('width', String(pixels));
        for (const id of ['plate', 'key', 'attention']) {
          const group = document.getElementById(id);
          group?.setAttribute('visibility', shown.includes(id) ? 'visible' : 'hidden');
          group?.setAttribute('color', fill);
        }
      },
      { box: viewBox, shown: [...groups], fill: colour, pixels: size },
    );
    return page.screenshot({ omitBackground: true });
  };
}

async function drawAll(draw: Draw): Promise<Map<string, Buffer>> {
  const series = async (view: View, sizes: readonly number[]) => {
    const pictures = [];
    for (const size of sizes) pictures.push({ size, png: await draw(view, size) });
    return pictures;
  };
  const files = new Map<string, Buffer>();
  for (const [name, [view, size]] of Object.entries(PNGS)) files.set(name, await draw(view, size));
  files.set('icon.ico', ico(await series(FULL, ICO_SIZES)));
  files.set('icon.icns', icns(await series(DOCK, ICNS_SIZES)));
  return files;
}

async function makeIcons(): Promise<void> {
  const svg = readFileSync(SOURCE, 'utf8');
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath: CHROMIUM });
  const page = await browser.newPage();
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  const files = await drawAll(drawerOn(page));
  await browser.close();

  rmSync(FOLDER, { recursive: true, force: true });
  const record: Record<string, string> = { 'icon.svg': fingerprint(svg) };
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(FOLDER, name)), { recursive: true });
    writeFileSync(join(FOLDER, name), bytes);
    record[name] = fingerprint(bytes);
  }
  writeFileSync(join(FOLDER, RECORD), `${JSON.stringify(record, null, 2)}\n`);
}

if (import.meta.main) await makeIcons();
