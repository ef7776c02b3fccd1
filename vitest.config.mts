import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What waits longest begins first: begun last it would run alone at the end. */
const LONGEST = [
  'redis-lease-kills',
  'handout.spec',
  'redis-lease.spec',
  'redis-lease-tokens',
  'headless.spec',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.includes(`integration/${name}`));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    // Most of what the integration tests do is wait: for a process, for Redis, for a clock.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
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
