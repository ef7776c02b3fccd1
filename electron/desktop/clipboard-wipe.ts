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
 * For one token on Wayland. Without the focus a write is dropped in silence, what is read may be our own memory, and
 * what we let go of may be offered again by the desktop (`offersDropped`). With it, what is read once nothing is ours
 * is the system's own; so the token is written over, let go of, and looked for. A write may be dropped even then:
 * Weston wants a key or a click newer than the copy.
 */
export function wipeWithFocus(hasFocus: () => boolean, offersDropped: boolean): Wipe {
  let isDropped = false;
  return async (token) => {
    const isRead = (await clipboard.readText()) === token;
    if (!hasFocus()) {
      if (!isRead) return !isDropped; // somebody else's copy has ended ours
      if (!offersDropped) {
        clipboard.clear();
        isDropped = true;
      }
      return false;
    }
    if (!isRead) return true;
    await clipboard.writeText(' '); // an empty text is never offered, so it takes nothing's place
    await told(); // the compositor's copy has to be the blank before that is let go of
    if ((await clipboard.readText()) === ' ') clipboard.clear(); // else somebody has copied meanwhile
    isDropped = true;
    // Twice: on a busy machine the first look may come before the desktop has offered its copy again.
    for (let look = 0; look < 2; look++) {
      await told();
      if (!hasFocus() || (await clipboard.readText()) === token) return false;
    }
    return true;
  };
}
