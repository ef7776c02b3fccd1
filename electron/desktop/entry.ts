/** Where the window's page comes from, and so who may speak on the bridge. */

export const SCHEME = 'app';
export const PAGE_HOST = 'console';

export interface Entry {
  readonly url: string;
  /** As Chromium writes it in `WebFrameMain.origin`. */
  readonly origin: string;
}

/** The built page, or a development server's; an installed app never takes the latter. */
export function entryOf(isPackaged: boolean, devServer: string | undefined): Entry {
  if (isPackaged || devServer === undefined) {
    const origin = `${SCHEME}://${PAGE_HOST}`;
    return { url: `${origin}/`, origin };
  }
  return { url: devServer, origin: new URL(devServer).origin };
}
