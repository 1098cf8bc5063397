// The tests with other people's programs, and with servers that misbehave, over real sockets. They wait on wall clock.
import { defineConfig } from 'vitest/config';
import { ResultTable } from './test/interop/result-table.js';
import { SlowestFirst } from './test/interop/slowest-first.js';

export default defineConfig({
  test: {
    include: ['test/interop/**/*.interop.ts'],
    globalSetup: ['test/interop/setup.ts'],
    reporters: ['dot', new ResultTable()],
    sequence: { sequencer: SlowestFirst },
    testTimeout: 90_000,
    hookTimeout: 30_000,
    // A machine that others use at the same time may stand still for longer than a second.
    expect: { poll: { timeout: 20_000 } },
    // What runs side by side are programs that start, SIPp with a time limit of its own: two cores take so many.
    maxWorkers: 3,
    maxConcurrency: 4,
  },
});
