/** Lets notices out one by one while they are few, and as one summary when they are many. */
import type { NoticeKind } from '../console/contract.ts';

export interface Item {
  readonly appId: string;
  readonly kind: NoticeKind;
}

export interface Pace {
  add(item: Item): void;
  /** Takes back what was not shown yet of an account; false: there was nothing. */
  takeBack(appId: string): boolean;
}

const AT_ONCE = 3;
const WINDOW_MS = 5000;
/** What belongs together comes together: a start reads every account within a moment. */
const GATHER_MS = 500;

/** More than three within 5 s become one summary, at the end of those 5 s. */
export function createPace(show: (item: Item) => void, summarise: (items: readonly Item[]) => void): Pace {
  let held: (Item & { readonly at: number })[] = [];
  let shownAt: number[] = [];
  let isComing = false;
  let isFull = false;

  function letOutIn(ms: number): void {
    isComing = true;
    setTimeout(letOut, ms);
  }

  function letOut(): void {
    const now = Date.now();
    shownAt = shownAt.filter((at) => now - at < WINDOW_MS);
    isFull ||= shownAt.length + held.length > AT_ONCE;
    const wait = Math.min(shownAt[0] ?? now, held[0]?.at ?? now) + WINDOW_MS - now;
    if (isFull && wait > 0) {
      letOutIn(wait);
      return;
    }
    const items = held;
    held = [];
    shownAt.push(...items.map(() => now));
    if (isFull && items.length > 1) summarise(items);
    else for (const item of items) show(item);
    isComing = false;
    isFull = false;
  }

  return {
    add(item) {
      held.push({ ...item, at: Date.now() });
      if (!isComing) letOutIn(GATHER_MS);
    },
    takeBack(appId) {
      const before = held.length;
      held = held.filter((item) => item.appId !== appId);
      return held.length < before;
    },
  };
}
