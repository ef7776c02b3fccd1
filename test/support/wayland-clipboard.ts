/**
 * The clipboard of a Wayland session as Electron 33.2.1 was seen to use it on Weston (docs/decisions/0001-wayland.md):
 * what a compositor does with a write, and what Electron reads.
 */
import { electron } from './electron-mock.ts';

export class WaylandClipboard {
  /** What another program gets. */
  system = '';
  hasFocus = true;
  /** A key or a click that is newer than the last write that was taken. */
  hasNewInput = true;
  /** Whether the compositor looks at that: Weston does, Mutter only looks at the focus. */
  wantsNewInput = true;
  /** Whether what its owner drops is offered again: Weston and Mutter do. */
  offersDropped = true;
  /** What Electron remembers to have written, until somebody else copies or it drops it. */
  #own: string | null = null;
  #isOurs = false;

  constructor() {
    const { clipboard } = electron;
    clipboard.write.mockImplementation(async ([item]) => {
      this.#write(String((item as unknown as { data: Record<string, unknown> }).data['text/plain']));
    });
    clipboard.writeText.mockImplementation(async (text) => this.#write(text));
    clipboard.readText.mockImplementation(async () => this.#own ?? (this.hasFocus ? this.system : ''));
    clipboard.clear.mockImplementation(() => this.#drop());
  }

  /** Another program copies, which ends what was ours. */
  copyElsewhere(text: string): void {
    this.system = text;
    if (this.#isOurs) this.#own = null;
    this.#isOurs = false;
  }

  #drop(): void {
    this.#own = null;
    if (this.#isOurs && !this.offersDropped) this.system = '';
    this.#isOurs = false;
  }

  #write(text: string): void {
    this.#drop();
    if (text === '') return; // an empty text is never offered
    this.#own = text;
    if (!this.hasFocus || (this.wantsNewInput && !this.hasNewInput)) return; // dropped in silence
    this.hasNewInput = false;
    this.#isOurs = true;
    this.system = text;
  }
}
