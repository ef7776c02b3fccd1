// An import of a name that a module lacks is a SyntaxError before anything runs: so all of `electron`, and two names of 45.
import * as electron from 'electron';

export * from 'electron';
export default electron.default;

const old = electron.clipboard;

/** As electron.d.ts of 45 has it. */
export class ClipboardItem {
  #items;
  constructor(items) {
    this.#items = items;
  }
  get types() {
    return Object.keys(this.#items);
  }
  async getType(type) {
    const content = await this.#items[type];
    return content instanceof Blob ? content : new Blob([content]);
  }
}

/** The marks for clipboard managers are only remembered: the old interface cannot write them beside a text. */
export const clipboard = {
  async write([item]) {
    globalThis.__clipboardTypes = item.types;
    old.writeText(await (await item.getType('text/plain')).text());
  },
  writeText: async (text) => old.writeText(text),
  readText: async () => old.readText(),
  clear: () => old.clear(),
  has: async (format) => old.has(format),
};
