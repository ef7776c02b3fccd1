/** `clipboard` and `ClipboardItem`, asynchronous as in Electron 44 and newer; not the machine's own clipboard. */
import type Electron from 'electron';
import { strict } from './strict.ts';

type Content = string | Blob | Electron.ClipboardBookmark;
type Items = ConstructorParameters<typeof Electron.ClipboardItem>[0];

class StandInClipboardItem implements Pick<Electron.ClipboardItem, 'types'> {
  readonly types: string[];
  private readonly items: Items;

  constructor(items: Items) {
    this.items = items;
    this.types = Object.keys(items);
  }
  async getType(type: string): Promise<Blob> {
    const content = await this.items[type];
    if (content === undefined) throw new Error(`The type ${type} was not found`);
    return content instanceof Blob
      ? content
      : new Blob([typeof content === 'string' ? content : JSON.stringify(content)]);
  }
}

export const ClipboardItem = strict('ClipboardItem', StandInClipboardItem);

class Holder {
  content = new Map<string, Content>();

  async write(items: readonly Electron.ClipboardItem[]): Promise<void> {
    const next = new Map<string, Content>();
    for (const item of items) {
      for (const type of item.types)
        next.set(type, await (item as unknown as StandInClipboardItem).getType(type));
    }
    this.content = next; // all entries of one write, or none
  }
  async text(): Promise<string> {
    const found = this.content.get('text/plain') ?? '';
    return found instanceof Blob ? found.text() : String(found);
  }
}

const held = new Holder();

export const clipboard = strict('clipboard', {
  clear: () => held.content.clear(),
  has: async (type) => held.content.has(type),
  read: async () => {
    if (held.content.size === 0) return [];
    return [
      new StandInClipboardItem(Object.fromEntries(held.content)),
    ] as unknown as Electron.ClipboardItem[];
  },
  readText: () => held.text(),
  write: (items) => held.write(items),
  async writeText(text) {
    held.content = new Map([['text/plain', text]]);
  },
} satisfies Partial<Electron.Clipboard>);

export async function clipboardView(): Promise<{
  readonly text: string;
  readonly formats: readonly string[];
}> {
  return { text: await held.text(), formats: [...held.content.keys()] };
}
