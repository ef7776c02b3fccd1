/** Takes one token off the system's clipboard, and knows whether it is off. */
import { clipboard } from 'electron';

/** False: the token may still be there, and what can be done now is done; to be asked again. */
export type Wipe = (token: string) => Promise<boolean>;

/** The system's clipboard is as we write it and as others do, at any time. */
export const wipeAnytime: Wipe = async (token) => {
  if ((await clipboard.readText()) === token) clipboard.clear();
  return true;
};

/** The compositor tells the window in front of a new selection within 10 ms (measured on Weston, at rest). */
const TOLD_MS = 200;

const told = () => new Promise((resolve) => setTimeout(resolve, TOLD_MS));

/**
 * Looked for so often: a busy desktop offers what it keeps later than that, and the first look may come before. Where
 * nothing at all is read, which a late offer looks like too, that is believed after the last.
 */
const LOOKS = { something: 2, nothing: 5 } as const;

/**
 * For one token on Wayland. Without the focus a write is dropped in silence, what is read may be our own memory, and
 * what we let go of may be offered again by the desktop (`offersDropped`). With it, what is read once nothing is ours
 * is the system's own; so the token is written over, let go of, and looked for. A write may be dropped even then:
 * Weston wants a key or a click newer than the copy.
 */
export function wipeWithFocus(hasFocus: () => boolean, offersDropped: boolean): Wipe {
  let isDropped = false;

  async function isGone(token: string): Promise<boolean> {
    for (let looks = 1; looks <= LOOKS.nothing; looks++) {
      await told();
      const text = await clipboard.readText();
      if (!hasFocus() || text === token) return false;
      if (text !== '' && looks >= LOOKS.something) return true;
    }
    return true;
  }

  return async (token) => {
    const text = await clipboard.readText();
    if (!hasFocus()) {
      if (text !== token) return !isDropped; // somebody else's copy has ended ours
      if (!offersDropped) {
        clipboard.clear();
        isDropped = true;
      }
      return false;
    }
    if (text !== token) return text !== '' || isGone(token);
    await clipboard.writeText(' '); // an empty text is never offered, so it takes nothing's place
    await told(); // the compositor's copy has to be the blank before that is let go of
    if ((await clipboard.readText()) === ' ') clipboard.clear(); // else somebody has copied meanwhile
    isDropped = true;
    return isGone(token);
  };
}
