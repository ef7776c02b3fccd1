/** `nativeImage`: an image is its file's path; nothing is drawn. */
import { existsSync } from 'node:fs';
import type Electron from 'electron';
import { strict } from './strict.ts';

const sources = new WeakMap<object, string>();

function make(source: string): Electron.NativeImage {
  let isTemplate = false;
  const image = strict('NativeImage', {
    isEmpty: () => source === '',
    getSize: () => (source === '' ? { width: 0, height: 0 } : { width: 16, height: 16 }),
    resize: () => make(source),
    setTemplateImage(given) {
      isTemplate = given;
    },
    get isTemplateImage() {
      return (): boolean => isTemplate;
    },
    toDataURL: () => source,
  } satisfies Partial<Electron.NativeImage>) as unknown as Electron.NativeImage;
  sources.set(image, source);
  return image;
}

export const nativeImage = strict('nativeImage', {
  createEmpty: () => make(''),
  /** Empty when there is no such file, as Electron's. */
  createFromPath: (path) => make(existsSync(path) ? path : ''),
  createFromDataURL: (url) => make(url),
  createFromBuffer: (buffer) => make(buffer.length === 0 ? '' : `${buffer.length} bytes`),
} satisfies Partial<typeof Electron.nativeImage>);

/** The file an image was made of, or 'empty'. */
export function sourceOf(image: Electron.NativeImage | string): string {
  const source = typeof image === 'string' ? (existsSync(image) ? image : '') : sources.get(image);
  return source || 'empty';
}
