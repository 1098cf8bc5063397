// The tests. Reading, policy, request, digest and budget are covered to the last branch: a branch that no test reaches is removed.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/property-setup.ts'],
    testTimeout: 120_000,
    // A machine that others use at the same time may stand still for longer than a second.
    expect: { poll: { timeout: 20_000 } },
    coverage: {
      provider: 'v8',
      include: ['src/sip/**', 'src/policy/**', 'src/request/**', 'src/digest/**', 'src/budget/**'],
      exclude: ['src/**/index.ts'],
      reporter: ['text-summary'],
      thresholds: { statements: 100, branches: 100 },
    },
  },
});
