import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most of what the integration tests do is wait: for a process, for Redis, for a clock.
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.spec.ts'], environment: 'node' } },
      { test: { name: 'renderer', include: ['test/unit/renderer/**/*.spec.tsx'], environment: 'happy-dom' } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.spec.ts'],
          environment: 'node',
          testTimeout: 20_000,
        },
      },
    ],
    coverage: { provider: 'v8', include: ['electron/**/*.ts'], reportsDirectory: 'test-output/coverage' },
  },
});
