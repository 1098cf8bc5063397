// The tests with other people's programs, and with servers that misbehave, over real sockets. They wait on wall clock.
import { defineConfig } from 'vitest/config';
import { ResultTable } from './test/interop/result-table.js';
import { SlowestFirst } from './test/interop/slowest-first.js';

export default defineConfig({
  test: {
    // A peer on a busy machine may miss a datagram that nobody repeats; what is wrong fails each time.
    retry: 2,
    include: ['test/interop/**/*.interop.ts'],
    globalSetup: ['test/interop/setup.ts'],
    reporters: ['dot', new ResultTable()],
    sequence: { sequencer: SlowestFirst },
    testTimeout: 90_000,
    hookTimeout: 30_000,
    maxWorkers: 3,
    maxConcurrency: 8,
  },
});
