// The tests with other people's programs: SIPp and Kamailio. They wait on wall clock.
import { defineConfig } from 'vitest/config';
import { ResultTable } from './test/interop/result-table.js';

export default defineConfig({
  test: {
    include: ['test/interop/**/*.interop.ts'],
    globalSetup: ['test/interop/setup.ts'],
    reporters: ['dot', new ResultTable()],
    testTimeout: 90_000,
    hookTimeout: 30_000,
    maxWorkers: 3,
    maxConcurrency: 8,
  },
});
