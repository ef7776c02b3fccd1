import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Project } from '@playwright/test';
import { CHROMIUM } from '../../scripts/system-packages.ts';
import { runtimeName, testRuntime } from '../real-electron/app.ts';
import type { HostOptions } from './fixtures.ts';

const runtime = testRuntime();

/** In these no desktop app is: the console runs in the test's own process, or the browser's carrier is the matter. */
const HEADLESS_ONLY = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.spec.ts'))
  .filter((name) => {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    return text.includes("'./clock-fixtures.ts'") || text.includes("'../support/headless.ts'");
  })
  .map((name) => `**/${name}`);
/** What the desktop app does around its page. */
const DESKTOP = '**/desktop/*.spec.ts';

/** `desktop`: part of npm test. `shared`: the page's own specs once more, by npm run test:electron. */
function onElectron(name: string): Project<HostOptions>[] {
  return [
    { name: `desktop, ${name}`, testMatch: DESKTOP },
    { name: `shared, ${name}`, testIgnore: [...HEADLESS_ONLY, DESKTOP], use: { host: 'electron' } },
  ];
}

/** With scroll bars that take room, as on Linux and Windows: Playwright hides them where there is no window. */
const BROWSER = { executablePath: CHROMIUM, ignoreDefaultArgs: ['--hide-scrollbars'] };

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
    { name: 'headless', testIgnore: DESKTOP, use: { host: 'headless' } },
    ...(runtime ? onElectron(runtimeName(runtime)) : []),
  ],
  use: {
    launchOptions: BROWSER,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    screenshot: 'only-on-failure',
  },
});
