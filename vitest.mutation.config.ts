// The tests that mutants of src/policy and src/request must not survive: the fast ones, without the long random runs.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/policy/**/*.test.ts', 'test/request/**/*.test.ts', 'test/hostile/traps.test.ts'],
    exclude: ['test/policy/table-mutation.test.ts', '**/*.property.test.ts', 'test/policy/index.test.ts'],
    setupFiles: ['test/mutation-setup.ts'],
    testTimeout: 10_000,
    pool: 'threads',
    isolate: false,
  },
});
