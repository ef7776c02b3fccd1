/** Each worker has a desktop, each test a folder of its own; whatever it started is ended with it. */
import { test as base, expect } from '@playwright/test';
import { freshFolder } from '../real-electron/app.ts';
import { type Desktop, startDesktop } from '../real-electron/desktop/desktop.ts';
import { executableIn } from './package-to-test.ts';
import { PackagedApp, type Start } from './packaged-app.ts';

export { expect };

export interface Packaged {
  readonly desktop: Desktop;
  /** The package's folder. */
  readonly folder: string;
  /** The same with its fuses undone: what is refused in the one has to work in the other. */
  readonly loose: string;
  /** Empty at first. */
  readonly scratch: string;
  /** Starts the program of a package. */
  start(folder: string, options?: Start): PackagedApp;
}

export const test = base.extend<{ packaged: Packaged }, { desktop: Desktop }>({
  desktop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its pattern.
    async ({}, use) => {
      const desktop = await startDesktop();
      await use(desktop);
      await desktop.close();
    },
    { scope: 'worker' },
  ],
  packaged: async ({ desktop }, use) => {
    const { WTC_PACKED: folder = '', WTC_PACKED_LOOSE: loose = '' } = process.env;
    const scratch = freshFolder();
    const apps: PackagedApp[] = [];
    await use({
      ...{ desktop, folder, loose, scratch: scratch.path },
      start(from, options) {
        const app = new PackagedApp(executableIn(from), desktop, options);
        apps.push(app);
        return app;
      },
    });
    for (const app of apps) await app.close();
    scratch.remove();
  },
});
