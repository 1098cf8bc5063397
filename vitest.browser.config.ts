// The tests of the inspector in a real browser: headless Chromium.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/inspect/**/*.browser.ts'],
    globalSetup: ['test/inspect/page/build-page.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
