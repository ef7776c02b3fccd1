import { defineConfig } from 'vitest/config';

/** These wait nearly all of their time, for a lease to end or a process to give up: npm test runs them beside the others. */
const WAITING = [
  'redis-lease-kills',
  'silent-connections',
  'slow-disk',
  'handout',
  'redis-lease',
  'redis-lease-scenarios',
  'redis-lease-tokens',
  'headless',
  'headless-honest',
].map((name) => `test/integration/${name}.spec.ts`);
const INTEGRATION = 'test/integration/**/*.spec.ts';

/** How long a test takes says how busy the machine is, and is no fault of the code. */
const TIMEOUT_MS = 20_000;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...{ name: 'unit', include: ['test/unit/**/*.spec.ts'], environment: 'node' },
          testTimeout: TIMEOUT_MS,
        },
      },
      {
        test: {
          ...{ name: 'renderer', include: ['test/unit/renderer/**/*.spec.tsx'], environment: 'happy-dom' },
          testTimeout: TIMEOUT_MS,
        },
      },
      {
        test: {
          ...{ name: 'integration', include: [INTEGRATION], exclude: WAITING, environment: 'node' },
          testTimeout: TIMEOUT_MS,
        },
      },
      { test: { name: 'waiting', include: WAITING, environment: 'node', testTimeout: TIMEOUT_MS } },
    ],
    coverage: { provider: 'v8', include: ['electron/**/*.ts'], reportsDirectory: 'test-output/coverage' },
  },
});
