/** Words on a terminal for somebody who waits: one line that is redrawn, or now and then a line where it cannot be. */
import type { Both } from './electron-words.ts';

export interface Out {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface TerminalLine {
  /** A line that stays. */
  say(text: Both): void;
  /** Shows what `text` says from now on, until `rest` or the next `watch`. */
  watch(text: () => Both): void;
  rest(): void;
}

/** Redrawn so often on a terminal, in milliseconds. */
const REDRAW = 500;
/** Elsewhere (a log, a service) the longest time without a word, in milliseconds. */
const EVERY = 10_000;

/** The language of this process: what LC_ALL and LANG say, or the system's. */
export function systemLanguage(): keyof Both {
  return /^zh\b/i.test(Intl.DateTimeFormat().resolvedOptions().locale) ? 'zh' : 'en';
}

/** `text` in at most `columns` cells; a Chinese character takes two. A line that wraps could not be redrawn. */
export function clipped(text: string, columns: number): string {
  let cells = 0;
  let kept = '';
  for (const character of text) {
    cells += character >= '\u2e80' ? 2 : 1;
    if (cells > columns) break;
    kept += character;
  }
  return kept;
}

/** @param everyMs the longest time without a word where a line cannot be redrawn, in milliseconds */
export function createTerminalLine(out: Out, language: keyof Both, everyMs = EVERY): TerminalLine {
  let timer: NodeJS.Timeout | undefined;
  let isDrawn = false;
  const clear = () => {
    if (isDrawn) out.write('\r\u001b[K');
    isDrawn = false;
  };
  const draw = (text: Both) => {
    out.write(`\r${clipped(text[language], (out.columns || 80) - 1)}\u001b[K`);
    isDrawn = true;
  };
  const rest = () => {
    clearInterval(timer);
    clear();
  };
  return {
    rest,
    say(text) {
      clear();
      out.write(`${text[language]}\n`);
    },
    watch(text) {
      rest();
      const show = out.isTTY ? () => draw(text()) : () => out.write(`${text()[language]}\n`);
      timer = setInterval(show, out.isTTY ? REDRAW : everyMs);
    },
  };
}
