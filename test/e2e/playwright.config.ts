import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { electronRuntime } from '../../scripts/electron-runtime.ts';
import { CHROMIUM } from '../../scripts/system-packages.ts';

const hasElectron = electronRuntime(join(import.meta.dirname, '..', '..')).path !== null;

export default defineConfig<{ host: 'headless' | 'electron' }>({
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
    { name: 'headless', use: { host: 'headless' } },
    ...(hasElectron ? [{ name: 'electron', use: { host: 'electron' as const } }] : []),
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
