import { defineConfig } from '@playwright/test';
import { runtimeName } from '../real-electron/app.ts';
import { packageToTest } from './package-to-test.ts';

const found = packageToTest();

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-output/package',
  globalSetup: './pack.ts',
  timeout: 60_000,
  expect: { timeout: 8000 },
  workers: 1,
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: '../../test-output/package.json' }]],
  projects: found ? [{ name: `the packaged app ${runtimeName(found)}` }] : [],
});
