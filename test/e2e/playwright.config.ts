import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { electronRuntime } from '../../scripts/electron-runtime.ts';
import { CHROMIUM } from '../../scripts/system-packages.ts';
import { runtimeName, testRuntime } from '../real-electron/app.ts';
import { BROWSER_ARGS } from '../support/electron-stand-in/host.ts';
import type { HostOptions } from './fixtures.ts';

const desktopRuntime = testRuntime();
const hasElectron = electronRuntime(join(import.meta.dirname, '..', '..')).path !== null;

/** In these no desktop app is: the console runs in the test's own process, or the browser's carrier is the matter. */
const HEADLESS_ONLY = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.spec.ts'))
  .filter((name) => {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    return text.includes("'./clock-fixtures.ts'") || text.includes("'../support/headless.ts'");
  })
  .map((name) => `**/${name}`);
/** What the system around the desktop app does, which only the stand-in can be told to do. */
const DESKTOP_ONLY = '**/desktop.spec.ts';
const REAL_ONLY = '**/desktop/**';
/** Pictures are taken once: every host shows the same renderer. */
const LOOKS = '**/*look.spec.ts';

export default defineConfig<HostOptions>({
  testDir: '.',
  outputDir: '../../test-output/e2e',
  timeout: 30_000,
  expect: { timeout: 8000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: '../../test-output/e2e.json' }]],
  projects: [
    { name: 'headless', testIgnore: [DESKTOP_ONLY, REAL_ONLY], use: { host: 'headless' } },
    {
      name: 'stand-in',
      testIgnore: [...HEADLESS_ONLY, LOOKS, REAL_ONLY],
      use: {
        host: 'stand-in',
        permissions: [], // the app's own handlers decide
        launchOptions: { executablePath: CHROMIUM, args: BROWSER_ARGS },
      },
    },
    ...(desktopRuntime
      ? [
          {
            name: runtimeName(desktopRuntime),
            testMatch: '**/desktop/*.spec.ts',
            use: { trace: 'off' as const },
          },
        ]
      : []),
    ...(hasElectron
      ? [
          {
            name: 'electron',
            testIgnore: [...HEADLESS_ONLY, DESKTOP_ONLY, REAL_ONLY],
            use: { host: 'electron' as const },
          },
        ]
      : []),
  ],
  use: {
    launchOptions: { executablePath: CHROMIUM },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    screenshot: 'only-on-failure',
  },
});
