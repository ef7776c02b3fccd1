/** What a keychain's refusal means. keytar passes on the system's words and no code, so its words are all there is. */
import { locked, messageOf, unavailable } from './entry.ts';
import type { Trouble } from './vault.ts';

const FILE_VAULT = 'or use the file vault (--vault file)';

interface Known {
  readonly pattern: RegExp;
  readonly result: Trouble['result'];
  readonly detail: string;
}

/** The Linux texts were met with keytar 7.9.0 and gnome-keyring; those of macOS are what the system is known to say, untried. */
const KNOWN: readonly Known[] = [
  {
    pattern: /locked collection|is ?locked|prompt was dismissed/i,
    result: 'locked',
    detail: `The login keyring is locked. Unlock it by signing in to the desktop or with "Passwords and Keys", ${FILE_VAULT}.`,
  },
  {
    pattern: /Object does not exist at path/i,
    result: 'locked',
    detail: `The keyring service runs, but no login keyring is open. Sign in to the desktop or create one with "Passwords and Keys", ${FILE_VAULT}.`,
  },
  {
    pattern: /user interaction is not allowed|user canceled|user interaction failed/i,
    result: 'locked',
    detail: `The keychain is locked or access to it was not granted. Unlock it and allow this console, ${FILE_VAULT}.`,
  },
  {
    // libsecret hears of the new service only in a program with a GLib main loop, which plain Node has not.
    pattern: /session wrapping the secret|secret session/i,
    result: 'unavailable',
    detail: `The keyring service was started anew since this console began. Restart the console, ${FILE_VAULT}.`,
  },
  {
    pattern: /org\.freedesktop\.secrets|ServiceUnknown/i,
    result: 'unavailable',
    detail: `No keyring service answers on this session. Install and start gnome-keyring or KWallet, ${FILE_VAULT}.`,
  },
  {
    pattern: /autolaunch|D-?Bus|could not connect|connection (is )?closed/i,
    result: 'unavailable',
    detail: `There is no D-Bus session here, as on a server without a desktop. Start the console inside a desktop session with gnome-keyring or KWallet, ${FILE_VAULT}.`,
  },
  {
    pattern: /time-?d? ?out|did not receive a reply/i,
    result: 'unavailable',
    detail: `The keyring service did not answer in time. Look whether it waits for somebody to unlock it, restart it, ${FILE_VAULT}.`,
  },
];

const SYSTEM_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'The macOS Keychain',
  win32: 'The Windows Credential Manager',
};

/** Puts what keytar was rejected with into plain words; `platform` as in `process.platform`. */
export function keychainTrouble(error: unknown, platform: NodeJS.Platform = process.platform): Trouble {
  const text = messageOf(error);
  const known = KNOWN.find(({ pattern }) => pattern.test(text));
  if (known) return { result: known.result, detail: known.detail };
  const name = SYSTEM_NAMES[platform] ?? 'The keyring';
  return unavailable(`${name} refused: ${text.slice(0, 200)}. Repair it, ${FILE_VAULT}.`);
}

/** keytar is an optional dependency: absent where libsecret was, when the console was installed. */
export function missingKeytar(platform: NodeJS.Platform = process.platform): Trouble {
  const library = platform === 'linux' ? 'keytar and libsecret (libsecret-1-0)' : 'keytar';
  return unavailable(
    `The keychain cannot be reached because ${library} is not installed. Install it and the console again, ${FILE_VAULT}.`,
  );
}

export const noAnswer = (limitMs: number): Trouble =>
  unavailable(
    `The keychain did not answer within ${limitMs / 1000} s. It may wait for somebody to unlock it; look at this computer's screen, restart the keyring service, ${FILE_VAULT}.`,
  );

export const lostEntry = (): Trouble =>
  locked(
    'The keychain is open, but an entry that was kept in it is gone: it was deleted there, or another keyring is in use. Open that keyring, or enter the AppSecret again.',
  );

export const notGivenBack = (): Trouble =>
  unavailable(`The keychain took an entry and did not give it back. Repair it, ${FILE_VAULT}.`);
