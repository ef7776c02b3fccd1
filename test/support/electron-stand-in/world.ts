/** What the parts of the stand-in share: the machine's state, the notes of what happened, the way to the browser. */
import type { AppCalls, BrowserCalls, Machine, Recorded } from './calls.ts';
import type { Peer } from './peer.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Noted = Pick<Recorded, 'dialogs' | 'opened' | 'forbidden' | 'life' | 'faults' | 'proxies'>;

const USUAL: Machine = {
  platform: process.platform,
  dark: false,
  languages: ['zh-CN'],
  online: true,
  idleSeconds: 0,
  notifications: true,
  openedAtLogin: false,
  touchId: 'absent',
  messageBox: null,
  saveAs: null,
  open: null,
  openFails: null,
};

export const machine: Writable<Machine> = { ...USUAL, ...JSON.parse(process.env.STAND_IN_MACHINE ?? '{}') };

export const noted: { [K in keyof Noted]: Noted[K][number][] } = {
  dialogs: [],
  opened: [],
  forbidden: [],
  life: [],
  faults: [],
  proxies: [],
};

export const unseen = {
  loginItem: null as object | null,
  about: { options: {} as object, shown: 0 },
};

/** To the process that has the browser; set by run.ts. */
let way: Peer<BrowserCalls> | null = null;

export function setBrowser(peer: Peer<BrowserCalls>): void {
  way = peer;
}

export function browser(): Peer<BrowserCalls> {
  if (way === null) throw new Error('stand-in: there is no browser');
  return way;
}

/** Notes it, so that a test fails even where the app swallows the error. */
export function fault(message: string): Error {
  noted.faults.push(message);
  return new Error(message);
}

export type { AppCalls };
