// The tests of the inspector in a real browser: headless Chromium.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/inspect/**/*.browser.ts'],
    globalSetup: ['test/inspect/page/build-page.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A machine that others use at the same time may stand still for longer than a second.
    expect: { poll: { timeout: 20_000 } },
    fileParallelism: false,
  },
});
